import { expect, test } from 'vitest';
import { tallyPlan } from '../../src/fleet/tally-plan.ts';
import { planOf } from './fleet-files.ts';

const offering = (version: string) => `{ 1230SIP.cfg: "[TONES]\\nVERSION ${version}\\nFILENAME t\\n" }`;

function publishedMs(files: string, events: readonly string[]): number | undefined {
  const fleet = `fleet: { release: { TONES: "02" }, events: [${events.join(', ')}] }`;
  const plan = planOf(
    `version: 1\ntitle: t\ntime: { mode: virtual }\nserver: { files: ${files} }\n${fleet}\n`,
  );
  return tallyPlan(plan).release?.publishedMs;
}

const HOUR = 3_600_000;
const old = offering('01');
const cases: [title: string, files: string, events: readonly string[], foundMs: number][] = [
  ['what is there from the start', offering('02'), [`{ at: 1h, publish: ${old} }`], 0],
  ['nothing is ever published', old, [], 0],
  ['with the publishing that offers it', old, [`{ at: 2h, publish: ${offering('02')} }`], 2 * HOUR],
  [
    'and not with one of something else before it',
    old,
    ['{ at: 1m, publish: { other: text } }', `{ at: 2h, publish: ${offering('02')} }`],
    2 * HOUR,
  ],
  [
    'whatever their order in the file',
    old,
    [`{ at: 5h, publish: ${offering('02')} }`, `{ at: 1h, publish: ${offering('02')} }`],
    HOUR,
  ],
  ['if none offers it, with the first', old, [`{ at: 3h, publish: ${offering('03')} }`], 3 * HOUR],
];
test.for(cases)('a release counts from when it is offered: %s', ([, files, events, foundMs]) => {
  expect(publishedMs(files, events)).toBe(foundMs);
});
