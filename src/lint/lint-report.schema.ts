import { z } from 'zod';
import { reasonsToDownload, reasonsToSkip } from '../provisioning/decision.ts';
import { models, sectionNames, severities } from '../provisioning/words.ts';
import { storedStates } from './phones.ts';

const counted = z.int().nonnegative();
const severity = z.enum(severities);
const section = z.enum(sectionNames);

export const findingSchema = z.object({
  rule: z.string().describe('Id of the rule; stable.'),
  severity,
  file: z.string().describe('Path from the root of the tree; empty: the tree as a whole.'),
  line: z.int().positive().nullable().describe('1-based; null: the whole file.'),
  section: section.nullable(),
  message: z.string().describe('What was found and what was expected.'),
  files: z.int().positive().describe('How many SIP<MAC>.cfg say the same; `file` is the first of them.'),
});

const cellSchema = z.object({
  why: z.enum([...reasonsToDownload, ...reasonsToSkip]),
  result: z.enum(['taken', 'identical', 'restart', 'refused', 'missing', 'elsewhere', 'skipped']),
  code: z.string().optional().describe('Why it is refused or missing: the id of a rule.'),
});

const matrixSchema = z.object({
  phones: z.array(
    z.object({
      model: z.enum(models),
      software: z.string(),
      stored: z.enum(storedStates),
      mac: z.string(),
      provisioningFile: z.string(),
      served: z.boolean().describe('Whether its provisioning file is there.'),
    }),
  ),
  rows: z.array(
    z.object({
      section,
      file: z.string().describe("`SIP<MAC>.cfg` stands for each phone's own."),
      sizeBytes: counted.nullable(),
      cells: z
        .array(cellSchema.nullable())
        .describe('In the order of the phones; null: its provisioning file does not name it.'),
    }),
  ),
});

/** What `lint --format json` prints. Keys are only ever added. */
export const lintReportSchema = z.object({
  version: z.literal(1),
  tree: z.string(),
  files: counted.nullable().describe('Files in the tree; null: a server, which cannot be asked.'),
  userFiles: counted.describe('SIP<MAC>.cfg among them.'),
  counts: z.object({ error: counted, warning: counted, note: counted }),
  findings: z.array(findingSchema).describe('The worst first.'),
  unlisted: z.record(z.string(), counted).describe('Findings of a rule beyond those listed.'),
  rules: z.record(
    z.string(),
    z.object({
      what: z.string(),
      why: z.string(),
      source: z.string(),
      mend: z.string(),
      fixable: z.boolean(),
    }),
  ),
  matrix: matrixSchema.describe('Who fetches what, and why.'),
});

export type LintReportData = z.infer<typeof lintReportSchema>;
