import { z } from 'zod';
import { keyTypes, speedDialModes } from '../provisioning/custom-keys.ts';

const attributes = z.record(z.string(), z.string());

/** What a phone keeps of one user: what came by roaming files, and what it set when it met them. */
export const userProfileSchema = z.object({
  timezoneOffset: z.string().describe('TIMEZONE_OFFSET as it was when the profile began.'),
  contacts: z.array(
    z.object({ nickname: z.string(), address: z.string(), group: z.string(), buddy: z.boolean() }),
  ),
  groups: z.array(z.string()),
  keys: z
    .array(z.object({ index: z.int().min(1), label: z.string(), type: z.enum(keyTypes), attributes }))
    .describe('By index.'),
  speedDials: z.array(z.object({ label: z.string(), mode: z.enum(speedDialModes), attributes })),
  preferences: z.record(
    z.string(),
    z.object({
      value: z.string(),
      before: z.string().nullable().describe('What an empty value brings back; null: nothing.'),
    }),
  ),
});
