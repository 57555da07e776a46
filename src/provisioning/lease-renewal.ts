import { INFINITE_S, type Lease } from './lease.ts';

/** Where a lease is in its life, and when the phone has to act on it next (ms since 1970). */
export type LeasePhase =
  /** `actAtMs` is T1. */
  | { readonly phase: 'bound'; readonly actAtMs: number }
  /** Ask the server that gave it, and again at `actAtMs`. */
  | { readonly phase: 'renewing'; readonly actAtMs: number }
  /** Ask any server, and again at `actAtMs`. */
  | { readonly phase: 'rebinding'; readonly actAtMs: number }
  | { readonly phase: 'expired' }
  | { readonly phase: 'for-ever' };

/** RFC 2131 section 4.4.5: requests to renew are at least so far apart. */
const APART_MIN_MS = 60_000;

/**
 * The phase of a lease at `nowMs`, asked at its start and whenever a request to renew went unanswered.
 * RFC 2131 section 4.4.5: the phone waits half of what is left of the phase, but at least 60 s.
 */
export function leasePhaseAt(lease: Lease, times: { startedAtMs: number; nowMs: number }): LeasePhase {
  if (lease.leaseS === INFINITE_S) return { phase: 'for-ever' };
  const { startedAtMs, nowMs } = times;
  const t1AtMs = startedAtMs + lease.t1S * 1_000;
  const t2AtMs = startedAtMs + lease.t2S * 1_000;
  const endsAtMs = startedAtMs + lease.leaseS * 1_000;
  if (nowMs < t1AtMs) return { phase: 'bound', actAtMs: t1AtMs };
  if (nowMs < t2AtMs) return { phase: 'renewing', actAtMs: nextTry(nowMs, t2AtMs) };
  if (nowMs < endsAtMs) return { phase: 'rebinding', actAtMs: nextTry(nowMs, endsAtMs) };
  return { phase: 'expired' };
}

function nextTry(nowMs: number, phaseEndsAtMs: number): number {
  return Math.min(nowMs + Math.max(APART_MIN_MS, (phaseEndsAtMs - nowMs) / 2), phaseEndsAtMs);
}
