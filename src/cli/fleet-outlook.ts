import { SECOND_MS } from '../clock/durations.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { ShareProgress } from '../fleet/share-run.ts';
import type { Outlook } from '../report/fleet/live-line.ts';

/** Before so many of the phones have left, nobody can guess when the rest will. */
const GUESSED_FROM_SHARE = 0.05;

/** How long a fleet will still take, as far as anybody knows. */
export function outlookOf(
  { life }: Pick<FleetPlan, 'life'>,
  { atMs, phones, left }: Pick<ShareProgress, 'atMs' | 'phones' | 'left'>,
  isDraining: boolean,
): Outlook | undefined {
  if (isDraining) return { kind: 'draining' };
  if (life.kind === 'duration') return { kind: 'planned', leftMs: Math.max(0, life.ms - atMs) };
  if (left === 0 || left === phones || left < phones * GUESSED_FROM_SHARE) return undefined;
  const leftMs = (atMs * (phones - left)) / left;
  return { kind: 'guessed', leftMs: Math.ceil(leftMs / SECOND_MS) * SECOND_MS };
}
