import { medianOf, trendOf } from './trend.mjs';

/**
 * What must hold of samples taken at equal times, each as a sentence and whether it does. The first third is
 * warm-up: code is compiled, pools and histograms come to their size. A rise of the heap of up to
 * `heapRiseMax` is no trend, nor is twice that of memory as a whole; what may rise so far may spread so far,
 * too. The server's garbage is its own affair.
 */
export function claimsOf(samples, heapRiseMax) {
  const settled = samples.slice(Math.floor(samples.length / 3));
  const of = (figure) => settled.map(figure);
  const heap = { what: 'heap after GC', values: of(({ heapBytes }) => heapBytes), say: sayBytes };
  const rss = { what: 'RSS', values: of(({ rssBytes }) => rssBytes), say: sayBytes };
  const serverRss = { what: 'RSS of the server', values: of(({ server }) => server.rssBytes), say: sayBytes };
  const descriptors = { what: 'descriptors', values: of((sample) => sample.descriptors), say: sayCount };
  const timers = { what: 'timers', values: of((sample) => sample.timers), say: sayCount };
  return [
    withinSpread(heap, Math.max(HEAP_SPREAD_MAX, heapRiseMax)),
    withoutTrend(heap, heapRiseMax),
    withinSpread(rss, Math.max(RSS_SPREAD_MAX, 2 * heapRiseMax)),
    withoutTrend(rss, 2 * heapRiseMax),
    withoutTrend(descriptors, COUNT_RISE_MAX),
    withoutTrend(timers, COUNT_RISE_MAX),
    withoutTrend(serverRss, 2 * heapRiseMax),
  ];
}

/** From the least to the most. */
const HEAP_SPREAD_MAX = 0.05;
const RSS_SPREAD_MAX = 0.1;
/** Of descriptors and timers, which come and go with what is under way. */
const COUNT_RISE_MAX = 0.1;

/** What is held before the first phone and after the last. */
export function nothingLeft(before, after) {
  return [
    same('descriptors', before.descriptors, after.descriptors),
    same('timers', before.timers, after.timers),
    same('resources', before.resources, after.resources),
    {
      holds: after.server.descriptors <= before.server.descriptors + FTP_PORTS_MAX,
      sentence: `descriptors of the server before and after: ${before.server.descriptors}, ${after.server.descriptors}; it keeps up to ${FTP_PORTS_MAX} FTP data ports for the next phones`,
    },
  ];
}

/** src/server/ftp-passive-ports.ts */
const FTP_PORTS_MAX = 256;

function withinSpread({ what, values, say }, spreadMax) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const spread = (most - least) / least;
  return {
    holds: spread <= spreadMax,
    sentence: `${what} within ${percent(spreadMax)}: ${say(least)} to ${say(most)}, ${percent(spread)}`,
  };
}

/** A trend is a rise that chance does not explain and that is worth the name. */
function withoutTrend({ what, values, say }, riseMax) {
  const { risen, isSignificant } = trendOf(values);
  const share = risen / medianOf(values);
  const by = `${risen < 0 ? '-' : '+'}${say(Math.abs(risen))} (${percent(share)})`;
  return {
    holds: !(isSignificant && share > riseMax),
    sentence: `${what} without a trend: ${by}, ${isSignificant ? 'not by chance' : 'as chance has it'}; a rise of more than ${percent(riseMax)} would be one`,
  };
}

function same(what, before, after) {
  return {
    holds: before === after,
    sentence: `${what} before the first phone and after the last: ${before}, ${after}`,
  };
}

export function sayBytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}

function sayCount(count) {
  return String(Math.round(count));
}

export function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
