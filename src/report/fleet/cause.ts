import type { Fact } from '../../events/phone-event.ts';
import { type ConnectionEnd, type TransferCode, transferCodes } from '../../events/transfer-code.ts';

/** Causes that a report tells apart within a transfer code, in the order in which a transfer meets them. */
const finerCauses = [
  'NO_NAME',
  'NO_CONNECTION',
  'REFUSED',
  'NO_BANNER',
  'NO_ANSWER',
  'RESET',
  'STALLED',
  'RESET_MIDWAY',
  'TOO_SLOW',
] as const;

/** Every time-out is one of the finer causes. */
type CodeAsCause = Exclude<TransferCode, 'TIMEOUT'>;

/** Why a file did not arrive: a transfer code, or a finer word within one. */
export const causes = [
  ...finerCauses,
  ...(Object.keys(transferCodes) as TransferCode[]).filter((code): code is CodeAsCause => code !== 'TIMEOUT'),
] as const;
export type Cause = (typeof causes)[number];

/** Whose doing it was: only the server's counts as an error of the server. */
export type CauseClass = 'server' | 'machine' | 'phone';

export function classOf(cause: Cause): CauseClass {
  if (cause === 'LOCAL_LIMIT') return 'machine';
  return cause === 'ABORTED' ? 'phone' : 'server';
}

/** How far the server had come with a file: `answered` once it began to send it. */
export type ServerTurn = 'asked' | 'answered';

const causesOfSilence: Readonly<Record<ServerTurn, Cause>> = { asked: 'NO_ANSWER', answered: 'STALLED' };

const causesOfEnds: Readonly<Record<ConnectionEnd, Readonly<Record<ServerTurn, Cause>>>> = {
  'no-name': { asked: 'NO_NAME', answered: 'NO_NAME' },
  'not-made': { asked: 'NO_CONNECTION', answered: 'NO_CONNECTION' },
  'no-banner': { asked: 'NO_BANNER', answered: 'NO_BANNER' },
  refused: { asked: 'REFUSED', answered: 'REFUSED' },
  reset: { asked: 'RESET', answered: 'RESET_MIDWAY' },
  'out-of-time': { asked: 'NO_ANSWER', answered: 'TOO_SLOW' },
};

/** What these say of this machine, the phone or TLS stands, whatever became of the connection. */
const saysAll: ReadonlySet<TransferCode> = new Set(['LOCAL_LIMIT', 'ABORTED', 'TLS']);

/** Why a file did not arrive, as finely as its phone knows. */
export function causeOf(
  { code, connection }: Pick<Fact<'file.failed'>, 'code' | 'connection'>,
  turn: ServerTurn,
): Cause {
  if (connection !== undefined && !saysAll.has(code)) return causesOfEnds[connection][turn];
  return code === 'TIMEOUT' ? causesOfSilence[turn] : code;
}
