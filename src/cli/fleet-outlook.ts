import { SECOND_MS } from '../clock/durations.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { ShareProgress } from '../fleet/share-run.ts';
import type { Outlook } from '../report/fleet/live-line.ts';

/** Before so many of the phones have left, nobody can guess when the rest will. */
const GUESSED_FROM_SHARE = 0.05;

interface Glance {
  readonly glance: Pick<ShareProgress['glance'], 'bootLatency'>;
}

/** What of a fleet says how long it will take. */
export type Lasting = Pick<FleetPlan, 'life' | 'arrivals' | 'time'>;

/** How long a fleet will still take by the clock of its phones, as far as anybody knows. */
export function outlookOf(
  { life, arrivals, time: clock }: Lasting,
  { atMs, phones, left, glance }: Pick<ShareProgress, 'atMs' | 'phones' | 'left'> & Glance,
  isDraining: boolean,
): Outlook | undefined {
  if (isDraining) return { kind: 'draining' };
  const time = clock === 'real' ? 'real' : 'leaping';
  if (life.kind === 'duration') return { kind: 'planned', leftMs: Math.max(0, life.ms - atMs), time };
  if (left === 0 || left === phones || left < phones * GUESSED_FROM_SHARE) return undefined;
  const isSpread = life.kind === 'boot' && arrivals.kind !== 'at-once' && arrivals.kind !== 'closed';
  const leavingMs = atMs - (isSpread ? meanBootMs(glance) : 0);
  const leftMs = (leavingMs * (phones - left)) / left;
  return { kind: 'guessed', leftMs: Math.ceil(leftMs / SECOND_MS) * SECOND_MS, time };
}

/** Of phones that come one after the other the first leaves so long after it came, and then as they came. */
function meanBootMs({ bootLatency: { count, sumUs } }: Glance['glance']): number {
  return count === 0 ? 0 : sumUs / count / 1_000;
}
