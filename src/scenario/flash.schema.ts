import { z } from 'zod';
import { type SectionName, sectionNames } from '../provisioning/words.ts';
import { keyed, onOff, settingValue, software } from './values.schema.ts';

// Flash as flash.json has it. A section by itself is short for its stored version: {FW: SIP12x004.01.13.00}.

const versions = z.record(z.string(), z.string());
const fileNames = z.array(z.string().min(1)).max(100);

/** One key a section; `V` is what stands behind each. */
function bySection<V extends z.ZodType>(value: V) {
  return Object.fromEntries(sectionNames.map((name) => [name, value])) as Record<SectionName, V>;
}

const storedFile = keyed('a stored file', {
  name: z.string().min(1),
  size: z.int().min(0).optional(),
  sha256: z.string().optional(),
  receivedAt: z.string().optional(),
});

/** What a phone holds before the story. */
export const flashSpec = keyed('flash', {
  versions: versions.optional(),
  files: z.record(z.string(), z.array(z.union([z.string(), storedFile]))).optional(),
  settings: z
    .record(
      z.string(),
      z.union([
        settingValue,
        keyed('a setting', { value: settingValue, from: z.enum(['file', 'manual']).optional() }),
      ]),
    )
    .optional(),
  image: z.enum(['ok', 'writing']).optional(),
  userDnd: z.boolean().optional(),
  lastPollDate: z.string().nullable().optional(),
  polledDates: z.array(z.string()).optional(),
  user: z.string().nullable().optional(),
  profiles: z.record(z.string(), z.unknown()).optional(),
  ...bySection(z.string().optional()),
}).describe('As flash.json; a section by itself is its stored version.');

/** What a phone is to hold; what is not named may be anything. */
export const flashExpectation = keyed('flash', {
  versions: versions.optional().describe('All stored versions, and no other.'),
  files: keyed('files', bySection(fileNames.optional())).optional().describe('Names by section.'),
  software: software.optional(),
  image: z.enum(['ok', 'writing']).optional(),
  userDnd: onOff.optional(),
  lastPollDate: z.string().nullable().optional(),
  user: z.string().nullable().optional(),
  ...bySection(z.string().nullable().optional()),
}).describe('What flash holds of this; a section by itself is its stored version, null: none.');
