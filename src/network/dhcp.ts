import { type DhcpPatience, dhcpWaitsMs } from '../provisioning/dhcp-waits.ts';
import type { Lease } from '../provisioning/lease.ts';
import { DhcpError } from './dhcp-error.ts';
import { type DhcpWish, discover, request } from './dhcp-messages.ts';
import { type DhcpAsker, DhcpSeries } from './dhcp-series.ts';
import { EVERYBODY, openDhcpWire } from './dhcp-wire.ts';
import { isOfThisMachine } from './own-addresses.ts';

export interface LeaseOrder extends Omit<DhcpAsker, 'openWire'> {
  readonly patience: DhcpPatience;
  /** Absent: the sockets of this machine. */
  readonly openWire?: DhcpAsker['openWire'];
}

/** Documented: M44 p105, M40 p82: offers are collected for one second, counted here from the first. */
const OFFERS_MS = 1_000;

/**
 * Gets a lease as a phone does: DISCOVER, the longest of the leases offered, REQUEST; tried again with longer
 * waits. Assumed: an acknowledgement is waited for as long as the offers of the same try were; what is
 * refused or not acknowledged costs its try, and the next one begins at once. Throws nothing but `DhcpError`.
 * While servers of the real network are asked, time does not leap.
 */
export function acquireLease(order: LeaseOrder, signal: AbortSignal): Promise<Lease> {
  return inSeries(order, signal, async (series) => {
    let failure = new DhcpError('NO_OFFER', 'no DHCP server made an offer');
    for (const waitMs of dhcpWaitsMs(order.patience, () => order.random.next())) {
      const result = await tryOnce(series, waitMs);
      if (!(result instanceof DhcpError)) return result;
      failure = result;
    }
    throw failure;
  });
}

/**
 * Asks once for a lease to go on, of its server (`renewing`, from T1) or of any (`rebinding`, from T2);
 * `leasePhaseAt` says when. Throws `NO_ACK`, `NAK` or what `acquireLease` throws.
 * Node cannot give this machine the address of the lease. When it has it from elsewhere, the phone asks from
 * it as RFC 2131 section 4.4.5 has it; else by broadcast, as a phone that restarts (section 4.3.2).
 */
export function renewLease(
  order: LeaseOrder,
  { lease, phase }: { readonly lease: Lease; readonly phase: 'renewing' | 'rebinding' },
  signal: AbortSignal,
): Promise<Lease> {
  return inSeries(order, signal, async (series) => {
    const { address, server } = lease;
    const [waitMs = 0] = dhcpWaitsMs({ ...order.patience, tries: 1 }, () => order.random.next());
    const isHere = isOfThisMachine(address);
    const to = isHere && phase === 'renewing' ? server : EVERYBODY;
    const result = await ask(series, {
      wish: { state: isHere ? phase : 'init-reboot', address },
      waitMs,
      to,
    });
    if (result instanceof DhcpError) throw result;
    return result;
  });
}

async function inSeries(
  order: LeaseOrder,
  signal: AbortSignal,
  run: (series: DhcpSeries) => Promise<Lease>,
): Promise<Lease> {
  const release = order.openWire === undefined ? order.clock.hold() : () => {};
  const series = new DhcpSeries({ ...order, openWire: order.openWire ?? openDhcpWire }, signal);
  try {
    signal.throwIfAborted();
    await series.open();
    // Power may have gone while the socket opened.
    signal.throwIfAborted();
    return await run(series);
  } catch (thrown) {
    if (thrown instanceof DhcpError || !signal.aborted) throw thrown;
    throw new DhcpError('ABORTED', 'ended before there was a lease', { cause: signal.reason });
  } finally {
    series.close();
    release();
  }
}

async function tryOnce(series: DhcpSeries, waitMs: number): Promise<Lease | DhcpError> {
  series.send(discover);
  series.tell({ type: 'dhcp.sent', message: 'DISCOVER', waitMs: Math.round(waitMs) });
  const offer = longest(await offersIn(series, waitMs));
  if (offer === undefined) return new DhcpError('NO_OFFER', 'no DHCP server made an offer');
  const { address, server } = offer;
  return ask(series, { wish: { state: 'selecting', address, server }, waitMs, to: EVERYBODY });
}

async function offersIn(series: DhcpSeries, waitMs: number): Promise<readonly Lease[]> {
  const offers: Lease[] = [];
  for (let untilMs = series.now() + waitMs; ; ) {
    const answer = await series.next(untilMs);
    if (answer === undefined) return offers;
    if (answer.type !== 'offer') continue;
    const { server, address, leaseS } = answer.lease;
    series.tell({ type: 'dhcp.offered', server, address, leaseS });
    if (offers.length === 0) untilMs = series.now() + OFFERS_MS;
    offers.push(answer.lease);
  }
}

/** Documented: M44 p105, the longest lease, of equal ones the first. */
function longest(offers: readonly Lease[]): Lease | undefined {
  return offers.reduce<Lease | undefined>(
    (best, offer) => (best === undefined || offer.leaseS > best.leaseS ? offer : best),
    undefined,
  );
}

interface Asking {
  readonly wish: DhcpWish;
  readonly waitMs: number;
  readonly to: string;
}

async function ask(series: DhcpSeries, { wish, waitMs, to }: Asking): Promise<Lease | DhcpError> {
  series.send((identity, marks) => request(identity, marks, wish), to);
  series.tell({ type: 'dhcp.sent', message: 'REQUEST', waitMs: Math.round(waitMs) });
  for (const untilMs = series.now() + waitMs; ; ) {
    const answer = await series.next(untilMs);
    if (answer === undefined) return new DhcpError('NO_ACK', `nobody acknowledged ${wish.address}`);
    if (answer.type === 'refusal' && isFrom(answer.server, wish)) {
      const { server, message } = answer;
      series.tell({ type: 'dhcp.refused', server, message });
      return new DhcpError('NAK', `${server} refused ${wish.address}${message === '' ? '' : `: ${message}`}`);
    }
    if (answer.type === 'acknowledgement' && isFrom(answer.lease.server, wish)) {
      for (const message of answer.doubts) {
        series.tellDoubt(`lease of ${answer.lease.server}: ${message}`);
      }
      return answer.lease;
    }
  }
}

/** Of an offer that was taken only its server has anything to say. */
function isFrom(server: string, wish: DhcpWish): boolean {
  return wish.state !== 'selecting' || wish.server === server;
}
