import { mutation, proof, type RuleGroup } from './rule.ts';

const tftp = proof('test/transport/tftp.test.ts');
const badTftp = proof('test/transport/tftp-misbehaving.test.ts');
const patience = proof('test/transport/tftp-patience.test.ts');
const options = proof('test/transport/tftp-options.test.ts');
const ftp = proof('test/transport/ftp-commands.test.ts');
const ftpRefusals = proof('test/transport/ftp-refusals.test.ts');
const ftpWhole = proof('test/transport/ftp-whole.test.ts');
const ftpSessions = proof('test/transport/ftp-sessions.test.ts');
const head = proof('test/transport/http-head.test.ts');
const busy = proof('test/transport/http-busy.test.ts');
const authentication = proof('test/transport/http-authentication.test.ts');
const failures = proof('test/transport/http-failures.test.ts');
const connections = proof('test/transport/http-connections.test.ts');
const limits = proof('test/provisioning/limits.test.ts');
const doors = proof('test/transport/contract.test.ts');

const inTransfer = mutation('src/transport/tftp-transfer.ts');
const inPatience = mutation('src/transport/tftp-patience.ts');
const inWire = mutation('src/transport/tftp-wire.ts');
const inFile = mutation('src/transport/http-file.ts');
const inOpenData = mutation('src/transport/ftp-open-data.ts');
const inLimits = mutation('src/provisioning/limits.ts');

/** How files cross the wire. */
export const transfers: RuleGroup = {
  title: 'Transfers',
  rules: [
    {
      id: 'tftp-plain',
      says: 'TFTP: octet mode, blocks of 512 bytes in lock-step, no options unless they are asked for.',
      provenBy: [
        badTftp('a request is the one RFC 1350 knows, byte for byte'),
        options('asks for nothing by default'),
      ],
      inverted: mutation('src/transport/tftp-packet.ts')('\\0octet\\0', '\\0netascii\\0'),
    },
    {
      id: 'tftp-new-port',
      says: 'TFTP: a new local port for each file.',
      provenBy: [tftp('one transport > a new local port for each file, of the address asked for')],
      inverted: inWire(
        'this.#socket.bind(0, localAddress);',
        'this.#socket.bind(localAddress === undefined ? 0 : 40_269, localAddress);',
      ),
    },
    {
      id: 'tftp-server-port',
      says: "TFTP: the server's port is that of its first answer, from the address asked; whoever else sends gets ERROR 5 and is not heard.",
      provenBy: [
        badTftp('who is heard > the first answer counts only from the address asked'),
        badTftp('a stranger on the right port of another address is not heard in the middle either'),
      ],
      inverted: inWire('from.address !== this.#serverAddress || !answersRequest', '!answersRequest'),
    },
    {
      id: 'tftp-duplicates',
      says: "TFTP: a duplicate is not answered (no sorcerer's apprentice).",
      provenBy: [
        badTftp("duplicates > every block twice: each is acknowledged once (no sorcerer's apprentice)"),
      ],
      inverted: inTransfer(
        'if (this.#order.showsNewGap(block)) this.#sendAcknowledgement();',
        'this.#sendAcknowledgement();',
      ),
    },
    {
      id: 'tftp-last-ack',
      says: 'TFTP: the last acknowledgement is given again when the last block comes again.',
      provenBy: [badTftp('duplicates > the last block again gets the last acknowledgement again')],
      inverted: inTransfer('if (++this.#lateAnswers < WAITS_MS.length) this.#sendAcknowledgement();', ''),
    },
    {
      id: 'tftp-block-numbers-wrap',
      says: 'TFTP: after block 65535 comes block 0.',
      provenBy: [tftp('40 MB arrive byte for byte: the block number goes round')],
      inverted: mutation('src/transport/tftp-packet.ts')('(block + 1) & 0xffff', '(block + 1) & 0x1ffff'),
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
    {
      id: 'ftp-commands',
      says: 'FTP: USER, PASS, TYPE I, EPSV, RETR, QUIT and no more; PASV where EPSV is refused.',
      quirk: 'ftpMode',
      provenBy: [
        ftp(
          'is USER, PASS, TYPE, EPSV, RETR, QUIT and no more',
          'falls back to PASV where EPSV is not known',
        ),
      ],
      inverted: inOpenData("mode === 'epsv' && (await", "mode !== 'epsv' && (await"),
    },
    {
      id: 'ftp-session-a-file',
      says: 'FTP: one session a file.',
      quirk: 'ftpSession',
      provenBy: [
        ftp('is USER, PASS, TYPE, EPSV, RETR, QUIT and no more'),
        ftpSessions('log in once, and say QUIT at the end'),
      ],
      inverted: mutation('src/transport/ftp.ts')(
        "this.#session === 'check' && this.#open",
        "this.#session === 'file' && this.#open",
      ),
    },
    {
      id: 'ftp-anonymous',
      says: 'FTP: user anonymous with an empty password unless others are given.',
      provenBy: [
        ftp(
          'is USER, PASS, TYPE, EPSV, RETR, QUIT and no more',
          'names the user and password of the section',
        ),
      ],
      inverted: mutation('src/transport/ftp-log-in.ts')("?? 'anonymous'", "?? 'ftp'"),
    },
    {
      id: 'ftp-data-host',
      says: "FTP: data goes only to the host of the control connection; another address in the server's answer is ignored and told.",
      provenBy: [ftpWhole('that name another host for data are told and not followed')],
      inverted: inOpenData('address !== control.remoteAddress) {', 'address === control.remoteAddress) {'),
    },
    {
      id: 'ftp-not-found',
      says: 'FTP: 550 is NOT_FOUND, also after the data connection was closed.',
      provenBy: [ftpRefusals('550 to RETR', '550 after the data connection closed (proftpd)')],
      inverted: mutation('src/transport/ftp-failure.ts')("[550, 'NOT_FOUND']", "[550, 'PROTOCOL']"),
    },
    {
      id: 'http-head',
      says: 'HTTP: GET with exactly Host, User-Agent and Connection, and Authorization when asked.',
      provenBy: [
        head('is Host, User-Agent, Connection and no more'),
        authentication('hears Authorization as the last of the headers'),
      ],
      inverted: inFile(
        '`Connection: ${more.persistence}`,',
        '`Connection: ${more.persistence}`,\n    `Accept: */*`,',
      ),
    },
    {
      id: 'http-connection-a-check',
      says: 'HTTP: one connection a check and server.',
      quirk: 'httpConnection',
      provenBy: [connections('are one a check and server')],
      inverted: mutation('src/transport/http.ts')(
        "options.connection === 'check'",
        "options.connection !== 'check'",
      ),
    },
    {
      id: 'http-503',
      says: 'HTTP: after a 503 it asks again, the first try and up to HTTP_RETRY_NUMBER more (5), a second apart.',
      provenBy: [
        busy('five times is asked a sixth time', 'six times has been asked enough'),
        busy('and a Retry-After is told once and asked again after a second'),
      ],
      inverted: inFile('this.#busyAnswers > repeatsMax', 'this.#busyAnswers >= repeatsMax'),
    },
    {
      id: 'http-503-zero',
      says: 'HTTP: HTTP_RETRY_NUMBER 0 asks until the total limit, a negative one is the default.',
      provenBy: [
        busy('a hundred times is asked until the total limit', 'for ever is given up at the total limit'),
        proof('test/provisioning/parameters.test.ts')('a legal value > HTTP_RETRY_NUMBER'),
        proof('test/contract/transfers.test.ts')(
          'HTTP_RETRY_NUMBER 0 asks until the limit, -1 five times more',
        ),
      ],
      inverted: mutation('src/phone/file-order.ts')("const UNTIL_TOTAL = '0'", "const UNTIL_TOTAL = '-1'"),
    },
    {
      id: 'http-retry-after',
      says: 'HTTP: Retry-After is ignored and told.',
      quirk: 'retryAfter',
      provenBy: [busy('and a Retry-After is told once and asked again after a second')],
      inverted: inFile("this.#options.retryAfter === 'honour'", "this.#options.retryAfter === 'ignore'"),
    },
    {
      id: 'http-401',
      says: 'HTTP: after a 401 one more request with Basic or Digest; a second 401 ends it.',
      provenBy: [
        authentication('gets the password by Basic', 'gets a proof of it by Digest with MD5'),
        authentication(
          'keeps the file from a wrong password',
          'is not asked again by a phone without a user',
        ),
      ],
      inverted: inFile('answer.status === 401 && this.#authorization === undefined', 'answer.status === 407'),
    },
    {
      id: 'http-other-status',
      says: 'HTTP: a redirect and any other status end it; nothing is followed.',
      provenBy: [failures('files that do not > a redirect', 'files that do not > 500')],
      inverted: inFile(
        'if (answer.status === 200) return;',
        'if (answer.status === 200 || answer.status === 500) return;',
      ),
    },
    {
      id: 'http-no-decompression',
      says: 'HTTP: what a server sends compressed is not unpacked.',
      provenBy: [failures('files that arrive > compressed by the server, as they are')],
      inverted: mutation('src/transport/http-exchange.ts')("'content-encoding'", "'x-content-encoding'"),
    },
    {
      id: 'limits-of-time',
      says: 'Every transfer has its limits: 10 s to connect, 30 s of silence, 120 s a file.',
      provenBy: [
        limits('provisioning-file'),
        failures(
          'limits of time > silence before the answer',
          'limits of time > silence beyond the whole time',
        ),
      ],
      inverted: inLimits('fileTotalMs: 120_000', 'fileTotalMs: 121_000'),
    },
    {
      id: 'limits-of-size',
      says: 'Provisioning and configuration files have at most 1 MiB, firmware 64 MiB, others 8 MiB; more is TOO_LARGE.',
      provenBy: [limits('DEVICE_CONFIG', 'LANGUAGE', 'FW'), doors('one byte too many')],
      inverted: inLimits('fileSizeBytes: 8 * MIB', 'fileSizeBytes: 9 * MIB'),
    },
    {
      id: 'transfer-codes',
      says: 'The same thing has the same code over every protocol: a missing file is NOT_FOUND, a closed port UNREACHABLE, silence TIMEOUT.',
      provenBy: [doors('a missing file', 'a port where nobody listens', 'a silent server')],
      inverted: mutation('src/transport/tftp-failure.ts')("return 'NOT_FOUND'", "return 'PROTOCOL'"),
    },
    {
      id: 'transfer-power-cut',
      says: 'Loss of power ends a transfer at once, and nothing of it is kept.',
      provenBy: [
        doors('power cut in the middle of the firmware ends it, and leaves nothing behind'),
        proof('test/phone/power-cut.test.ts')(
          'a transfer cut by loss of power is told as ABORTED and nothing of it is kept',
        ),
      ],
      inverted: mutation('src/phone/download.ts')(
        "signal.addEventListener('abort', onAbort, { once: true });",
        '',
      ),
    },
    {
      id: 'transfer-local-address',
      says: 'Everything leaves from the address of the phone, where it has one.',
      provenBy: [doors('the server sees the address of the phone')],
      inverted: inWire('this.#socket.bind(0, localAddress);', 'this.#socket.bind(0);'),
    },
    {
      id: 'flash-names',
      says: 'Nothing received is ever written under a name the server chose.',
      provenBy: [
        proof('test/flash/directory-flash.test.ts')(
          'a stored file is called by its digest, whatever the server called it',
        ),
      ],
      inverted: mutation('src/flash/body-store.ts')(
        'replaceFile(join(this.#directory, sha256), bytes);',
        'replaceFile(join(this.#directory, `${sha256}.lng`), bytes);',
      ),
    },
  ],
};
