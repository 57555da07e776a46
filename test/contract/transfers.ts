import { mutation, proof, type RuleGroup } from './rule.ts';

const badTftp = proof('test/transport/tftp-misbehaving.test.ts');
const ftpRefusals = proof('test/transport/ftp-refusals.test.ts');
const ftpWhole = proof('test/transport/ftp-whole.test.ts');
const busy = proof('test/transport/http-busy.test.ts');
const failures = proof('test/transport/http-failures.test.ts');
const limits = proof('test/provisioning/limits.test.ts');
const doors = proof('test/transport/contract.test.ts');

const inWire = mutation('src/transport/tftp-wire.ts');
const inLimits = mutation('src/provisioning/limits.ts');

/** What holds over every protocol. */
export const transfers: RuleGroup = {
  title: 'Every transfer',
  rules: [
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
      id: 'transfer-busy',
      says: 'A 503, a 421 and a server that closes without a banner are BUSY.',
      provenBy: [ftpRefusals('421 as a banner', 'a closed door'), busy('six times has been asked enough')],
      inverted: mutation('src/transport/ftp-failure.ts')("[421, 'BUSY']", "[421, 'PROTOCOL']"),
    },
    {
      id: 'transfer-truncated',
      says: 'A file that ends before its end is TRUNCATED over every protocol, and no file.',
      provenBy: [
        failures('files that do not > a file that ends early'),
        ftpWhole('426 after half of it'),
        badTftp('fewer bytes than announced are no file'),
      ],
      inverted: mutation('src/transport/ftp-failure.ts')("[426, 'TRUNCATED']", "[426, 'PROTOCOL']"),
    },
    {
      id: 'transfer-local-limit',
      says: 'What this machine lacks, an address or a socket, is LOCAL_LIMIT and not the fault of the server.',
      provenBy: [doors('an address that this machine does not have is its own limit')],
      inverted: mutation('src/transport/tftp-failure.ts')(
        "'UNREACHABLE' : 'LOCAL_LIMIT'",
        "'UNREACHABLE' : 'UNREACHABLE'",
      ),
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
      inverted: mutation('src/phone/check-door.ts')('this.#onShut();', ''),
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
