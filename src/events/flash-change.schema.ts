import { z } from 'zod';
import { sectionNames } from '../provisioning/words.ts';
import { keptLeaseSchema } from './dhcp-facts.schema.ts';
import { userProfileSchema } from './profile.schema.ts';

const section = z.enum(sectionNames);

/** A stored file; of one that flash.json only names, no more than the name is known. */
export const storedFile = z.object({
  name: z.string(),
  sizeBytes: z.int().min(0).optional(),
  sha256: z.string().optional(),
  receivedAt: z.string().optional(),
});

/** A setting that did not come from the factory. */
export const setting = z.object({ value: z.string(), from: z.enum(['file', 'dhcp', 'manual']) });

/** `writing`: half of it may be there. */
export const flashImage = z.enum(['ok', 'writing']);

/** One step of what flash holds; facts carry these, and folding them gives the flash again. */
export const flashChangeSchema = z.discriminatedUnion('change', [
  z.object({ change: z.literal('version'), section: z.string(), version: z.string() }),
  z.object({ change: z.literal('version-erased'), section: z.string() }),
  z.object({ change: z.literal('file'), section, file: storedFile }),
  z.object({ change: z.literal('files-erased'), section, names: z.array(z.string()) }),
  z.object({ change: z.literal('settings'), values: z.record(z.string(), setting) }),
  z.object({ change: z.literal('settings-erased'), names: z.array(z.string()) }),
  z.object({ change: z.literal('image'), image: flashImage }),
  z.object({ change: z.literal('software'), software: z.string() }),
  z.object({ change: z.literal('user-dnd'), on: z.boolean() }),
  z.object({
    change: z.literal('polled'),
    date: z.string().nullable().describe('Local date, YYYY-MM-DD; null: factory reset.'),
    dates: z.array(z.string()).describe('All spans of dates polled so far.'),
  }),
  z.object({ change: z.literal('user'), user: z.string().nullable() }),
  z.object({
    change: z.literal('profile'),
    user: z.string(),
    profile: userProfileSchema.nullable().describe('null: erased.'),
  }),
  z.object({ change: z.literal('lease'), lease: keptLeaseSchema.nullable() }),
]);
