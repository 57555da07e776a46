import { mutation, proof, type RuleGroup } from './rule.ts';

const ftp = proof('test/transport/ftp-commands.test.ts');
const ftpRefusals = proof('test/transport/ftp-refusals.test.ts');
const ftpWhole = proof('test/transport/ftp-whole.test.ts');
const ftpSessions = proof('test/transport/ftp-sessions.test.ts');
const head = proof('test/transport/http-head.test.ts');
const busy = proof('test/transport/http-busy.test.ts');
const authentication = proof('test/transport/http-authentication.test.ts');
const failures = proof('test/transport/http-failures.test.ts');
const connections = proof('test/transport/http-connections.test.ts');

const inFile = mutation('src/transport/http-file.ts');
const inOpenData = mutation('src/transport/ftp-open-data.ts');

/** Files over FTP and HTTP. */
export const ftpAndHttp: RuleGroup = {
  title: 'FTP and HTTP',
  rules: [
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
      inverted: mutation('src/transport/http-answer.ts')("'content-encoding'", "'x-content-encoding'"),
    },
  ],
};
