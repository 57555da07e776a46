import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type FlashFileContext, printFlashFile, readFlashFile } from '../../src/flash/flash-file.ts';
import { checkValue, parameterNamed, parameterNames } from '../../src/provisioning/parameters.ts';
import { aBody, aFile, aFlash } from './a-flash.ts';
import { arbitraryFlash } from './flash-arbitrary.ts';

function read(text: string, context: Partial<FlashFileContext> = {}) {
  return readFlashFile(Buffer.from(text), { faultOf: () => undefined, ...context });
}

/** The smallest flash.json there is, with `members` as its last lines (from line 2 on). */
function flashJson(...members: string[]): string {
  return [`{"mac": "001B4F123001", "versions": {}, "files": {}`, ...members].join(',\n').concat('\n}\n');
}

const body = aBody('French');
const french = aFile('French.lng', body);

test('what is printed is what a person would write', () => {
  const contents = aFlash({
    versions: { FW: 'SIP12x004.01.13.00', LANGUAGE: '000002', 'DEV_CERT#1': '' },
    files: { LANGUAGE: [{ name: 'German.lng' }, french] },
    settings: {
      BANNER: { value: 'ACME', from: 'file' },
      SIP_DOMAIN1: { value: 'acme.test', from: 'manual' },
    },
    lastPollDate: '2026-03-04',
  });
  expect(printFlashFile(contents)).toBe(`{
  "mac": "001B4F123001",
  "software": "SIP12x004.01.13.00",
  "image": "ok",
  "versions": {
    "FW": "SIP12x004.01.13.00",
    "LANGUAGE": "000002",
    "DEV_CERT#1": ""
  },
  "files": {
    "LANGUAGE": [
      "German.lng",
      {
        "name": "French.lng",
        "size": 6,
        "sha256": "${body.sha256}",
        "receivedAt": "2026-03-04T08:00:00.000Z"
      }
    ]
  },
  "settings": {
    "BANNER": "ACME",
    "SIP_DOMAIN1": {
      "value": "acme.test",
      "from": "manual"
    }
  },
  "userDnd": false,
  "lastPollDate": "2026-03-04"
}
`);
  expect(read(printFlashFile(contents))).toEqual({ contents });
});

test('whatever a phone can hold reads back as it was', () => {
  fc.assert(
    fc.property(arbitraryFlash, ({ contents }) => {
      expect(read(printFlashFile(contents))).toEqual({ contents });
    }),
    { numRuns: 300 },
  );
});

test('the value of every parameter, as the phone keeps it, reads back as it was', () => {
  const settings: Record<string, { value: string; from: 'file' }> = {};
  for (const name of parameterNames) {
    const parameter = parameterNamed(name);
    const checked = parameter && checkValue(parameter, parameter.default);
    if (parameter?.alsoSpelt !== name && checked?.ok) settings[name] = { value: checked.value, from: 'file' };
  }
  expect(Object.keys(settings).length).toBeGreaterThan(100);
  expect(read(printFlashFile(aFlash({ settings })))).toEqual({ contents: aFlash({ settings }) });
});

const handWritten: [title: string, text: string, expected: FlashContents][] = [
  ['the three keys that must be there are enough', flashJson(), aFlash()],
  [
    'the example of the documentation is read',
    '{"mac":"001B4F123001","versions":{"FW":"SIP12x004.04.09.00","LANGUAGE":"000002"},"files":{"LANGUAGE":["French.lng"]}}',
    aFlash({
      software: 'SIP12x004.04.09.00',
      versions: { FW: 'SIP12x004.04.09.00', LANGUAGE: '000002' },
      files: { LANGUAGE: [{ name: 'French.lng' }] },
    }),
  ],
  [
    'a MAC may be written with colons and in small letters',
    '{"mac":"00:1b:4f:12:30:0a","versions":{},"files":{}}',
    aFlash({ mac: '001B4F12300A' }),
  ],
  [
    'software counts more than the version of [FW]',
    '{"mac":"001B4F123001","software":"SIP12x004.01.03.00","versions":{"FW":"SIP12x004.01.13.00"},"files":{}}',
    aFlash({ software: 'SIP12x004.01.03.00', versions: { FW: 'SIP12x004.01.13.00' } }),
  ],
  [
    'a version of [FW] that is no load says nothing about the software',
    '{"mac":"001B4F123001","versions":{"FW":"000007"},"files":{}}',
    aFlash({ versions: { FW: '000007' } }),
  ],
  [
    'a load of another family is not what runs',
    '{"mac":"001B4F123001","versions":{"FW":"SIP1140e04.01.13.00"},"files":{}}',
    aFlash({ versions: { FW: 'SIP1140e04.01.13.00' } }),
  ],
  ['a UNIStim load runs', flashJson('"software": "062AC7J"'), aFlash({ software: '062AC7J' })],
  ['an interrupted image write', flashJson('"image": "writing"'), aFlash({ image: 'writing' })],
  [
    'an empty version was completed, a missing one was not',
    '{"mac":"001B4F123001","versions":{"TONES":""},"files":{}}',
    aFlash({ versions: { TONES: '' } }),
  ],
  [
    'a setting is a value from a file unless it says otherwise',
    flashJson(
      '"settings": {"BANNER": "ACME", "AUTO_UPDATE": {"value": "YES"}, "SIP_DOMAIN1": {"from": "manual", "value": "a.test"}}',
    ),
    aFlash({
      settings: {
        BANNER: { value: 'ACME', from: 'file' },
        AUTO_UPDATE: { value: 'YES', from: 'file' },
        SIP_DOMAIN1: { value: 'a.test', from: 'manual' },
      },
    }),
  ],
  [
    'a setting is kept as the phone would keep it',
    flashJson('"settings": {"AUTO_UPDATE": "y", "AUTO_UPDATE_TIME": "007"}'),
    aFlash({
      settings: {
        AUTO_UPDATE: { value: 'YES', from: 'file' },
        AUTO_UPDATE_TIME: { value: '7', from: 'file' },
      },
    }),
  ],
  ['no poll yet may be said', flashJson('"lastPollDate": null'), aFlash()],
  [
    'the day of the last poll, and DND',
    flashJson('"lastPollDate": "2026-03-04"', '"userDnd": true'),
    aFlash({ lastPollDate: '2026-03-04', userDnd: true }),
  ],
  [
    'comments and commas too many are let pass',
    '{ # mine\n"mac":"001B4F123001","versions":{},"files":{},}',
    aFlash(),
  ],
  [
    'a profile says what it has, and nothing else',
    flashJson(
      '"profiles": {"1@a.b": {"contacts": [{"address": "2@a.b"}], "keys": [{"index": 2}], "speedDials": [{}], "preferences": {"prefs.banner": {"value": "x"}}}}',
    ),
    aFlash({
      profiles: {
        '1@a.b': {
          timezoneOffset: '0',
          contacts: [{ nickname: '', address: '2@a.b', group: '', buddy: false }],
          groups: [],
          keys: [{ index: 2, label: '', type: 'spdial', attributes: {} }],
          speedDials: [{ label: '', mode: 'Always', attributes: {} }],
          preferences: { 'prefs.banner': { value: 'x', before: null } },
        },
      },
    }),
  ],
  ['a byte order mark is let pass', `\uFEFF${flashJson()}`, aFlash()],
];
test.for(handWritten)('%s', ([, text, contents]) => {
  expect(read(text)).toEqual({ contents });
});

test('a file in an object without content is only a name', () => {
  const text = '{"mac":"001B4F123001","versions":{},"files":{"TONES":[{"name":"a.wav"}]}}';
  expect(read(text)).toEqual({ contents: aFlash({ files: { TONES: [{ name: 'a.wav' }] } }) });
});

test('a file that does not say when it was received was received now', () => {
  const entry = `{"name":"French.lng","size":6,"sha256":"${body.sha256}"}`;
  const text = `{"mac":"001B4F123001","versions":{},"files":{"LANGUAGE":[${entry}]}}`;
  expect(read(text, { nowIso: '2026-03-04T08:00:00.000Z' })).toEqual({
    contents: aFlash({ files: { LANGUAGE: [french] } }),
  });
});

test('the software asked for holds where flash.json names none', () => {
  expect(read(flashJson(), { software: 'SIP12x004.00.04.00' })).toEqual({
    contents: aFlash({ software: 'SIP12x004.00.04.00' }),
  });
});

const long = 'x'.repeat(100);
const invalid: [text: string, ...problems: string[]][] = [
  // Not JSON.
  [
    '',
    'flash.json:1: the file is empty; expected an object such as {"mac":"001B4F123001","versions":{},"files":{}}',
  ],
  [
    '[]',
    'flash.json:1: the file is a list; expected an object such as {"mac":"001B4F123001","versions":{},"files":{}}',
  ],
  [
    '"x"',
    'flash.json:1: the file is "x"; expected an object such as {"mac":"001B4F123001","versions":{},"files":{}}',
  ],
  [
    '{"mac":\n"a',
    'flash.json:2: this is not JSON: Missing closing "quote',
    'flash.json:2: this is not JSON: Flow map must end with a }',
  ],
  ['{"mac":"001B4F123001"\n"files":{}}', 'flash.json:2: this is not JSON: Missing , between flow map items'],
  ['{}\n]', 'flash.json:2: this is not JSON: Unexpected flow-seq-end token in YAML stream: "]"'],
  [flashJson('userDnd: true'), 'flash.json:2: a name is userDnd; expected text in double quotes'],
  [flashJson('"userDnd"'), 'flash.json:2: userDnd is empty; expected true or false, without quotes'],
  // What is missing, unknown or there twice.
  [
    '{"mac":"001B4F123001"}',
    'flash.json:1: the file has no versions; expected an object such as {"LANGUAGE":"000002"}',
    'flash.json:1: the file has no files; expected an object such as {"LANGUAGE":["French.lng"]}',
  ],
  [
    flashJson('"profiles": {"1@a.b": {"contact": [], "contacts": [{}], "keys": [{"type": "pager"}]}}'),
    'flash.json:2: profiles.1@a.b.contact is no key; did you mean contacts?',
    'flash.json:2: profiles.1@a.b.contacts[0] has no address; expected one, such as "1002@example.org"',
    'flash.json:2: profiles.1@a.b.keys[0] has no index; expected a number from 1',
    'flash.json:2: profiles.1@a.b.keys[0].type is "pager"; expected "spdial" or "cfwd" or "dnd" or "im" or "presence" or "feature"',
  ],
  [
    flashJson('"profiles": {"1@a.b": {"timezoneOffset": 0, "preferences": {"a": "b"}}}'),
    'flash.json:2: profiles.1@a.b.timezoneOffset is 0; expected seconds in quotes, such as "3600"',
    'flash.json:2: profiles.1@a.b.preferences.a is "b"; expected an object with value, before',
  ],
  [flashJson('"usrDnd": true'), 'flash.json:2: usrDnd is no key; did you mean userDnd?'],
  [
    flashJson('"colour": 1'),
    'flash.json:2: colour is no key; expected one of mac, software, image, versions, files, settings, userDnd, lastPollDate, polledDates, user, profiles, lease',
  ],
  [
    flashJson('"image": "ok"', '"image": "ok"'),
    'flash.json:3: image stands in line 2 already; expected once',
  ],
  // The phone.
  [
    '{"mac":"001B4F12300","versions":{},"files":{}}',
    'flash.json:1: mac is "001B4F12300"; expected 12 hex digits in quotes, such as "001B4F123001"',
  ],
  [
    '{"mac":1,"versions":{},"files":{}}',
    'flash.json:1: mac is 1; expected 12 hex digits in quotes, such as "001B4F123001"',
  ],
  [
    '{"mac":001B4F123001,"versions":{},"files":{}}',
    'flash.json:1: mac is 001B4F123001; expected 12 hex digits in quotes, such as "001B4F123001"',
  ],
  [
    flashJson('"software": "04.01.13.00"'),
    'flash.json:2: software is "04.01.13.00"; expected a load in quotes, such as "SIP12x004.01.13.00" or "062AC7J"',
  ],
  [
    flashJson('"software": "SIP1140e04.01.13.00"'),
    'flash.json:2: software is "SIP1140e04.01.13.00"; expected a load in quotes, such as "SIP12x004.01.13.00" or "062AC7J"',
  ],
  [
    flashJson('"software": "SIP12x004.01.13.00.bin"'),
    'flash.json:2: software is "SIP12x004.01.13.00.bin"; expected a load in quotes, such as "SIP12x004.01.13.00" or "062AC7J"',
  ],
  [flashJson('"image": "half"'), 'flash.json:2: image is "half"; expected "ok" or "writing"'],
  [flashJson('"userDnd": "yes"'), 'flash.json:2: userDnd is "yes"; expected true or false, without quotes'],
  [
    flashJson('"lastPollDate": "4.3.2026"'),
    'flash.json:2: lastPollDate is "4.3.2026"; expected a date such as "2026-03-04", or null',
  ],
  [
    flashJson('"lastPollDate": 20260304'),
    'flash.json:2: lastPollDate is 20260304; expected a date such as "2026-03-04", or null',
  ],
  // Versions.
  [
    '{"mac":"001B4F123001","files":{},\n"versions":\n{"LANGUAGE":\n2,\n"TONES": 000002, "FW": 4.1}}',
    'flash.json:4: versions.LANGUAGE is 2; expected digits in quotes, such as "000002"',
    'flash.json:5: versions.TONES is 000002; expected digits in quotes, such as "000002"',
    'flash.json:5: versions.FW is 4.1; expected a load in quotes, such as "SIP12x004.01.13.00"',
  ],
  [
    '{"mac":"001B4F123001","files":{},"versions":["1"]}',
    'flash.json:1: versions is a list; expected an object such as {"LANGUAGE":"000002"}',
  ],
  [
    '{"mac":"001B4F123001","files":{},"versions":{"LANGUAGES":"1"}}',
    'flash.json:1: versions.LANGUAGES is no section; did you mean LANGUAGE?',
  ],
  [
    '{"mac":"001B4F123001","files":{},"versions":{"DEV_CERT":"1"}}',
    'flash.json:1: versions.DEV_CERT is no section; did you mean DEV_CERT#1?',
  ],
  [
    '{"mac":"001B4F123001","files":{},"versions":{"FW":"1","FW":"2"}}',
    'flash.json:1: versions.FW stands in line 1 already; expected once',
  ],
  [
    '{"mac":"001B4F123001","files":{},"versions":{"FW":&x "1","TONES":*x}}',
    'flash.json:1: versions.TONES is an alias; expected digits in quotes, such as "000002"',
  ],
  // The last lease.
  [
    flashJson('"lease": {"address": "10.0.0", "mask": "255.0.255.0"}'),
    'flash.json:2: lease.address is "10.0.0"; expected dotted IPv4 in quotes, such as "10.0.0.5"',
    'flash.json:2: lease.mask is "255.0.255.0"; expected a network mask in quotes, such as "255.255.255.0"',
  ],
  [
    flashJson('"lease": {"adress": "10.0.0.5", "mask": "255.0.0.0", "dns": ["a"], "domain": 7}'),
    'flash.json:2: lease.adress is no key; did you mean address?',
    'flash.json:2: lease has no address; expected an object such as {"address":"10.0.0.5","mask":"255.255.255.0"}, or null',
    'flash.json:2: lease.dns[0] is "a"; expected dotted IPv4 in quotes, such as "10.0.0.5"',
    'flash.json:2: lease.domain is 7; expected a domain in quotes, or null',
  ],
  [
    flashJson('"lease": "10.0.0.5"'),
    'flash.json:2: lease is "10.0.0.5"; expected an object such as {"address":"10.0.0.5","mask":"255.255.255.0"}, or null',
  ],
  // Files.
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONE":["a.wav"]}}',
    'flash.json:1: files.TONE is no section; did you mean TONES?',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":"a.wav"}}',
    'flash.json:1: files.TONES is "a.wav"; expected a list such as ["French.lng"]',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":[7]}}',
    'flash.json:1: files.TONES[0] is 7; expected a name, or an object such as {"name":"French.lng","size":1024,"sha256":"..."}',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":[""]}}',
    'flash.json:1: files.TONES[0] is ""; expected a file name without folder, such as "French.lng"',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":["t/a.wav"]}}',
    'flash.json:1: files.TONES[0] is "t/a.wav"; expected a file name without folder, such as "French.lng"',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":["a",\n"b","c","d","e","f"]}}',
    'flash.json:1: files.TONES holds 6 files; expected at most 5',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"LANGUAGE":\n["a","b","c","d","e","f"]}}',
    'flash.json:2: files.LANGUAGE holds 6 files; expected at most 5',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":["a.wav",\n"a.wav"]}}',
    'flash.json:2: files.TONES[1] names a.wav again, after line 1; expected once',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":[{"nam":"a.wav"}]}}',
    'flash.json:1: files.TONES[0].nam is no key; expected one of name, size, sha256, receivedAt',
    'flash.json:1: files.TONES[0] has no name; expected a name alone, or name, size and sha256',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":[{"name":"a.wav","size":1}]}}',
    'flash.json:1: files.TONES[0] has no sha256; expected a name alone, or name, size and sha256',
  ],
  [
    '{"mac":"001B4F123001","versions":{},"files":{"TONES":[{"name":"a.wav","size":"1",\n"sha256":"AB",\n"receivedAt":"today"}]}}',
    'flash.json:1: files.TONES[0].size is "1"; expected a number of bytes, without quotes',
    'flash.json:2: files.TONES[0].sha256 is "AB"; expected 64 lower-case hex digits in quotes',
    'flash.json:3: files.TONES[0].receivedAt is "today"; expected an instant such as "2026-03-04T08:00:00.000Z"',
  ],
  ...['-1', '1.5', '1e300'].map((size): [string, string] => [
    `{"mac":"001B4F123001","versions":{},"files":{"TONES":[{"name":"a.wav","size":${size},"sha256":"${'0'.repeat(64)}"}]}}`,
    `flash.json:1: files.TONES[0].size is ${size}; expected a number of bytes, without quotes`,
  ]),
  // Settings.
  [
    flashJson('"settings": {"BANER": "ACME"}'),
    'flash.json:2: settings.BANER is no parameter; did you mean BANNER?',
  ],
  [flashJson('"settings": {"QQQQQQQQ": "ACME"}'), 'flash.json:2: settings.QQQQQQQQ is no parameter'],
  [
    flashJson('"settings": {"AUTO_UPDATE_TIME": 7}'),
    'flash.json:2: settings.AUTO_UPDATE_TIME is 7; expected a value in quotes, such as "0"',
  ],
  [
    flashJson('"settings": {"AUTO_UPDATE": "MAYBE"}'),
    'flash.json:2: settings.AUTO_UPDATE is "MAYBE"; expected YES or NO',
  ],
  [
    flashJson(`"settings": {"AUTO_UPDATE": "${long}"}`),
    `flash.json:2: settings.AUTO_UPDATE is "${'x'.repeat(60)}..."; expected YES or NO`,
  ],
  [
    flashJson('"settings": {"BANNER": {"valu": "x"}}'),
    'flash.json:2: settings.BANNER.valu is no key; did you mean value?',
    'flash.json:2: settings.BANNER is an object; expected a value in quotes, or an object such as {"value":"ACME","from":"manual"}',
  ],
  [
    flashJson('"settings": {"BANNER": {"value": "x", "from": "factory"}}'),
    'flash.json:2: settings.BANNER.from is "factory"; expected "manual" or "file" or "dhcp"',
  ],
];
test.for(invalid.map(([text, ...problems]) => [problems[0], text, problems] as const))(
  'refused: %s',
  ([, text, problems]) => {
    expect(read(text)).toEqual({ problems });
  },
);

test("another phone's flash is refused, both named", () => {
  expect(read(flashJson(), { mac: '001B4F123002' })).toEqual({
    problems: ['flash.json:1: mac is "001B4F123001"; expected 001B4F123002, the MAC asked for'],
  });
});

test('what is wrong with the bytes of a file is told with its line', () => {
  const text = printFlashFile(aFlash({ files: { LANGUAGE: [french] } }));
  expect(read(text, { faultOf: () => 'names files/x, which is missing' })).toEqual({
    problems: ['flash.json:8: files.LANGUAGE[0] names files/x, which is missing'],
  });
});

test('after twenty problems the rest is counted', () => {
  const versions = Array.from({ length: 25 }, (_, index) => `"QQQQQQ${index}": "1"`);
  const reading = read(`{"mac":"001B4F123001","files":{},"versions":{${versions.join(',')}}}`);
  const problems = 'problems' in reading ? reading.problems : [];
  expect([problems.length, problems.at(-1)]).toEqual([21, 'flash.json: and 5 more']);
});

test('bytes that are no UTF-8 are refused', () => {
  const bytes = Buffer.from(flashJson('"settings": {"BANNER": "caf\xe9"}'), 'latin1');
  expect(readFlashFile(bytes, { faultOf: () => undefined })).toEqual({
    problems: ['flash.json is not UTF-8 text'],
  });
});

test('whatever the text, it is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), mangledFlash), (text) => {
      const reading = read(text);
      expect('contents' in reading || reading.problems.length > 0).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

/** A good flash.json with a piece cut out and another put in. */
const mangledFlash = fc
  .tuple(arbitraryFlash, fc.nat(), fc.nat({ max: 20 }), fc.string({ maxLength: 5 }))
  .map(([{ contents }, at, cut, put]) => {
    const text = printFlashFile(contents);
    const place = at % text.length;
    return text.slice(0, place) + put + text.slice(place + cut);
  });

test('brackets without end are refused', () => {
  expect(read('['.repeat(50_000))).toHaveProperty('problems');
  expect(read('{"mac":'.repeat(20_000))).toHaveProperty('problems');
});
