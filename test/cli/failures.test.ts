import { describe, expect, test } from 'vitest';
import { closingTable } from '../../src/report/closing-table.ts';
import type { Outcome } from '../../src/report/outcome.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { answer } from './answer.ts';
import { heldPhone } from './held-phone.ts';
import { answerHttp, serveTree, stayQuiet, unusedPort } from './servers.ts';
import { runTold } from './told-run.ts';

// What goes wrong at a site, as the phone's owner sees it. The phone was provisioned once: its DEVICE_CONFIG
// is at 000005.

const page = '<!DOCTYPE html>\n<html><body>Sign in to continue</body></html>\n';
const deviceDue = '[DEVICE_CONFIG]\nVERSION 000006\nFILENAME Device.cfg\nPROTOCOL HTTP\n';
const firmwareDue = '[FW]\nVERSION SIP12x004.04.09.00\nFILENAME SIP12x004.04.09.00.bin\nPROTOCOL HTTP\n';
const settings = 'BANNER Reception\n';
const line = (bytes: number) => `# ${'x'.repeat(bytes - 2)}`;

/** Serves a provisioning file, and whatever is said for all other names. */
const withFile = (file: string, status: number, others: string) =>
  answerHttp((path) => (path === '/1230SIP.cfg' ? [200, file] : [status, others]));

interface Seen {
  readonly code: number | null;
  readonly state: string;
  /** The first failure's code. */
  readonly because: string | undefined;
  readonly results: readonly string[];
}

const bootsFrom = async (url: string) => {
  const phone = heldPhone();
  const before = phone.text();
  const told = await runTold(['boot', url, '--flash', phone.folder, '--seed', '1']);
  const { state, failures, requests } = told.outcome;
  const seen: Seen = {
    code: told.code,
    state,
    because: failures[0]?.code,
    results: requests.map(({ result, attempts }) => (attempts > 1 ? `${result} x${attempts}` : result)),
  };
  return { seen, outcome: told.outcome, flashKept: phone.text() === before };
};

/** What the command ends with when it is read by a person: the verdict and what to look at. */
const verdictOf = (outcome: Outcome) => {
  const table = closingTable(outcome, { columns: 100, palette: plainPalette, letters: 'ascii' });
  return table
    .slice(table.lastIndexOf('') + 1)
    .join('\n')
    .replaceAll(/\n */g, ' ');
};

const nothingFetched: [title: string, serve: () => Promise<string>, because: string, said: RegExp][] = [
  [
    'the server holds the file of another model (HTTP)',
    async () => (await serveTree({ '1220SIP.cfg': deviceDue })).http,
    'NOT_FOUND',
    /^failed: 1230SIP\.cfg could not be had: NOT_FOUND \(HTTP 404\) look at: .* compare name, case and folder/,
  ],
  [
    'the server holds the file of another model (TFTP)',
    async () => (await serveTree({ '1220SIP.cfg': deviceDue })).tftp,
    'NOT_FOUND',
    /^failed: 1230SIP\.cfg could not be had: NOT_FOUND \(ERROR 1 .*\) look at: .* compare name, case/,
  ],
  [
    'the server holds the file of another model (FTP)',
    async () => (await serveTree({ '1220SIP.cfg': deviceDue })).ftp,
    'NOT_FOUND',
    /^failed: 1230SIP\.cfg could not be had: NOT_FOUND \(RETR: 550 .*\) look at: .* compare name, case/,
  ],
  [
    'no server runs (HTTP)',
    async () => `http://127.0.0.1:${await unusedPort()}`,
    'UNREACHABLE',
    /^failed: 1230SIP\.cfg could not be had: UNREACHABLE \(.*ECONNREFUSED.*\) look at: No connection: nothing/,
  ],
  [
    'no server runs (FTP)',
    async () => `ftp://127.0.0.1:${await unusedPort()}`,
    'UNREACHABLE',
    /^failed: 1230SIP\.cfg could not be had: UNREACHABLE \(.*ECONNREFUSED.*\) look at: No connection: nothing/,
  ],
  ...(['http', 'ftp', 'tftp'] as const).map((protocol): [string, () => Promise<string>, string, RegExp] => [
    `the server's name is not known (${protocol.toUpperCase()})`,
    async () => `${protocol}://no-such-server.invalid`,
    'UNREACHABLE',
    /^failed: 1230SIP\.cfg could not be had: UNREACHABLE \(.*(ENOTFOUND|EAI_AGAIN|unknown host).*\) look at: .* host name/,
  ]),
  [
    'the server answers 401',
    () => answerHttp(() => [401, page]),
    'ACCESS_DENIED',
    /^failed: .* ACCESS_DENIED \(HTTP 401, and no user is given\) look at: .* check user, password and file rights/,
  ],
  [
    'the server answers 403',
    () => answerHttp(() => [403, page]),
    'ACCESS_DENIED',
    /^failed: .* ACCESS_DENIED \(HTTP 403.*\) look at: .* check user, password and file rights/,
  ],
  [
    'the server answers 404',
    () => answerHttp(() => [404, page]),
    'NOT_FOUND',
    /^failed: .* NOT_FOUND \(HTTP 404\) look at: .* compare name, case and folder/,
  ],
  [
    'the server answers 500',
    () => answerHttp(() => [500, page]),
    'PROTOCOL',
    /^failed: .* PROTOCOL \(HTTP 500.*\) look at: The server answered something the protocol/,
  ],
];

describe('the phone is up at the login screen with what flash held when', () => {
  test.for(nothingFetched)('%s', async ([, serve, because, said]) => {
    const url = await serve();
    const { seen, outcome, flashKept } = await bootsFrom(url);
    expect({ ...seen, flashKept }).toEqual({
      code: 3,
      state: 'login',
      because,
      results: [because],
      flashKept: true,
    });
    expect(verdictOf(outcome)).toMatch(said);
  });
});

test('a server that is busy five times delays the boot, one that is busy six times is given up', async () => {
  const busyFor = (times: number) =>
    answerHttp((path, nth) => {
      if (path !== '/1230SIP.cfg') return [200, settings];
      return nth <= times ? [503, page] : [200, deviceDue];
    });
  const [delayed, ended] = await Promise.all([bootsFrom(await busyFor(5)), bootsFrom(await busyFor(6))]);
  expect(delayed.seen).toEqual({ code: 0, state: 'login', because: undefined, results: ['ok x6', 'ok'] });
  expect(delayed.outcome.flash.versions['DEVICE_CONFIG']).toBe('000006');
  expect(ended.seen).toEqual({ code: 3, state: 'login', because: 'BUSY', results: ['BUSY x6'] });
  expect(ended.flashKept).toBe(true);
  expect(verdictOf(ended.outcome)).toMatch(
    /BUSY \(HTTP 503 to 6 requests\) look at: The server turns phones away/,
  );
});

const arrived: [
  title: string,
  serve: () => Promise<string>,
  seen: Omit<Seen, 'code' | 'state'>,
  said: RegExp,
][] = [
  [
    'a web page arrives as the provisioning file',
    () => answerHttp(() => [200, page]),
    { because: 'NO_SECTION', results: ['ok'] },
    /^failed: 1230SIP\.cfg holds no section a phone knows look at: .* not an error page or an empty one\?/,
  ],
  [
    'the provisioning file is empty',
    () => answerHttp(() => [200, '']),
    { because: 'NO_SECTION', results: ['ok'] },
    /^failed: 1230SIP\.cfg holds no section a phone knows look at: .* not an error page or an empty one\?/,
  ],
  [
    'a web page arrives as the firmware',
    () => withFile(firmwareDue, 200, page),
    { because: 'WRONG_FORMAT', results: ['ok', 'ok'] },
    /^failed: \[FW\] SIP12x004\.04\.09\.00\.bin: WRONG_FORMAT .* look at: .* an HTML error page is a common find/,
  ],
  [
    'the firmware is missing',
    () => withFile(firmwareDue, 404, page),
    { because: 'NOT_FOUND', results: ['ok', 'NOT_FOUND'] },
    /^failed: \[FW\] SIP12x004\.04\.09\.00\.bin: NOT_FOUND \(HTTP 404\) look at: .* compare name, case/,
  ],
  [
    'the first line of the provisioning file has 81 bytes',
    () => withFile(`${line(81)}\n${deviceDue}`, 200, settings),
    { because: 'LINE_TOO_LONG', results: ['ok'] },
    /^failed: 1230SIP\.cfg:1: cut off by an over-long line \(and 1 more\) look at: A line of more than 80 bytes/,
  ],
];

describe('flash stays as it was when', () => {
  test.for(arrived)('%s', async ([, serve, expected, said]) => {
    const url = await serve();
    const { seen, outcome, flashKept } = await bootsFrom(url);
    expect({ ...seen, flashKept }).toEqual({ code: 3, state: 'login', ...expected, flashKept: true });
    expect(verdictOf(outcome)).toMatch(said);
  });
});

test('a web page that arrives as device configuration is refused, and flash stays as it was', async () => {
  const url = await withFile(deviceDue, 200, page);
  const { seen, outcome, flashKept } = await bootsFrom(url);
  expect(seen).toEqual({ code: 3, state: 'login', because: 'WEB_PAGE', results: ['ok', 'ok'] });
  expect(flashKept).toBe(true);
  expect(verdictOf(outcome)).toMatch(/^failed: .*Device\.cfg begins like a web page/);
});

test('a line of 80 bytes is read, and one of 81 ends the reading behind what came before', async () => {
  const whole = await bootsFrom(await withFile(`${line(80)}\n${deviceDue}`, 200, settings));
  expect(whole.seen).toEqual({ code: 0, state: 'login', because: undefined, results: ['ok', 'ok'] });
  const cut = await bootsFrom(await withFile(`${deviceDue}${line(81)}\n${firmwareDue}`, 200, settings));
  expect(cut.seen).toEqual({ code: 3, state: 'login', because: 'LINE_TOO_LONG', results: ['ok', 'ok'] });
  expect(cut.outcome.flash.versions['DEVICE_CONFIG']).toBe('000006');
  expect(cut.outcome.problems.map(({ file, line: at, message }) => ({ file, at, message }))).toContainEqual({
    file: '1230SIP.cfg',
    at: 5,
    message: 'the line has 81 bytes; expected at most 80. A phone stops reading here; lost: [FW]',
  });
});

// How long a phone really waits for such servers: test/scenario/silent-server.test.ts.
test.for(['tftp', 'ftp', 'http'] as const)(
  '--timeout ends the wait for a silent %s server',
  async (protocol) => {
    const url = (await stayQuiet())[protocol];
    const phone = heldPhone();
    const before = phone.text();
    const { code, stdout, stderr } = await answer([
      'boot',
      url,
      '--flash',
      phone.folder,
      '--timeout',
      '700ms',
      '-q',
    ]);
    expect({ code, stderr, flashKept: phone.text() === before }).toEqual({
      code: 3,
      stderr: 'the limit of 700ms (--timeout) came before the phone was at rest\n',
      flashKept: true,
    });
    expect(stdout).toContain(`failed: the run ended while the phone was still fetching ${url}/1230SIP.cfg`);
    expect(stdout).toContain('look at: The run was stopped, or its limit (--timeout) came');
  },
);
