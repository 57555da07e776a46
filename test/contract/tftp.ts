import { mutation, proof, type RuleGroup } from './rule.ts';

const wellBehaved = proof('test/transport/tftp.test.ts');
const misbehaving = proof('test/transport/tftp-misbehaving.test.ts');
const patience = proof('test/transport/tftp-patience.test.ts');
const options = proof('test/transport/tftp-options.test.ts');
const limits = proof('test/provisioning/limits.test.ts');

const inTransfer = mutation('src/transport/tftp-transfer.ts');
const inPatience = mutation('src/transport/tftp-patience.ts');
const inWire = mutation('src/transport/tftp-wire.ts');
const inLimits = mutation('src/provisioning/limits.ts');

/** Files over TFTP. */
export const tftp: RuleGroup = {
  title: 'TFTP',
  rules: [
    {
      id: 'tftp-plain',
      says: 'TFTP: octet mode, blocks of 512 bytes in lock-step, no options unless they are asked for.',
      provenBy: [
        misbehaving('a request is the one RFC 1350 knows, byte for byte'),
        options('asks for nothing by default'),
      ],
      inverted: mutation('src/transport/tftp-packet.ts')('\\0octet\\0', '\\0netascii\\0'),
    },
    {
      id: 'tftp-new-port',
      says: 'TFTP: a new local port for each file.',
      provenBy: [wellBehaved('one transport > a new local port for each file, of the address asked for')],
      inverted: inWire(
        'this.#socket.bind(0, localAddress);',
        'this.#socket.bind(localAddress === undefined ? 0 : 40_269, localAddress);',
      ),
    },
    {
      id: 'tftp-server-port',
      says: "TFTP: the server's port is that of its first answer, from the address asked; whoever else sends gets ERROR 5 and is not heard.",
      provenBy: [
        misbehaving('who is heard > the first answer counts only from the address asked'),
        misbehaving('a stranger on the right port of another address is not heard in the middle either'),
      ],
      inverted: inWire('from.address !== this.#serverAddress || !answersRequest', '!answersRequest'),
    },
    {
      id: 'tftp-duplicates',
      says: "TFTP: a duplicate is not answered (no sorcerer's apprentice).",
      provenBy: [
        misbehaving("duplicates > every block twice: each is acknowledged once (no sorcerer's apprentice)"),
      ],
      inverted: inTransfer(
        'if (this.#order.showsNewGap(block)) this.#sendAcknowledgement();',
        'this.#sendAcknowledgement();',
      ),
    },
    {
      id: 'tftp-last-ack',
      says: 'TFTP: the last acknowledgement is given again when the last block comes again.',
      provenBy: [misbehaving('duplicates > the last block again gets the last acknowledgement again')],
      inverted: inTransfer('if (++this.#lateAnswers < WAITS_MS.length) this.#sendAcknowledgement();', ''),
    },
    {
      id: 'tftp-block-numbers-wrap',
      says: 'TFTP: after block 65535 comes block 0.',
      provenBy: [wellBehaved('40 MB arrive byte for byte: the block number goes round')],
      inverted: mutation('src/transport/tftp-packet.ts')('(block + 1) & 0xffff', '(block + 1) & 0x1ffff'),
    },
    {
      id: 'tftp-options',
      says: 'TFTP: blksize, tsize, timeout and windowsize can be asked for; what a server agrees to beyond that is refused with ERROR 8.',
      provenBy: [
        options(
          'asks in the words of the RFCs, the timeout in seconds',
          'an OACK with all that was asked for',
        ),
        misbehaving('options > an OACK with an option of a larger block is refused with ERROR 8'),
      ],
      inverted: inTransfer('tell: errorCodes.optionRefused', 'tell: errorCodes.undefined'),
    },
    {
      id: 'tftp-waits',
      says: 'TFTP: request or acknowledgement is sent at most six times, after 1, 2, 4, 8, 8 and 8 s of silence; each new block starts anew.',
      provenBy: [
        patience('waits 1, 2, 4, 8, 8, 8 seconds, and then no more', 'each new block starts the series anew'),
      ],
      inverted: inPatience(
        '[1_000, 2_000, 4_000, 8_000, 8_000, 8_000]',
        '[1_000, 2_000, 4_000, 8_000, 16_000, 8_000]',
      ),
    },
    {
      id: 'tftp-firmware-600-s',
      says: 'Firmware over TFTP is given up at 600 s; over the other protocols at 1,800 s.',
      provenBy: [
        limits('FW'),
        proof('test/server/loopback.test.ts')(
          'firmware by TFTP at 75 ms misses 600 s',
          'firmware by TFTP at 74 ms does not',
        ),
      ],
      inverted: inLimits('FIRMWARE_BY_TFTP_TOTAL_MS = 600_000', 'FIRMWARE_BY_TFTP_TOTAL_MS = 700_000'),
    },
  ],
};
