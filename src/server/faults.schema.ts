import { z } from 'zod';
import { nearestName } from '../provisioning/nearest-name.ts';

// The words of every fault there is. A fault's file in faults/, its word here and its heading in
// docs/faults.md are the same word.

const count = z.int().min(0);

/** Which requests a rule strikes. */
const aim = {
  match: z
    .string()
    .min(1)
    .max(200)
    .describe('Paths as asked for: * and ? within a name, ** across folders; without a / it is the name.'),
  after: count.optional().describe("So many of a phone's matching requests pass first."),
  times: z.int().min(1).optional().describe('So many requests of a phone are struck, then no more.'),
  share: z
    .string()
    .regex(/^(100|\d{1,2}(\.\d{1,3})?)%$/, { error: 'expected a share of the phones such as 5% or 0.5%' })
    .optional()
    .describe('So many of the phones are struck, picked by seed, MAC and rule.'),
};

/** One rule: a fault, its settings, and which requests it strikes. */
export const faultRuleSchema = z.discriminatedUnion(
  'fault',
  [
    fault('missing', 'The server has no such file.', {}),
    fault('status', 'The server refuses with a status.', {
      status: z.int().min(300).max(599).describe('Of HTTP; FTP and TFTP say what comes nearest.'),
      ftp: z.int().min(400).max(599).optional().describe('Reply over FTP instead.'),
      tftp: z.int().min(0).max(8).optional().describe('Number of the ERROR over TFTP instead.'),
    }),
    fault('refuse', 'Nothing listens at the port.', {}),
    fault('silence', 'The server takes the request and never answers.', {}),
    fault('stall', 'The server stops sending and keeps the connection open.', { afterBytes: count }),
    fault('truncate', 'The server goes away in the middle of the file.', { afterBytes: count }),
    fault('latency', 'The server takes longer to answer.', {
      ms: z.number().min(0).max(86_400_000).describe('Added before its first word on the file.'),
    }),
  ],
  { error: unknownFault },
);

export type FaultRule = z.infer<typeof faultRuleSchema>;
export type FaultWord = FaultRule['fault'];
/** A rule of one fault: its settings among them. */
export type FaultSettings<W extends FaultWord> = FaultRule & { readonly fault: W };

export const faultRulesSchema = z.array(faultRuleSchema).max(100);

/** Every fault, by word. */
export const faultWords: readonly FaultWord[] = faultRuleSchema.options.map(({ shape }) => shape.fault.value);

function fault<const W extends string, S extends z.ZodRawShape>(word: W, says: string, settings: S) {
  const shape = { fault: z.literal(word), ...aim, ...settings };
  const known = Object.keys(shape);
  return z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, word, known) : undefined,
    })
    .describe(says);
}

function unknownKeys(keys: readonly string[], word: string, known: readonly string[]): string {
  return keys.map((key) => complaintAbout(key, `${word} has no "${key}"`, known)).join('; ');
}

function unknownFault({ input }: { readonly input?: unknown }): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const word = 'fault' in input ? input.fault : undefined;
  return word === undefined
    ? `no fault is named; expected ${faultWords.join(', ')}`
    : complaintAbout(String(word), `"${String(word)}" is no fault`, faultWords);
}

function complaintAbout(found: string, complaint: string, known: readonly string[]): string {
  const meant = nearestName(found, known);
  const hint = meant === undefined ? `expected ${known.join(', ')}` : `did you mean ${meant}?`;
  return `${complaint}; ${hint}`;
}
