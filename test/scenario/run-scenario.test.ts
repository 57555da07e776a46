import { expect, test } from 'vitest';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { casesIn, run } from './scenario-file.ts';

const LANGUAGE = '##1 language file\\r\\n##2 1200 SIP\\r\\n##3 ver SIP 4.4.9.0\\r\\nhello=Bonjour\\r\\n';

/** A phone with a user, a language to fetch, and what a test puts in. */
function scenario(middle: string): string {
  return `version: 1
title: t
timings: none
phone:
  flash:
    user: 1001@a.test
    settings: { SIP_DOMAIN1: a.test, SERVER_IP1_1: 192.0.2.1, AUTOLOGIN_ENABLE: "YES" }
server:
  files:
    1230SIP.cfg: |
      [LANGUAGE]
      DOWNLOAD_MODE AUTO
      VERSION 000001
      FILENAME French.lng
      PROTOCOL HTTP
    French.lng: "${LANGUAGE}"
${middle}`;
}

/** Of each expectation: whether it holds, what was expected, what was found. */
async function verdictsOf(middle: string) {
  const { result } = await run(scenario(middle));
  expect(result.error).toBeUndefined();
  return result.expectations.map(({ word, holds, expected, found }) => [word, holds, expected, found]);
}

type Row = [expectation: string, word: string, expected: string, found: unknown];

const holding: Row[] = [
  ['requests: [1230SIP.cfg, French.lng]', 'requests', '1230SIP.cfg\nFrench.lng', '1230SIP.cfg\nFrench.lng'],
  [
    'requests: ["1230*", { file: "*.lng", protocol: http, result: ok }]',
    'requests',
    '1230*\n*.lng (protocol http, result ok)',
    '1230SIP.cfg (protocol http)\nFrench.lng (protocol http)',
  ],
  [
    'requests.set: [French.lng, 1230SIP.cfg]',
    'requests.set',
    'French.lng\n1230SIP.cfg',
    '1230SIP.cfg\nFrench.lng',
  ],
  ['requests.some: [French.lng]', 'requests.some', 'French.lng', '1230SIP.cfg\nFrench.lng'],
  ['requests.absent: ["*.wav"]', 'requests.absent', 'no request for *.wav', 'none'],
  [
    'sections: { LANGUAGE: not-stored, TONES: absent }',
    'sections',
    'LANGUAGE: not-stored\nTONES: absent',
    'LANGUAGE: not-stored\nTONES: absent',
  ],
  [
    'flash: { LANGUAGE: "000001", TONES: null, versions: { LANGUAGE: "000001" }, files: { LANGUAGE: [French.lng] }, image: ok }',
    'flash',
    'versions: LANGUAGE 000001\nLANGUAGE: 000001\nTONES: none\nfiles.LANGUAGE: French.lng\nimage: ok',
    'versions: LANGUAGE 000001\nLANGUAGE: 000001\nTONES: none\nfiles.LANGUAGE: French.lng\nimage: ok',
  ],
  [
    'settings: { SIP_DOMAIN1: a.test, BANNER: null }',
    'settings',
    'SIP_DOMAIN1: a.test\nBANNER: none',
    'SIP_DOMAIN1: a.test\nBANNER: none',
  ],
  ['dnd: off', 'dnd', 'off', 'off'],
  ['dnd.history: [off]', 'dnd.history', 'off', 'off'],
  [
    'facts: [power.on, { fact: section.decided, decision: { why: not-stored } }, phone.idle]',
    'facts',
    'power.on\nsection.decided {decision: {why: not-stored}}\nphone.idle',
    'all of them, in this order',
  ],
  ['facts.absent: [power.off]', 'facts.absent', 'no power.off', 'none'],
  ['facts.times: [{ times: 2, of: file.received }]', 'facts.times', '2 x file.received', '2 x file.received'],
  [
    'durations: [{ from: power.on, to: phone.idle, atMost: 1s }]',
    'durations',
    'power.on to phone.idle: at most 1s',
    '3ms',
  ],
  ['problems.absent: [{ severity: error }]', 'problems.absent', 'no problem severity error', 'none'],
  ['failures: []', 'failures', 'none', 'none'],
  ['exit: 0', 'exit', '0', '0'],
  ['state: idle', 'state', 'idle', 'idle'],
  ['software: SIP12x004.01.13.00', 'software', 'SIP12x004.01.13.00', 'SIP12x004.01.13.00'],
  ['reboots: 0', 'reboots', '0', '0'],
  ['nextPoll: none', 'nextPoll', 'none', 'none: AUTO_UPDATE is NO until a file says YES'],
];

test.for(holding)('it holds: %s', async ([expectation, word, expected, found]) => {
  expect(await verdictsOf(`expect: [{ ${expectation} }]`)).toEqual([[word, true, expected, found]]);
});

const failing: Row[] = [
  ['requests: [1230SIP.cfg]', 'requests', '1230SIP.cfg', '1230SIP.cfg\nFrench.lng'],
  [
    'requests: [{ file: 1230SIP.cfg, protocol: tftp }, French.lng]',
    'requests',
    '1230SIP.cfg (protocol tftp)\nFrench.lng',
    '1230SIP.cfg (protocol http)\nFrench.lng (protocol http)',
  ],
  ['requests.set: [German.lng, 1230SIP.cfg]', 'requests.set', 'German.lng', 'French.lng'],
  ['requests.some: [German.lng]', 'requests.some', 'German.lng', '1230SIP.cfg\nFrench.lng'],
  ['requests.absent: ["*.lng"]', 'requests.absent', 'no request for *.lng', 'French.lng'],
  ['sections: { LANGUAGE: newer }', 'sections', 'LANGUAGE: newer', 'LANGUAGE: not-stored'],
  [
    'sections: { LANGUAGE: absent, TONES: { why: newer, result: stored } }',
    'sections',
    'LANGUAGE: absent\nTONES: why newer, result stored',
    'LANGUAGE: not-stored\nTONES: absent',
  ],
  [
    'flash: { LANGUAGE: null, files: { LANGUAGE: [German.lng] } }',
    'flash',
    'LANGUAGE: none\nfiles.LANGUAGE: German.lng',
    'LANGUAGE: 000001\nfiles.LANGUAGE: French.lng',
  ],
  ['settings: { SIP_DOMAIN1: null }', 'settings', 'SIP_DOMAIN1: none', 'SIP_DOMAIN1: a.test'],
  ['dnd: on', 'dnd', 'on', 'off'],
  ['facts: [power.on, power.off]', 'facts', 'power.on\npower.off', 'no power.off after power.on'],
  [
    'facts: [{ fact: file.received, request: 7 }]',
    'facts',
    'file.received {request: 7}',
    expect.stringMatching(/^no file\.received \{request: 7\}; but file\.received \{request: 1, .*$/),
  ],
  [
    'facts: [poll.due]',
    'facts',
    'poll.due',
    'no poll.due; no poll is ahead: AUTO_UPDATE is NO until a file says YES',
  ],
  ['facts.absent: [{ fact: power.on }]', 'facts.absent', 'no power.on', 'power.on'],
  ['facts.times: [{ times: 3, of: file.received }]', 'facts.times', '3 x file.received', '2 x file.received'],
  [
    'durations: [{ from: power.on, to: phone.idle, atLeast: 1s }]',
    'durations',
    'power.on to phone.idle: at least 1s',
    '3ms',
  ],
  [
    'durations: [{ from: power.on, to: power.off }]',
    'durations',
    'power.on to power.off: any time',
    'no power.off',
  ],
  ['problems: [LINE_TOO_LONG]', 'problems', 'code LINE_TOO_LONG', expect.any(String)],
  ['failures: [NOT_FOUND]', 'failures', 'NOT_FOUND', 'none'],
  ['exit: 3', 'exit', '3', '0'],
  ['state: login', 'state', 'login', 'idle'],
  ['software: SIP12x004.04.09.00', 'software', 'SIP12x004.04.09.00', 'SIP12x004.01.13.00'],
  ['reboots: 1', 'reboots', '1', '0'],
  [
    'nextPoll: "2026-03-03T01:00:00Z"',
    'nextPoll',
    '2026-03-03T01:00:00.000Z',
    'none: AUTO_UPDATE is NO until a file says YES',
  ],
  ['screen: [Recovery]', 'screen', '"Recovery"', expect.stringContaining('Srvcs')],
  ['screen.absent: [Srvcs]', 'screen.absent', 'not "Srvcs"', expect.stringContaining('[Srvcs]')],
  ['shown: [Recovery]', 'shown', 'at some moment "Recovery"', expect.stringMatching(/^never; now /)],
  ['shown.absent: [French.lng]', 'shown.absent', 'never "French.lng"', expect.stringContaining('French.lng')],
];

test.for(failing)('it does not hold: %s', async ([expectation, word, expected, found]) => {
  expect(await verdictsOf(`expect: [{ ${expectation} }]`)).toEqual([[word, false, expected, found]]);
});

test('a failure says where it stands, what was told around it, and how to run it again', async () => {
  const { result } = await run(scenario('seed: s 1\nexpect:\n  - state: idle\n    requests: [1230SIP.cfg]'));
  const [, failure] = result.expectations;
  expect(failure?.where).toMatchObject({ line: 20, column: 5 });
  expect(failure?.facts.map(({ subject }) => subject)).toContain('French.lng');
  expect(result.replay).toBe(`deskphone run ${result.file} --seed 's 1'`);
});

const steps: [title: string, middle: string, verdicts: unknown[]][] = [
  [
    'expectations within the story are held against that moment',
    'steps: [{ expect: [{ state: off }] }, power.on, { wait: rest }, { expect: [{ state: idle }] }, power.off]\nexpect: [{ state: off }]',
    [true, true, true],
  ],
  [
    'a wait looks at what was told since the step before it',
    'steps: [power.on, { wait: rest }, check, { wait: { fact: update.finished } }]\nexpect: [{ facts.times: [{ times: 2, of: update.finished }] }]',
    [true],
  ],
  [
    'a second wait goes on behind what the first one found',
    'steps: [power.on, { wait: file.received }, { wait: file.received }, { expect: [{ facts.times: [{ times: 2, of: file.received }] }] }]',
    [true],
  ],
  [
    'what is published is there from then on, and gone when it is removed',
    'steps: [power.on, { wait: rest }, { publish: { 1230SIP.cfg: "" } }, check, { wait: rest }, { expect: [{ sections: { LANGUAGE: { check: 1 } } }] }, { remove: 1230SIP.cfg }, check, { wait: rest }]\nexpect: [{ requests: [1230SIP.cfg, French.lng, 1230SIP.cfg, { file: 1230SIP.cfg, result: NOT_FOUND }] }]',
    [true, true],
  ],
  [
    'what is broken goes wrong until it is mended',
    'steps: [{ break: { match: "*.lng", fault: missing } }, power.on, { wait: rest }, { expect: [{ failures: [NOT_FOUND] }] }, mend, check, { wait: rest }]\nexpect: [{ flash: { LANGUAGE: "000001" } }]',
    [true, true],
  ],
  [
    'a server that is down refuses',
    'steps: [{ break: down }, power.on, { wait: rest }]\nexpect: [{ requests: [{ file: 1230SIP.cfg, result: UNREACHABLE }] }]',
    [true],
  ],
  [
    'keys are pressed on the screen they belong to',
    'steps: [power.on, { keys: "Srvcs \\"Check for Updates\\" Yes" }, { wait: rest }]\nexpect: [{ facts: [{ fact: update.started, trigger: soft-key }] }]',
    [true],
  ],
  [
    'a phone that is up begins without a boot',
    'steps: [resume, { wait: rest }, check, { wait: rest }]\nexpect: [{ facts.times: [{ times: 1, of: update.started }] }]',
    [true],
  ],
  [
    'several phones have each their own story',
    'phones: [{ name: desk }, { name: hall }]\nsteps: [{ phone: desk, power.on: null }, { phone: desk, wait: rest }]\nexpect: [{ phone: desk, requests.some: [1230SIP.cfg] }, { phone: hall, state: off }]',
    [true, true],
  ],
];

test.for(steps)('%s', async ([, middle, verdicts]) => {
  const text = middle.startsWith('phones')
    ? scenario(middle).replace(/phone:\n(?: {2}.*\n)+/, '')
    : scenario(middle);
  const { result } = await run(text);
  expect(result.error).toBeUndefined();
  expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
  expect(result.expectations.map(({ holds }) => holds)).toEqual(verdicts);
});

const lost: [title: string, steps: string, expected: string, found: unknown][] = [
  [
    'a poll of a phone that does not poll fails at once',
    'power.on, { wait: rest }, { wait: poll }',
    'update.started {trigger: poll} within 3d',
    'the phone has no poll to wait for; AUTO_UPDATE is NO until a file says YES',
  ],
  [
    'so does the fact of a poll',
    'power.on, { wait: poll.due, limit: 1000h }',
    'poll.due within 41d 16h',
    'the phone has no poll to wait for; AUTO_UPDATE is NO until a file says YES',
  ],
  [
    'a fact that cannot come any more',
    'power.on, { wait: power.off }',
    'power.off within 3h',
    '001B4F123001 did not tell it, and nothing is left that could happen',
  ],
  [
    'a key that has no effect',
    'power.on, { keys: Transfer, limit: 1m }',
    'key "Transfer" has an effect within 1m',
    expect.stringMatching(/^key "Transfer" has no effect on the screen "idle", which has /),
  ],
  [
    'a password that no screen takes',
    'power.on, { keys: s3cr3t, limit: 1m }',
    'key "***" has an effect within 1m',
    expect.stringMatching(/^key "\*\*\*" has no effect on the screen "idle", which has /),
  ],
  [
    'an instant that is over',
    'power.on, { advance: 1h }, { until: "2026-03-02T08:30:00Z" }',
    'time goes by until 2026-03-02T08:30:00.000Z',
    'it is 2026-03-02T09:00:00.003Z already',
  ],
];

test.for(lost)('a story ends where a step cannot be done: %s', async ([, told, expected, found]) => {
  const { result } = await run(scenario(`steps: [${told}]\nexpect: [{ state: idle }, { exit: 0 }]`));
  expect(result.verdict).toBe('failed');
  expect(result.expectations.map((one) => [one.holds, one.expected, one.found])).toEqual([
    [false, expected, found],
  ]);
  expect(result.notJudged).toBe(2);
});

test('a user answers by habit, each question in its turn, and after a pause', async () => {
  const prompting = scenario(
    'steps: [power.on, { wait: rest }, check, { wait: rest }]\nexpect: [{ state: idle }]',
  )
    .replace('VERSION 000001', 'VERSION 000001\n      PROMPT YES')
    .replace('  flash:', '  habits: { answers: { install-section: [later, install] }, after: 7s }\n  flash:');
  const { result } = await run(prompting);
  const answered = result.phones[0]?.story.lines.filter(({ subject }) => /question|answer/i.test(subject));
  expect(answered?.map(({ text }) => text)).toEqual(
    [
      'install [LANGUAGE]? Install or Later, within 1m',
      'install [LANGUAGE]: No (user)',
      'install [LANGUAGE]? Install or Later, within 1m',
      'install [LANGUAGE]: Yes (user)',
    ].map(() => expect.any(String)),
  );
  expect(result.phones[0]?.outcome?.sections.map(({ why }) => why)).toEqual(['later', 'not-stored']);
});

test('calls come by habit as often as they are to', async () => {
  const { result } = await run(
    scenario(
      'steps: [power.on, { advance: 65m }]\nexpect: [{ facts.times: [{ times: 3, of: call.started }, { times: 3, of: call.ended }] }]',
    ).replace('  flash:', '  habits: { calls: { every: 20m, lasts: 2m } }\n  flash:'),
  );
  expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
});

test.for(['jump', 'real'] as const)('the same story over sockets, in %s time', async (time) => {
  const { result } = await run(
    scenario(
      'steps: [{ break: { match: "*.lng", fault: missing } }, power.on, { wait: phone.idle }, mend, { break: down }, check, { wait: { fact: update.finished } }, mend, check, { wait: rest }]\nexpect: [{ requests: [1230SIP.cfg, { file: French.lng, result: NOT_FOUND }, { file: 1230SIP.cfg, result: UNREACHABLE }, 1230SIP.cfg, French.lng] }]',
    ),
    { time },
  );
  expect(result.error).toBeUndefined();
  expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
  expect(result).toMatchObject({ time, startedAt: null, tookMs: null });
});

test.for(['virtual', 'jump', 'real'] as const)(
  'a wait for a fact of a file goes on while that file is under way, in %s time',
  async (time) => {
    const { result } = await run(
      scenario(
        '  faults: [{ match: "*.lng", fault: latency, ms: 100 }]\nsteps: [resume, check, { wait: { fact: file.requested, request: 2 } }, reset, { wait: phone.restarting }]\nexpect: [{ facts: [{ fact: file.received, request: 2 }, phone.restarting], facts.absent: [{ fact: update.finished, result: done }] }]',
      ),
      { time },
    );
    expect(result.error).toBeUndefined();
    expect(result.expectations.filter(({ holds }) => !holds)).toEqual([]);
  },
);

test('the same seed gives the same result, another seed another one', async () => {
  const text = scenario('expect: [{ state: idle }]').replace('timings: none', 'timings: field');
  const [once, again, other] = [
    await run(text, { seed: 'a' }),
    await run(text, { seed: 'a' }),
    await run(text, { seed: 'b' }),
  ].map(({ result }) =>
    JSON.stringify({ ...result, id: '', file: '', group: '', replay: '' }).replaceAll(
      /"file":"\/[^"]*"/g,
      '',
    ),
  );
  expect(again).toBe(once);
  expect(other).not.toBe(once);
});

test('a scenario that is interrupted has no result', async () => {
  const [scenarioCase] = casesIn(scenario('expect: [{ state: idle }]'));
  expect(scenarioCase && (await runScenario(scenarioCase, { signal: AbortSignal.abort() }))).toBeUndefined();
});
