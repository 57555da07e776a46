import { expect, test } from 'vitest';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { judgeThreshold, parseThreshold, sayUnmet } from '../../../src/report/fleet/threshold.ts';
import { threshold } from './a-fleet-result.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const figures = tallyOf(await smallFleet({ count: 3 })).figures();

const read: [text: string, metric: string, comparison: string, limit: number][] = [
  ['boot.latency.p95 < 90s', 'boot.latency.p95', '<', 90_000_000],
  ['  tftp.FW.service.max<=10m ', 'tftp.FW.service.max', '<=', 600_000_000],
  ['errors.rate == 0', 'errors.rate', '==', 0],
  ['http.errors.rate < 0.5%', 'http.errors.rate', '<', 0.005],
  ['errors.rate <= 0.01', 'errors.rate', '<=', 0.01],
  ['amplification <= 1.05', 'amplification', '<=', 1.05],
  ['boot.done >= 2000', 'boot.done', '>=', 2_000],
  ['files.bytes < 3M', 'files.bytes', '<', 3 * 1024 * 1024],
  ['release.to95 < 1h', 'release.to95', '<', 3_600_000_000],
  ['check-sync.latency.p99 > 0', 'check-sync.latency.p99', '>', 0],
];
test.for(read)('%s is read', ([text, metric, comparison, limit]) => {
  const parsed = parseThreshold(text);
  expect('metric' in parsed ? { ...parsed, metric: parsed.metric.name } : parsed).toEqual({
    text: text.trim().replace(/\s*(<=|>=|==|<|>)\s*/, ' $1 '),
    metric,
    comparison,
    limit,
  });
});

const refused: [text: string, message: string][] = [
  [
    'boot.latency.p95',
    '"boot.latency.p95" is no threshold; expected a metric, one of < <= == >= >, and a limit, such as boot.latency.p95 < 90s',
  ],
  [
    'boot.latency.p95 < 90',
    'boot.latency.p95: the limit is "90"; expected a duration with its unit, such as 500ms, 90s or 10m',
  ],
  [
    'boot.latency.p95 = 90s',
    '"boot.latency.p95 = 90s" is no threshold; expected a metric, one of < <= == >= >, and a limit, such as boot.latency.p95 < 90s',
  ],
  [
    'errors.TIMEOUT == 0',
    '"errors.TIMEOUT" is no metric; a time-out is one of NO_CONNECTION, NO_ANSWER, STALLED and TOO_SLOW',
  ],
  ['bot.latency.p95 < 90s', '"bot.latency.p95" is no metric; did you mean boot.latency.p95?'],
  [
    'speed < 90s',
    '"speed" is no metric; expected one such as boot.latency.p95, tftp.FW.service.max or errors.rate (docs/fleet-figures.md has them all)',
  ],
  [
    'errors.rate < 5',
    'errors.rate: the limit is "5"; expected a share such as 0.5%, or a number from 0 to 1',
  ],
  ['boot.failed == 0.5', 'boot.failed: the limit is "0.5"; expected a whole number'],
  ['amplification < 1s', 'amplification: the limit is "1s"; expected a number such as 1.2'],
  ['files.bytes < 3T', 'files.bytes: the limit is "3T"; expected a number of bytes, such as 512, 64k or 3M'],
];
test.for(refused)('%s is refused', ([text, message]) => {
  expect(parseThreshold(text)).toEqual({ message });
});

const judged: [text: string, found: number | null, holds: boolean][] = [
  ['boot.done == 0', 0, true],
  ['boot.failed == 3', 3, true],
  ['boot.failed < 3', 3, false],
  ['tftp.boot.due >= 1', 1, true],
  ['http.provisioning-file.asked == 2', 2, true],
  ['http.provisioning-file.service.max < 2ms', 2_000, false],
  ['http.provisioning-file.service.max <= 2ms', 2_000, true],
  ['poll.latency.p95 < 1m', null, false],
  ['release.to95 < 1h', null, false],
  ['https.errors.rate == 0', null, false],
  ['errors.NO_ANSWER == 0', 0, true],
  ['amplification == 1', 1, true],
];
test.for(judged)('%s of three phones is judged', ([text, found, holds]) => {
  expect(judgeThreshold(threshold(text), figures)).toMatchObject({ found, holds });
});

test('what does not hold says what was found', () => {
  const said = [
    'boot.failed < 3',
    'http.files.service.max < 1ms',
    'poll.latency.p95 < 1m',
    'release.to95 < 1h',
  ].map((text) => sayUnmet(judgeThreshold(threshold(text), figures)));
  expect(said).toEqual([
    'boot.failed < 3: found 3',
    'http.files.service.max < 1ms: found 2ms',
    'poll.latency.p95 < 1m: nothing of the kind was measured',
    'release.to95 < 1h: nothing of the kind was measured, so many phones never had it',
  ]);
});

test('every metric can be read from the figures of any fleet', () => {
  const nothing = tallyOf({ phones: [], facts: [] }).figures();
  for (const { read: value } of metrics.values()) {
    for (const found of [value(nothing), value(figures)]) {
      expect(found === undefined || (Number.isFinite(found) && found >= 0)).toBe(true);
    }
  }
});

test('a share in percent is the number that a fraction comes to', () => {
  const limits = Array.from({ length: 1_001 }, (_, tenths) => {
    const read = parseThreshold(`errors.rate <= ${tenths / 10}%`);
    return 'limit' in read ? read.limit : undefined;
  });
  expect(limits).toEqual(Array.from({ length: 1_001 }, (_, tenths) => tenths / 1_000));
});
