import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { casesIn, problemsIn, writeFiles } from './scenario-file.ts';

/** A scenario that is right, but for what is put in. */
function scenario(middle: string): string {
  return `version: 1\ntitle: t\nexpect: [{ state: idle }]\n${middle}`;
}

const mistakes: [title: string, text: string, problems: string[]][] = [
  ['a misspelt key', scenario('stepps: []'), ['a.yaml:4:1: a scenario has no "stepps"; did you mean steps?']],
  [
    'a misspelt step',
    scenario('steps:\n  - power.on\n  - advence'),
    ['a.yaml:6:5: steps[1]: "advence" is no step; did you mean advance?'],
  ],
  [
    'a misspelt step with a value',
    scenario('steps:\n  - advnce: 3s'),
    ['a.yaml:5:5: a step has no "advnce"; did you mean advance?'],
  ],
  [
    'a step that needs a value',
    scenario('steps: [keys]'),
    ['a.yaml:4:9: steps[0]: keys needs a value; expected {keys: ...}'],
  ],
  [
    'two words in one step',
    scenario('steps:\n  - { advance: 1s, login: me }'),
    ['a.yaml:5:5: steps[0]: login and advance in one step; expected one word'],
  ],
  [
    'a limit that nothing waits for',
    scenario('steps:\n  - { advance: 1s, limit: 2s }'),
    ['a.yaml:5:27: steps[0].limit: limit goes with wait and keys only'],
  ],
  [
    'a duration without a unit',
    scenario('steps:\n  - advance: 30'),
    ['a.yaml:5:14: steps[0].advance: "30" is no duration; expected one such as 500ms, 30s, 2m or 24h'],
  ],
  [
    'a fact nobody tells',
    scenario('steps:\n  - wait: phone.idel'),
    [
      'a.yaml:5:11: steps[0].wait: "phone.idel" is no fact; expected rest, poll, or a fact such as phone.idle',
    ],
  ],
  [
    'a field a fact does not have',
    scenario('steps:\n  - wait: { fact: update.started, trigerr: poll }'),
    ['a.yaml:5:35: update.started has no "trigerr"; expected fact, check, trigger, server'],
  ],
  [
    'a value a field cannot have',
    scenario('steps:\n  - wait: { fact: update.started, trigger: pole }'),
    [
      'a.yaml:5:44: steps[0].wait.trigger: found "pole"; expected one of power-up, soft-key, poll, check-sync',
    ],
  ],
  [
    'a misspelt expectation',
    'version: 1\ntitle: t\nexpect:\n  - requets: []',
    ['a.yaml:4:5: expect has no "requets"; did you mean requests?'],
  ],
  [
    'an expectation of nothing',
    'version: 1\ntitle: t\nexpect:\n  - {}',
    ['a.yaml:4:5: expect[0]: expected a word such as requests, flash or state'],
  ],
  [
    'a scenario that expects nothing',
    'version: 1\ntitle: t',
    ['a.yaml:1:1: a scenario that expects nothing proves nothing; expected expect'],
  ],
  [
    'another version of the format',
    'version: 2\ntitle: t\nexpect: [{ state: idle }]',
    ['a.yaml:1:10: version: found 2; expected version: 1'],
  ],
  [
    'a section there is not',
    'version: 1\ntitle: t\nexpect:\n  - sections: { LANGUAGES: newer }',
    ['a.yaml:4:17: sections has no "LANGUAGES"; did you mean LANGUAGE?'],
  ],
  [
    'a reason there is not',
    'version: 1\ntitle: t\nexpect:\n  - sections: { LANGUAGE: newr }',
    ['a.yaml:4:27: expect[0].sections.LANGUAGE: "newr" is not a reason; did you mean newer?'],
  ],
  [
    'a code there is not',
    'version: 1\ntitle: t\nexpect:\n  - failures: [NOT_FOUNT]',
    ['a.yaml:4:16: "NOT_FOUNT" is no code; did you mean NOT_FOUND?'],
  ],
  [
    'a parameter there is not, and a value it cannot have',
    scenario('phone:\n  settings: { BANER: x, AUTO_UPDATE_TIME: 90000 }'),
    [
      'a.yaml:5:22: "BANER" is no parameter; did you mean BANNER?',
      'a.yaml:5:43: AUTO_UPDATE_TIME is "90000"; expected a whole number from 0 to 86399',
    ],
  ],
  [
    'flash that contradicts itself, told by its own reader',
    scenario('phone:\n  flash:\n    image: ok\n    versions: { LANGAGE: "1" }'),
    ['a.yaml:7:26: flash.versions.LANGAGE is no section; did you mean LANGUAGE?'],
  ],
  [
    'a phone nobody knows',
    scenario('phones: [{ name: desk }, { name: hall }]\nsteps:\n  - { phone: hal, dnd: on }'),
    ['a.yaml:6:14: no phone is called "hal"; expected desk, hall'],
  ],
  [
    'two phones of one MAC',
    scenario('phones: [{ mac: 001B4F123001 }, { mac: "00:1b:4f:12:30:01" }]'),
    ["a.yaml:4:40: 001B4F123001 is another phone's already"],
  ],
  [
    'a fault there is not, told as serve --faults tells it',
    scenario('server:\n  files: demo\n  faults: [{ match: "*", fault: truncat, afterBytes: 1 }]'),
    ['a.yaml:6:33: rule 1: "truncat" is no fault; did you mean truncate?'],
  ],
  [
    'a setting a fault does not have, in a step',
    scenario('steps:\n  - break: { match: "*", fault: stall, afterByte: 1 }'),
    [
      'a.yaml:5:12: rule 1 (stall): afterBytes is missing; expected a whole number of bytes, 0 or more',
      'a.yaml:5:51: rule 1 (stall): afterByte is no setting; did you mean afterBytes?',
    ],
  ],
  [
    'a folder that is not there',
    scenario('server: { files: nowhere }'),
    ['a.yaml:4:18: nowhere is no folder beside this file; expected one, or demo'],
  ],
  [
    'a server of both kinds',
    scenario('server: { files: demo, url: "http://192.0.2.1" }'),
    ['a.yaml:4:9: server: expected url (a server of yours) or files (our own), and not both'],
  ],
  [
    "somebody's server under virtual time",
    scenario('server: { url: "http://192.0.2.1" }'),
    ['a.yaml:4:16: a server of yours obeys no virtual clock; expected time: {mode: jump} or real'],
  ],
  [
    'a start in real time',
    scenario('time: { mode: real, starts: "2026-03-02T08:00:00Z" }'),
    ['a.yaml:4:29: goes with virtual time only; this is real time'],
  ],
  [
    'a quirk and a value there are not',
    scenario('quirks: { pol: silent, poll: silence }'),
    [
      'a.yaml:4:11: quirks has no "pol"; deskphone schema scenario has them all',
      'a.yaml:4:30: quirks.poll: "silence" is not a value of poll; expected dialogue, silent',
    ],
  ],
  ['a file that is no YAML', 'version: 1\ntitle: "t', ['a.yaml:2:10: Missing closing "quote']],
  ['an empty file', '', ['a.yaml:1:1: found null; expected a map of words and values']],
  ...[
    ['"one\\ntwo"', '"one\\ntwo"'],
    ['"one\\rtwo"', '"one\\rtwo"'],
    ['"one\\u2028two"', '"one\u2028two"'],
    ['"\\e[2J"', '"\\u001b[2J"'],
    ['|\n  one\n  two', '"one\\ntwo\\n"'],
  ].map(([title, found]): [string, string, string[]] => [
    `a title of more than a line, ${found}`,
    `version: 1\ntitle: ${title}\nexpect: [{ state: idle }]`,
    [`a.yaml:2:8: title: found ${found}; expected one line without control characters`],
  ]),
  [
    'a key that stands twice',
    'version: 1\ntitle: t\ntitle: u\nexpect: [{ state: idle }]',
    ['a.yaml:3:1: Map keys must be unique'],
  ],
];

test.for(mistakes)('%s is told with its place and what was expected', ([, text, problems]) => {
  expect(problemsIn(text)).toEqual(problems);
});

test('every mistake of a file is told, in its order', () => {
  const text = scenario('tim: {}\nphone: { modl: "1230" }\nsteps: [power.onn]\nmatrix: { models: ["1240"] }');
  expect(problemsIn(text)).toEqual([
    'a.yaml:4:1: a scenario has no "tim"; expected version, extends, title, why, time, seed, server, dhcp, timeServer, quirks, timings, phone, phones, steps, expect, matrix',
    'a.yaml:5:10: phone has no "modl"; did you mean model?',
    'a.yaml:6:9: steps[0]: "power.onn" is no step; did you mean power.on?',
    'a.yaml:7:20: matrix.models[0]: "1240" is not a model; did you mean 1210?',
  ]);
});

test('what a file extends is told with the file it stands in', () => {
  const files = {
    'a.yaml': scenario('extends: base/b.yaml\nserver: { files: here }'),
    'base/b.yaml': 'phone: { modl: "1230" }\nserver: { files: there }',
  };
  expect(problemsIn(files)).toEqual(['base/b.yaml:1:10: phone has no "modl"; did you mean model?']);
});

test('a scenario that extends itself, by way of another, is told', () => {
  const files = { 'a.yaml': scenario('extends: b.yaml'), 'b.yaml': 'extends: a.yaml' };
  expect(problemsIn(files)).toEqual(['b.yaml:1:10: extends in a circle: a.yaml -> b.yaml -> a.yaml']);
});

test('a scenario that extends what is not there is told', () => {
  expect(problemsIn(scenario('extends: b.yaml'))).toEqual([
    'a.yaml:4:10: extends b.yaml, which cannot be read',
  ]);
});

test('a file that is too large is told', () => {
  expect(problemsIn(`# ${'x'.repeat(1024 * 1024)}`)).toEqual([
    'a.yaml: has 1048578 bytes; expected at most 1048576',
  ]);
});

test('aliases that stand for too much are told', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefg'].map((line, index, all) => {
    if (index === 0) return line;
    const before = index === 1 ? 'a' : all[index - 1];
    return `${line}: &${line} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
  });
  expect(problemsIn(bomb.join('\n')).join()).toMatch(/more than 100000 values$/);
});

test('a number is a text where a text is expected, as it was written', () => {
  const [only] = casesIn(
    scenario(
      'seed: 7\nphone: { model: 1210, flash: { LANGUAGE: 000012, TONES: 200001 }, settings: { TIMEZONE_OFFSET: 3600 } }',
    ),
  );
  expect(only?.seed).toBe('7');
  expect(only?.phones[0]).toMatchObject({
    model: '1210',
    flash: {
      versions: { LANGUAGE: '000012', TONES: '200001' },
      settings: { TIMEZONE_OFFSET: { value: '3600', from: 'manual' } },
    },
  });
});

test('a file says what is different from what it extends; lists are replaced whole', () => {
  const [only] = casesIn({
    'a.yaml': 'version: 1\nextends: b.yaml\ntitle: over\nphone: { flash: { TONES: "2" } }\nsteps: [power.on]',
    'b.yaml':
      'title: base\nphone: { model: "1220", flash: { LANGUAGE: "1" } }\nsteps: [power.on, { advance: 1s }]\nexpect: [{ state: idle }]',
  });
  expect(only?.title).toBe('over');
  expect(only?.phones[0]).toMatchObject({
    model: '1220',
    flash: { versions: { LANGUAGE: '1', TONES: '2' } },
  });
  expect(only?.steps.map(({ word }) => word)).toEqual(['power.on']);
  expect(only?.expect.map(({ word }) => word)).toEqual(['state']);
});

test('a file may extend another by its absolute path', () => {
  const base = writeFiles({ 'base.yaml': 'phone: { model: "1220" }' });
  expect(isAbsolute(base)).toBe(true);
  expect(casesIn(scenario(`extends: ${base}`))[0]?.phones[0]?.model).toBe('1220');
  expect(problemsIn(scenario(`extends: ${base}.gone`))).toEqual([
    `a.yaml:4:10: extends ${base}.gone, which cannot be read`,
  ]);
});

test('a title may be folded, as YAML does', () => {
  const [only] = casesIn('version: 1\ntitle: >\n  one\n  line\nexpect: [{ state: idle }]');
  expect(only?.title).toBe('one line');
});

test('of two words that exclude each other the later file counts', () => {
  const [only] = casesIn({
    'a.yaml': scenario(
      'extends: b.yaml\nphones: [{}, {}]\ntime: { mode: jump }\nserver: { url: "http://192.0.2.1" }',
    ),
    'b.yaml': 'phone: { model: "1220" }\nserver: { files: demo }',
  });
  expect(only?.phones.map(({ name }) => name)).toEqual(['001B4F123001', '001B4F123002']);
  expect(only?.server).toEqual({
    kind: 'external',
    address: { protocol: 'http', host: '192.0.2.1', path: '' },
  });
});

test('a matrix makes a case of every combination, and its words stand for its values', () => {
  const cases = casesIn(
    scenario(
      'matrix: { protocols: [tftp, http], models: ["1210", "1230"] }\nserver: { files: { <model>SIP.cfg: "PROTOCOL <PROTOCOL> <MAC> <other>" } }',
    ),
  );
  const made = cases.map(({ variant, phones, server }) => [
    variant,
    phones[0]?.model,
    server.kind === 'embedded' && [server.protocol, server.layers],
  ]);
  const files = (name: string, protocol: string) => [
    { kind: 'files', files: { [name]: `PROTOCOL ${protocol} 001B4F123001 <other>` } },
  ];
  expect(made).toEqual([
    [{ protocol: 'tftp', model: '1210' }, '1210', ['tftp', files('1210SIP.cfg', 'TFTP')]],
    [{ protocol: 'tftp', model: '1230' }, '1230', ['tftp', files('1230SIP.cfg', 'TFTP')]],
    [{ protocol: 'http', model: '1210' }, '1210', ['http', files('1210SIP.cfg', 'HTTP')]],
    [{ protocol: 'http', model: '1230' }, '1230', ['http', files('1230SIP.cfg', 'HTTP')]],
  ]);
});

test('a command says seed and time over the file', () => {
  const text = scenario('seed: mine\ntime: { mode: virtual }');
  const [usual] = casesIn(text);
  const [over] = casesIn(text, { seed: 'yours', time: 'jump' });
  expect([usual?.seed, usual?.time, over?.seed, over?.time]).toEqual(['mine', 'virtual', 'yours', 'jump']);
});

test('instants without an offset are meant in the zone of the scenario', () => {
  const [only] = casesIn(
    scenario(
      'time: { starts: "2026-03-02T08:00:00", zone: "-05:00" }\nsteps: [{ until: "2026-03-02T09:00:00Z" }]',
    ),
  );
  expect(only?.startsAtMs).toBe(Date.UTC(2026, 2, 2, 13));
  expect(only?.steps.map(({ value }) => value)).toEqual([Date.UTC(2026, 2, 2, 9)]);
});
