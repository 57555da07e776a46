import { z } from 'zod';

const verdict = z.enum(['refuted', 'settled', 'narrowed', 'no-evidence', 'contradicted']);
const texts = z.array(z.string());

/** What `record --compare --json` prints: what a capture says of the switches and rules that are assumed. */
export const captureComparisonSchema = z.strictObject({
  type: z.literal('capture.comparison'),
  capture: z.string(),
  phone: z.strictObject({
    address: z.string(),
    mac: z.string(),
    model: z.string(),
    software: z.string().nullable().describe('null: its User-Agent was not seen; the usual one is played.'),
  }),
  requests: z.int().describe('Files it asked for.'),
  checks: z.int(),
  runs: z.int().describe('How often our phone was played.'),
  reproduced: z.boolean().describe('Whether our phone, with the best switches, does what was captured.'),
  best: z.record(z.string(), z.string()).describe('Those switches, but for the ones at their default.'),
  differences: z
    .array(z.strictObject({ aspect: z.string(), says: z.string(), captured: texts, played: texts }))
    .describe('What then still differs.'),
  switches: z.array(
    z.strictObject({ name: z.string(), default: z.string(), verdict, values: texts, because: z.string() }),
  ),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      where: z.string(),
      verdict: z.enum(['settled', 'refuted', 'no-evidence']),
      expected: z.string(),
      captured: z.string().optional(),
    }),
  ),
  notes: texts.describe('What the capture lacks, and what was taken for granted.'),
});

export type CaptureComparison = Readonly<z.infer<typeof captureComparisonSchema>>;
