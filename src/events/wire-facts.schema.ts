import { z } from 'zod';
import { fact } from './fact.schema.ts';
import { sntpCodes } from './sntp-code.ts';

const sntpCode = z.enum(Object.keys(sntpCodes) as [keyof typeof sntpCodes]);

/** Why a phone does with a NOTIFY what it does; only the first leads to a check. */
export const notifyReasons = [
  'asked',
  'unknown-sender',
  'other-event',
  'remote-check-off',
  'logged-out',
  'check-running',
] as const;
export type NotifyReason = (typeof notifyReasons)[number];

/** What happens on the phone's wires beside the one for files: the time, SIP. */
export const wireFacts = [
  fact('notify.received', 'A SIP NOTIFY came, and was answered.', {
    from: z.string(),
    event: z.string().describe('Of its Event header, without parameters.'),
    status: z
      .union([z.literal(200), z.literal(481), z.literal(489)])
      .nullable()
      .describe('Of the answer; null: none was sent.'),
    outcome: z.enum(['check', 'ignored', 'dropped']),
    why: z.enum(notifyReasons),
  }),
  fact('sntp.asked', 'A time server was asked for the time; loss of power or new settings may end that.', {
    server: z.string(),
  }),
  fact('sntp.answered', 'The time server said what time it is.', {
    server: z.string(),
    offsetMs: z.number().describe('From the time of the run to that of the server.'),
    roundTripMs: z.number(),
    stratum: z.int().min(0),
  }),
  fact('sntp.failed', 'The time server gave no time.', {
    server: z.string(),
    code: sntpCode,
    detail: z.string(),
    retryInMs: z.number(),
  }),
  fact('clock.set', 'The phone learned the time.', {
    how: z.enum(['sntp', 'given']),
    byMs: z.number().describe('How far it was moved.'),
  }),
] as const;
