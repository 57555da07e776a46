import { expect, test } from 'vitest';
import { foreignSources } from '../../src/fleet/foreign-sources.ts';
import { planOf } from './fleet-files.ts';

/** A fleet of six in that time, from those addresses. */
function plan(time: string, sources: string) {
  return planOf(
    `version: 1\ntitle: t\ntime: { mode: ${time} }\nserver: { files: { 1230SIP.cfg: "# Nothing." } }\nfleet: { count: 6, macBase: "001B4FA00000"${sources} }\n`,
  );
}

const isOwn = (address: string) => /^(?:127\.|10\.1\.0\.[1-4]$)/.test(address);
const sources = ', sources: 10.1.0.0/24';

const cases: [title: string, time: string, sources: string, of: number, problem: string | undefined][] = [
  ['no address was asked for', 'real', '', 1, undefined],
  ['all are of the loopback', 'real', ', sources: 127.1.0.0/16', 1, undefined],
  ['in virtual time nobody sends', 'virtual', sources, 1, undefined],
  [
    'the last two are none of this machine',
    'real',
    sources,
    1,
    '2 of 6 phones would send from addresses that this machine does not have, first phone 4 (001B4FA00004) from 10.1.0.5; ',
  ],
  [
    'only those of the shard count',
    'jump',
    sources,
    2,
    '1 of 3 phones would send from addresses that this machine does not have, first phone 4 (001B4FA00004) from 10.1.0.5; ',
  ],
];
test.for(cases)('%s', ([, time, from, of, problem]) => {
  const found = foreignSources(plan(time, from), { index: 0, of }, isOwn);
  expect(found?.replace(/expected.*/, '')).toBe(problem);
});
