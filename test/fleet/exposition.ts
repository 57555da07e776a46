/** One line of what Prometheus scrapes. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SERIES = /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$/;

/**
 * Reads the text format 0.0.4 and throws at whatever Prometheus would refuse: a line that is none, a series
 * without its type or told twice, and a histogram whose buckets fall or do not end in its count.
 */
export function readExposition(text: string): readonly Series[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const types = new Map<string, string>();
  const series: Series[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    const [, typed, type] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) types.set(typed, type);
    if (line === '' || line.startsWith('#')) continue;
    const [, name, labels = '', value] = SERIES.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no series: ${line}`);
    const one = { name, labels: labelsIn(labels), value: Number(value) };
    const key = `${name} ${JSON.stringify(Object.entries(one.labels).sort())}`;
    if (seen.has(key)) throw new Error(`told twice: ${line}`);
    if (!types.has(name) && types.get(name.replace(/_(?:bucket|sum|count)$/, '')) !== 'histogram') {
      throw new Error(`of no type: ${line}`);
    }
    if (Number.isNaN(one.value)) throw new Error(`no number: ${line}`);
    seen.add(key);
    series.push(one);
  }
  checkHistograms(series);
  return series;
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function checkHistograms(series: readonly Series[]): void {
  const last = new Map<string, { readonly le: number; readonly value: number }>();
  for (const { name, labels, value } of series) {
    const { le, ...others } = labels;
    const key = `${name} ${JSON.stringify(others)}`;
    if (le !== undefined) {
      const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
      const before = last.get(key);
      if (before !== undefined && (before.le >= bound || before.value > value)) {
        throw new Error(`${key} falls at ${le}`);
      }
      last.set(key, { le: bound, value });
    } else if (name.endsWith('_count')) {
      const whole = last.get(key.replace('_count ', '_bucket '));
      if (whole?.le !== Number.POSITIVE_INFINITY || whole.value !== value) {
        throw new Error(`${key} is not its last bucket`);
      }
    }
  }
}
