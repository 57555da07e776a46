import { expect, test } from 'vitest';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { judgeThreshold } from '../../../src/report/fleet/threshold.ts';
import { thresholdsInForce } from '../../../src/report/fleet/usual-thresholds.ts';
import { threshold } from './a-fleet-result.ts';

const FAILED = 'boot.failed == 0';
const UNFINISHED = 'boot.unfinished == 0';

const given: [texts: readonly string[], usual: readonly string[]][] = [
  [[], [FAILED, UNFINISHED]],
  [['boot.latency.p95 < 90s'], [FAILED, UNFINISHED]],
  [['boot.failed <= 5'], [UNFINISHED]],
  [['http.boot.failed >= 0'], [UNFINISHED]],
  [['errors.rate < 1%'], [UNFINISHED]],
  [['tftp.files.failed == 0', 'boot.latency.p95 < 90s'], [UNFINISHED]],
  [['boot.unfinished < 3'], [FAILED]],
  [['phones.onTheirWay == 0'], [FAILED]],
  [['boot.done >= 90'], []],
  [
    ['poll.failed == 0', 'poll.unfinished == 0'],
    [FAILED, UNFINISHED],
  ],
  [
    ['errors.BUSY == 0', 'FW.failed == 0'],
    [FAILED, UNFINISHED],
  ],
];
test.for(given)('beside %j hold %j', ([texts, usual]) => {
  const inForce = thresholdsInForce(texts);
  expect(inForce.map(({ text }) => text)).toEqual([...texts, ...usual]);
  expect(inForce.filter((one) => one.usual).map(({ text }) => text)).toEqual(usual);
});

/** Figures of a phone that booted in the first minute, and was told to check in the second. */
function figuresFrom(measureFromMs: number) {
  const tally = new FleetTally({ measureFromMs });
  tally.scheduled(0, 0, 'http');
  tally.take(0, 0, { type: 'power.on' });
  tally.take(0, 30_000, { type: 'phone.idle' });
  tally.take(0, 90_000, { type: 'poll.due', date: '2026-03-02', follows: 'check' });
  return tally.figures();
}

const measured: [says: string, measureFromMs: number, found: number | null, holds: boolean][] = [
  ['a boot is judged', 0, 0, true],
  ['no boot but a check is nothing to complain of', 60_000, null, true],
  ['nothing at all proves nothing', 120_000, null, false],
];
test.for(measured)('the usual: %s', ([, measureFromMs, found, holds]) => {
  const [failed] = thresholdsInForce([]);
  if (failed === undefined) throw new Error('Nothing is usual');
  const judged = judgeThreshold(failed, figuresFrom(measureFromMs));
  expect(judged).toMatchObject({ threshold: FAILED, found, holds, usual: true });
});

test('who asks for it wants to see a boot', () => {
  expect(judgeThreshold(threshold(FAILED), figuresFrom(60_000)).holds).toBe(false);
});
