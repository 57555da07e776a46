import { outcomeOf } from '../../src/report/outcome.ts';
import {
  type ExpectationResult,
  type PhoneResult,
  type Result,
  resultOf,
  type ScenarioResult,
  type ToldLine,
} from '../../src/report/result.ts';
import { flashRead, journalOf, MAC } from './journals.ts';

/** A run of these scenarios. */
export function aResult(scenarios: readonly ScenarioResult[] = [aScenario()]): Result {
  return resultOf(scenarios, {
    product: '0.1.0',
    node: 'v20.20.2',
    platform: 'linux x64',
    startedAt: '2026-03-02T09:00:00.000Z',
    tookMs: 1250,
    workers: 2,
    scenarioMs: Object.fromEntries(scenarios.map(({ id }) => [id, 40])),
    directory: '/stories',
  });
}

/** One that passed, unless its parts say otherwise. */
export function aScenario(parts: Partial<ScenarioResult> = {}): ScenarioResult {
  const { expectations = [anExpectation()], error } = parts;
  const failed = expectations.some(({ holds }) => !holds);
  return {
    type: 'scenario',
    id: 'boot/first.yaml',
    file: 'boot/first.yaml',
    group: 'boot',
    title: 'A phone boots',
    variant: {},
    seed: '1',
    time: 'virtual',
    startedAt: '2026-03-02T08:00:00.000Z',
    tookMs: 91_227.4,
    verdict: error === undefined ? (failed ? 'failed' : 'passed') : 'error',
    expectations,
    notJudged: 0,
    phones: [aPhone()],
    replay: 'deskphone run boot/first.yaml --seed 1',
    ...parts,
  };
}

export function anExpectation(parts: Partial<ExpectationResult> = {}): ExpectationResult {
  return {
    word: 'state',
    phone: MAC,
    holds: true,
    expected: 'idle',
    found: 'idle',
    where: { file: 'boot/first.yaml', line: 8, column: 5 },
    at: 91_227.4,
    facts: [],
    ...parts,
  };
}

/** What does not hold: a version that was not stored. */
export function unmetExpectation(parts: Partial<ExpectationResult> = {}): ExpectationResult {
  return anExpectation({
    word: 'flash',
    holds: false,
    expected: 'LANGUAGE: 000001\nTONES: 000001',
    found: 'LANGUAGE: none\nTONES: 000001',
    where: { file: 'boot/first.yaml', line: 12, column: 7 },
    facts: [
      aLine(89_025, 'languages/French.lng', 'NOT_FOUND: HTTP 404 (after 1ms)', {
        tone: 'bad',
        hint: 'The name, capitals included.',
      }),
    ],
    ...parts,
  });
}

export function aLine(at: number, subject: string, text: string, more: Partial<ToldLine> = {}): ToldLine {
  return { at, phone: MAC, subject, text, tone: 'plain', ...more };
}

/** A phone that fetches two files, one in vain, and is idle. */
export function aPhone(parts: Partial<PhoneResult> = {}): PhoneResult {
  const idle = panel('Deskphone Demo', '1001@deskphone.example');
  return {
    name: MAC,
    mac: MAC,
    model: '1230',
    outcome: outcomeOf(journalOf([{ type: 'power.on' }, flashRead()]), { failOn: 'error', allow: [] }),
    story: {
      states: [
        { at: 0, state: 'off' },
        { at: 0, state: 'busy' },
        { at: 91_227.4, state: 'idle' },
      ],
      phases: [
        { at: 0, phase: 'off' },
        { at: 0, phase: 'boot-loader' },
        { at: 9_275.3, phase: 'starting' },
        { at: 12_703.5, phase: 'checking' },
        { at: 89_026, phase: 'logging-in' },
        { at: 91_227.4, phase: 'idle' },
      ],
      dnd: [{ at: 0, on: false }],
      screens: [
        { at: 0, ...panel('Boot loader', 'Starting in 09 s') },
        { at: 91_227.4, ...idle, softKeys: ['Redial', 'Msgs', 'Srvcs', 'More..'] },
      ],
      transfers: [
        { at: 12_703.5, ms: 2, file: '1230SIP.cfg', protocol: 'http', result: 'ok', bytes: 967 },
        { at: 89_024, ms: 1, file: 'languages/French.lng', protocol: 'http', result: 'NOT_FOUND', bytes: 0 },
      ],
      lines: [aLine(0, 'power on', '1230', { tone: 'strong' }), aLine(91_227.4, 'idle', 'the phone is up')],
      left: 0,
    },
    ...parts,
  };
}

function panel(...lines: readonly string[]) {
  const rows = Array.from({ length: 9 }, (_, row) => (lines[row] ?? '').padEnd(24));
  return { lines: rows, softKeys: ['', '', '', ''] };
}

/** What must come through every report as text and nothing else. */
export const hostileText =
  'a <script>alert("x")</script> & \'q\' `t` | [l](javascript:x) ]]> \u0000\u001b[1m\u202e\ud800 ok';
