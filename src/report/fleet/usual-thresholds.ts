import { protocols } from '../../provisioning/words.ts';
import type { Metric } from './metric.ts';
import { parseThreshold, type Threshold } from './threshold.ts';

/** What must hold of a fleet, unless it says itself how much of the kind is borne. */
interface UsualThreshold {
  readonly text: string;
  /** Metrics of all phones or of one protocol that say as much of the kind. */
  readonly saidBy: readonly string[];
}

const usualThresholds: readonly UsualThreshold[] = [
  {
    text: 'boot.failed == 0',
    saidBy: ['boot.failed', 'boot.done', 'files.failed', 'errors.count', 'errors.rate'],
  },
  {
    text: 'boot.unfinished == 0',
    saidBy: ['boot.unfinished', 'boot.done', 'phones.gaveUp', 'phones.onTheirWay'],
  },
];

/**
 * What must hold of a fleet: what it says itself, which was read before, and the usual ones of which it says
 * nothing. A time alone is too little: of boots that all failed none is late.
 */
export function thresholdsInForce(given: readonly string[]): readonly Threshold[] {
  const own = given.map(readBefore);
  const said = new Set(own.map(({ metric }) => nameOfAll(metric)));
  const left = usualThresholds.filter(({ saidBy }) => !saidBy.some((name) => said.has(name)));
  return [...own, ...left.map(({ text }) => ({ ...readBefore(text), usual: true as const }))];
}

/** A metric without the protocol that it may begin with. */
function nameOfAll({ name }: Metric): string {
  const protocol = protocols.find((one) => name.startsWith(`${one}.`));
  return protocol === undefined ? name : name.slice(protocol.length + 1);
}

function readBefore(text: string): Threshold {
  const read = parseThreshold(text);
  if ('message' in read) throw new Error(`A threshold was not read before: ${read.message}`);
  return read;
}
