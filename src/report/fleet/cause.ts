import type { Fact } from '../../events/phone-event.ts';
import { type ConnectionEnd, type TransferCode, transferCodes } from '../../events/transfer-code.ts';

/** Causes that a report tells apart within a transfer code, as the system or the protocol names them. */
const finerCauses = ['NO_BANNER', 'REFUSED', 'RESET'] as const;

/** Why a file did not arrive: a transfer code, or a finer word within one. */
export const causes = [
  ...finerCauses,
  ...(Object.keys(transferCodes) as [TransferCode, ...TransferCode[]]),
] as const;
export type Cause = (typeof causes)[number];

/** Whose doing it was: only the server's counts as an error of the server. */
export type CauseClass = 'server' | 'machine' | 'phone';

export function classOf(cause: Cause): CauseClass {
  if (cause === 'LOCAL_LIMIT') return 'machine';
  return cause === 'ABORTED' ? 'phone' : 'server';
}

const finer: Readonly<Record<ConnectionEnd, Cause>> = {
  'no-banner': 'NO_BANNER',
  refused: 'REFUSED',
  reset: 'RESET',
};

/** What the code says already of this machine, the phone or TLS stands, whatever became of the connection. */
export function causeOf({ code, connection }: Pick<Fact<'file.failed'>, 'code' | 'connection'>): Cause {
  const isTold = connection === undefined || code === 'TLS' || classOf(code) !== 'server';
  return isTold ? code : finer[connection];
}
