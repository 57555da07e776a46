/** One-sided, p < 0.001 of the normal distribution: five series are judged in each run of the tests. */
const SIGNIFICANT_Z = 3.09;

/**
 * Whether values taken at equal times rise. `risen`: Theil and Sen's slope, the median of the slopes of all
 * pairs, over the whole length: a few outliers do not move it. `isSignificant`: Mann and Kendall's test finds
 * more rising pairs than chance gives in one of a thousand (Mann 1945, Kendall 1975; variance with ties).
 */
export function trendOf(values) {
  const slopes = [];
  let risingPairs = 0;
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const difference = values[later] - values[earlier];
      slopes.push(difference / (later - earlier));
      risingPairs += Math.sign(difference);
    }
  }
  const deviation = Math.sqrt(pairsVariance(values));
  return {
    risen: medianOf(slopes) * (values.length - 1),
    isSignificant: deviation > 0 && (risingPairs - 1) / deviation > SIGNIFICANT_Z,
  };
}

/** Of no values: 0. */
export function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

function pairsVariance(values) {
  const ties = new Map();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  const term = (n) => n * (n - 1) * (2 * n + 5);
  const tied = [...ties.values()].reduce((sum, count) => sum + term(count), 0);
  return (term(values.length) - tied) / 18;
}
