import type { Phone } from '../phone/phone-maker.ts';
import { openNotifyDesk } from '../scenario/notify-desk.ts';
import type { RunningWorld } from '../scenario/world.ts';
import { UsageError } from './exit-codes.ts';
import { whyNotListening } from './listening.ts';
import type { PhoneValues } from './phone-options.ts';

const LOOPBACK = '127.0.0.1';

/** What a run is told of NOTIFY. Throws `UsageError` when it does not fit together. */
export function assertNotifiable({ notify, notifyFrom, then, time }: PhoneValues): void {
  if (notify === undefined) {
    if (then.includes('notify'))
      throw new UsageError('--then notify: say where to listen with --notify PORT');
    if (notifyFrom !== undefined) throw new UsageError('--notify-from goes with --notify PORT');
  } else if (time === 'virtual') {
    throw new UsageError('--notify goes without --time virtual: whoever sends obeys no virtual clock');
  }
}

/** The phone's port for NOTIFY, open, if there is to be one. */
export interface NotifyPort {
  /** As the first lines of a run say it; absent: there is none. */
  readonly place?: string;
  close(): Promise<void>;
}

export async function openNotifyPort(
  run: RunningWorld,
  phone: Phone,
  { notify, localAddress }: PhoneValues,
): Promise<NotifyPort> {
  if (notify === undefined) return { close: async () => {} };
  const { port, address = localAddress ?? LOOPBACK } = notify;
  const host = address.includes(':') ? `[${address}]` : address;
  try {
    const listener = await openNotifyDesk(run, phone, { address, port });
    return { place: `${host}:${listener.port}`, close: () => listener.close() };
  } catch (error) {
    const why = error instanceof Error ? whyNotListening(error) : undefined;
    if (why === undefined) throw error;
    throw new UsageError(`--notify: cannot listen on ${host}:${port}: ${why}`);
  }
}
