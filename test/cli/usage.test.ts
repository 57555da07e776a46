import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { sectionNames } from '../../src/provisioning/words.ts';
import { answer } from './answer.ts';
import { run } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';

const pemOf = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----\n`;
/** The base64 lines of a certificate that can be read. */
const whole = makeSelfSignedCertificate({
  commonName: 'ca.example',
  addresses: [],
  notBefore: 0,
  days: 1,
}).certificate.replaceAll(/-----.*-----\s*/g, '');

const mistakes: [title: string, words: string[], said: string][] = [
  ['a misspelt command', ['boto'], "error: unknown command 'boto'\n(Did you mean boot?)\n"],
  [
    'a misspelt command with --help',
    ['boto', '--help'],
    "error: unknown command 'boto'\n(Did you mean boot?)\n",
  ],
  [
    'help about a misspelt command',
    ['help', 'boto'],
    "error: unknown command 'boto'\n(Did you mean boot?)\n",
  ],
  [
    'a misspelt command of a group',
    ['scenarios', 'generat'],
    "error: unknown command 'generat'\n(Did you mean generate?)\n",
  ],
  ['a misspelt flag', ['boot', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)\n"],
  ['a flag of another command', ['check', '--listen', '::1'], "error: unknown option '--listen'\n"],
  [
    'an argument too many',
    ['boot', 'http://127.0.0.1', 'again'],
    "error: too many arguments for 'boot'. Expected 1 argument but got 2.\n",
  ],
  [
    'an empty seed',
    ['boot', '--seed', ''],
    "error: option '--seed <TEXT>' argument '' is invalid. It is empty; expected any text, or leave it out.\n",
  ],
  [
    'an empty seed of a fleet',
    ['fleet', '--seed', ''],
    "error: option '--seed <TEXT>' argument '' is invalid. It is empty; expected any text, or leave it out.\n",
  ],
  [
    'a fleet file that is not there',
    ['fleet', 'nowhere.yaml'],
    'error: nowhere.yaml: no such file or folder (ENOENT)\n',
  ],
  [
    'a place for Prometheus that is none',
    ['fleet', '--prometheus', 'localhost'],
    "error: option '--prometheus <[ADDRESS:]PORT>' argument 'localhost' is invalid. Expected a port such as :9464, or ADDRESS:PORT such as 0.0.0.0:9464.\n",
  ],
  ['a missing argument', ['serve'], "error: missing required argument 'DIR'\n"],
  [
    'a MAC address too short',
    ['boot', '--mac', '001B4F'],
    "error: option '--mac <MAC>' argument '001B4F' is invalid. " +
      'Expected 12 hex digits, such as 00:1B:4F:12:30:01.\n',
  ],
  [
    'a model that is none of ours',
    ['boot', '--model', '1140'],
    "error: option '--model <MODEL>' argument '1140' is invalid. Allowed choices are 1210, 1220, 1230.\n",
  ],
  [
    'the load of another family',
    ['boot', '--software', 'SIP1140e04.01.13.00'],
    "error: option '--software <LOAD>' argument 'SIP1140e04.01.13.00' is invalid. " +
      'Expected a load such as SIP12x004.01.13.00, or of UNIStim such as 062AC7J.\n',
  ],
  [
    'a port beyond the last',
    ['boot', '--ports', 'tftp=69,http=65536'],
    "error: option '--ports <LIST>' argument 'tftp=69,http=65536' is invalid. " +
      '"http=65536": expected PROTOCOL=PORT of tftp, ftp, http, https, such as tftp=6969.\n',
  ],
  [
    'a port that is no number',
    ['serve', '.', '--http', 'web'],
    "error: option '--http <PORT>' argument 'web' is invalid. Expected a port from 0 to 65535 (0: a free one).\n",
  ],
  [
    'a lease without an address',
    ['boot', '--lease', 'mask=255.0.0.0'],
    'error: --lease: ' + 'It names no address; expected such as address=10.0.0.5,mask=255.255.255.0.\n',
  ],
  [
    'a lease of a misspelt part',
    ['boot', '--lease', 'adress=10.0.0.5'],
    'error: --lease: ' + '"adress" is no part of a lease; did you mean address?\n',
  ],
  [
    'a lease with a mask that is none',
    ['boot', '--lease', 'address=10.0.0.5,mask=255.0.255.0'],
    'error: --lease: ' +
      'No phone takes that as it is: the network mask is 255.0.255.0; 255.0.0.0, that of the class of 10.0.0.5, is used.\n',
  ],
  [
    'real DHCP servers in another time',
    ['boot', '--dhcp', 'eth0', '--time', 'jump'],
    'error: --dhcp goes with --time real only: real servers obey no jump clock\n',
  ],
  [
    'real DHCP servers and given ones',
    ['boot', '--dhcp', 'eth0', '--lease', 'none'],
    'error: --dhcp asks real servers, --lease stands for them: give one\n',
  ],
  [
    'a URL of an unknown protocol',
    ['boot', 'sftp://127.0.0.1'],
    'error: server address "sftp://127.0.0.1": "sftp" is no protocol of this phone; expected tftp, ftp, http or https\n',
  ],
  [
    'a URL with a port beyond the last, its password kept back',
    ['boot', 'http://me:secret@127.0.0.1:99999/'],
    'error: server address "http://me:***@127.0.0.1:99999/": the port is "99999"; expected 1 to 65535\n',
  ],
  [
    'a duration without a unit',
    ['boot', '--timeout', '30'],
    "error: option '--timeout <DURATION>' argument '30' is invalid. " +
      'Expected a duration such as 500ms, 30s, 2m or 24h.\n',
  ],
  [
    'a step that is none',
    ['boot', '--then', 'check,sleep'],
    "error: option '--then <STEPS>' argument 'check,sleep' is invalid. " +
      '"sleep": expected a list of check, poll, notify, reset, off, on.\n',
  ],
  [
    'a misspelt quirk',
    ['boot', '--quirk', 'retryAfer=ignore'],
    "error: option '--quirk <NAME=VALUE>' argument 'retryAfer=ignore' is invalid. " +
      '"retryAfer" is no quirk; did you mean retryAfter?\n',
  ],
  [
    'a quirk that knows no such choice',
    ['boot', '--quirk', 'retryAfter=always'],
    "error: option '--quirk <NAME=VALUE>' argument 'retryAfter=always' is invalid. " +
      'retryAfter is "always"; expected ignore or honour.\n',
  ],
  [
    'a misspelt code',
    ['boot', '--allow', 'NOT_FUOND'],
    "error: option '--allow <CODES>' argument 'NOT_FUOND' is invalid. " +
      '"NOT_FUOND" is no code; did you mean NOT_FOUND?\n',
  ],
  [
    'an answer to a misspelt question, kept back',
    ['boot', '--answer', 'pkcs12-pasword=secret'],
    'error: --answer: "pkcs12-pasword" is no question; did you mean pkcs12-password?\n',
  ],
  [
    'an answer without its question, kept back',
    ['boot', '--answer', 'secret'],
    'error: --answer: expected QUESTION=ANSWER\n',
  ],
  [
    'an answer that is neither yes nor no',
    ['boot', '--answer', 'accept-fingerprint=maybe'],
    'error: --answer accept-fingerprint: expected accept-fingerprint=yes or accept-fingerprint=no\n',
  ],
  [
    'a rule of authenticity that is none',
    ['boot', '--authenticity', 'signed-by'],
    "error: option '--authenticity <RULE>' argument 'signed-by' is invalid. " +
      'Expected accept, reject, or signed-by=FILE with a root in PEM.\n',
  ],
  [
    'a root of authenticity that is not there',
    ['boot', '--authenticity', 'signed-by=/nowhere/root.pem'],
    'error: --authenticity signed-by=/nowhere/root.pem: no such file or folder (ENOENT)\n',
  ],
  [
    'a code that nobody knows',
    ['boot', '--allow', 'WHATEVER'],
    "error: option '--allow <CODES>' argument 'WHATEVER' is invalid. " +
      '"WHATEVER" is no code; deskphone schema problems lists them\n',
  ],
  [
    'a misspelt section',
    ['boot', '--allow', 'NOT_FOUND:USR_CONFIG'],
    "error: option '--allow <CODES>' argument 'NOT_FOUND:USR_CONFIG' is invalid. " +
      '"USR_CONFIG" is no section; did you mean USER_CONFIG?\n',
  ],
  [
    'a junk byte that no header line survives',
    ['boot', '--user-agent-byte', '0d'],
    "error: option '--user-agent-byte <BYTE>' argument '0d' is invalid. " +
      'NUL, CR and LF would end the header line; no phone was seen to send them.\n',
  ],
  [
    'a local address that is a name',
    ['boot', '--local-address', 'localhost'],
    "error: option '--local-address <ADDRESS>' argument 'localhost' is invalid. " +
      'Expected an IP address such as 127.0.0.2.\n',
  ],
  [
    'a local address of another machine',
    ['boot', '--local-address', '192.0.2.77'],
    'error: --local-address 192.0.2.77: the address is none of this machine ' +
      '(listen EADDRNOTAVAIL: address not available 192.0.2.77)\n',
  ],
  [
    'a port with more behind it',
    ['boot', '--ports', 'tftp=6969=3'],
    "error: option '--ports <LIST>' argument 'tftp=6969=3' is invalid. " +
      '"tftp=6969=3": expected PROTOCOL=PORT of tftp, ftp, http, https, such as tftp=6969.\n',
  ],
  [
    'a quirk with more behind it',
    ['boot', '--quirk', 'deadServer=skip=foo'],
    "error: option '--quirk <NAME=VALUE>' argument 'deadServer=skip=foo' is invalid. " +
      'deadServer is "skip=foo"; expected try or skip.\n',
  ],
  [
    'a size with more behind it',
    ['boot', '--quirk', 'customDataMax=1=2'],
    "error: option '--quirk <NAME=VALUE>' argument 'customDataMax=1=2' is invalid. " +
      '"1=2": expected a number of bytes.\n',
  ],
  [
    'a section with more behind it',
    ['boot', '--allow', 'NOT_FOUND:FW:LANGUAGE'],
    "error: option '--allow <CODES>' argument 'NOT_FOUND:FW:LANGUAGE' is invalid. " +
      '"FW:LANGUAGE" is no section; ' +
      `expected ${sectionNames.join(', ')}\n`,
  ],
  [
    'a section left out behind its colon',
    ['boot', '--allow', 'NOT_FOUND:'],
    "error: option '--allow <CODES>' argument 'NOT_FOUND:' is invalid. " +
      '"" is no section; ' +
      `expected ${sectionNames.join(', ')}\n`,
  ],
  [
    'a free port of a server that is not ours',
    ['boot', 'http://127.0.0.1', '--ports', 'tftp=6969,http=0'],
    'error: --ports http=0: only the embedded server takes a free port; with a URL name one\n',
  ],
  [
    'virtual time against a real server',
    ['boot', 'http://127.0.0.1', '--time', 'virtual'],
    'error: --time virtual goes without a URL: real servers obey no virtual clock\n',
  ],
  [
    'a folder from a variable that was not set',
    ['boot', '--flash', ''],
    "error: option '--flash <DIR>' argument '' is invalid. It is empty; expected a path.\n",
  ],
  [
    'nothing to serve',
    ['serve', ''],
    'error: the folder to serve is empty; expected a path such as ./tree\n',
  ],
  [
    'certificates that are not there',
    ['boot', '--ca', '/no/such/ca.pem'],
    'error: --ca /no/such/ca.pem: no such file or folder (ENOENT)\n',
  ],
  [
    'a schema that does not exist',
    ['schema', 'fact'],
    'error: no schema "fact"; expected facts, outcome, faults, lint, rules, scenario, fleet, result, fleet-result, comparison, capture-comparison, problems, quirks\n',
  ],
];

test.for(mistakes)('%s: exit 2, one message, nothing run', async ([, words, said]) => {
  expect(await answer(words)).toEqual({ code: 2, stdout: '', stderr: said });
});

test('a process says and does just that', async () => {
  expect(await run(['boot', '--jsno'])).toEqual(await answer(['boot', '--jsno']));
  const env = { DESKPHONE_JSON: 'maybe' };
  expect(await run(['boot'], { env })).toEqual(await answer(['boot'], env));
});

test('a file without a certificate in it is refused as --ca', async () => {
  const file = join(temporaryFolder(), 'notes.txt');
  writeFileSync(file, 'no certificate here\n');
  expect(await answer(['boot', '--ca', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --ca ${file}: no PEM certificate in it; expected -----BEGIN CERTIFICATE-----\n`,
  });
});

test.for([
  ['garbage between the marks', ['QUJD\n'], '1 of 1'],
  ['a certificate that breaks off', [`${whole.slice(0, 200)}\n`], '1 of 1'],
  ['garbage behind a certificate', [whole, 'no base64 at all'], '1 of 2'],
] as const)('%s is refused as --ca', async ([, bodies, count]) => {
  const file = join(temporaryFolder(), 'ca.pem');
  writeFileSync(file, bodies.map(pemOf).join(''));
  expect(await answer(['boot', '--ca', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --ca ${file}: ${count} PEM certificates in it cannot be read\n`,
  });
});

test('a certificate without its end is refused as --ca', async () => {
  const file = join(temporaryFolder(), 'ca.pem');
  writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${whole}`);
  expect(await answer(['boot', '--ca', file])).toMatchObject({ code: 2, stdout: '' });
});

const configOf = async (words: string[], env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await answer([...words, '--print-config'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

describe('--print-config', () => {
  test('shows every option, and passwords as ***', async () => {
    const env = { DESKPHONE_USER: 'deployer:secret', DESKPHONE_HTTP: '8080' };
    expect(await configOf(['serve', './tree', '--tftp', '0'], env)).toEqual({
      argument: './tree',
      listen: '127.0.0.1',
      tftp: 0,
      ftp: null,
      http: 8080,
      https: null,
      cert: null,
      key: null,
      certOut: null,
      user: '***',
      fault: [],
      faults: null,
      seed: null,
      json: false,
      quiet: false,
      logLevel: 'info',
    });
    expect(await configOf(['boot', 'ftp://me:sec@ret@127.0.0.1/'])).toMatchObject({
      argument: 'ftp://me:***@127.0.0.1/',
    });
  });

  const sources: [title: string, env: Record<string, string>, flags: string[], expected: object][] = [
    ['defaults', {}, [], { model: '1230', seed: null, json: false, timeout: 10_800_000 }],
    [
      'variables over defaults',
      { DESKPHONE_MODEL: '1210', DESKPHONE_SEED: '4' },
      [],
      { model: '1210', seed: '4' },
    ],
    ['flags over variables', { DESKPHONE_MODEL: '1210' }, ['--model', '1220'], { model: '1220' }],
    [
      'an empty variable as none',
      { DESKPHONE_SEED: '', DESKPHONE_JSON: '' },
      [],
      { seed: null, json: false },
    ],
    [
      'durations, lists and quirks from variables',
      {
        DESKPHONE_TIMEOUT: '2m',
        DESKPHONE_ALLOW: 'TLS,BUSY',
        DESKPHONE_QUIRK: 'ftpMode=pasv',
        DESKPHONE_PORTS: 'ftp=2121',
      },
      [],
      { timeout: 120_000, allow: [{ code: 'TLS' }, { code: 'BUSY' }], ports: { ftp: 2121 } },
    ],
    ...['1', 'true', 'YES', 'on'].map((text): [string, Record<string, string>, string[], object] => [
      `DESKPHONE_QUIET=${text} as true`,
      { DESKPHONE_QUIET: text },
      [],
      { quiet: true },
    ]),
    ...['0', 'false', 'No', 'off'].map((text): [string, Record<string, string>, string[], object] => [
      `DESKPHONE_QUIET=${text} as false`,
      { DESKPHONE_QUIET: text },
      [],
      { quiet: false },
    ]),
    ['a flag over a variable that says false', { DESKPHONE_JSON: 'false' }, ['--json'], { json: true }],
  ];
  test.for(sources)('takes %s', async ([, env, flags, expected]) => {
    expect(await configOf(['boot', ...flags], env)).toMatchObject(expected);
  });
});

const badVariables: [title: string, env: Record<string, string>, said: string][] = [
  [
    'neither true nor false',
    { DESKPHONE_JSON: 'maybe' },
    'error: DESKPHONE_JSON is "maybe"; expected true or false\n',
  ],
  [
    'a choice that is none',
    { DESKPHONE_MODEL: '1140' },
    'error: DESKPHONE_MODEL is "1140": Allowed choices are 1210, 1220, 1230.\n',
  ],
  [
    'a MAC address too short',
    { DESKPHONE_MAC: '001B4F' },
    'error: DESKPHONE_MAC is "001B4F": Expected 12 hex digits, such as 00:1B:4F:12:30:01.\n',
  ],
];
test.for(badVariables)('a variable with %s is named', async ([, env, said]) => {
  expect(await answer(['boot'], env)).toEqual({ code: 2, stdout: '', stderr: said });
});

test('a password in a bad variable is not shown', async () => {
  const { code, stderr } = await answer(['serve', '.'], { DESKPHONE_USER: 'secret' });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: DESKPHONE_USER is "***": Expected NAME:PASSWORD.\n',
  });
});

test("a variable that looks misspelt is told, one that is somebody else's is not", async () => {
  const env = { DESKPHONE_SED: '1', DESKPHONE_SERVICE_HOST: '10.0.0.1', DESKPHONE_LISTEN: '::1' };
  const { code, stderr } = await answer(['boot', '--print-config'], env);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'warning: DESKPHONE_SED is no variable of any option; did you mean DESKPHONE_SEED?\n',
  });
});
