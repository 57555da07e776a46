import { z } from 'zod';
import { protocols } from '../provisioning/words.ts';
import { sharePattern } from './share.ts';

// The words of every fault there is. A fault's file in faults/, its word here and its heading in
// docs/faults.md are the same word. What is said of a bad value stands after "expected".

/** Below this a TFTP block would take longer than a phone waits before it asks again. */
export const BYTES_PER_SECOND_MIN = 1_024;

const DAY_MS = 86_400_000;
const bytes = wholeNumber(0, Number.MAX_SAFE_INTEGER, 'a whole number of bytes, 0 or more');
const share = z.string().regex(sharePattern, { error: 'a share such as 5% or 0.5%' });
const older = text(1_000, 'the folder of an older tree').describe('Folder of the older tree.');

/** Which requests a rule strikes. */
const aim = {
  match: text(200, 'a pattern of paths such as *.bin').describe(
    'Paths as asked for: * and ? within a name, ** across folders; without a / it is the name.',
  ),
  protocol: z
    .enum(protocols, { error: protocols.join(', ') })
    .optional()
    .describe('Requests over this protocol only.'),
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'a whole number, 0 or more')
    .optional()
    .describe("So many of a phone's matching requests pass first."),
  times: wholeNumber(1, Number.MAX_SAFE_INTEGER, 'a whole number, 1 or more')
    .optional()
    .describe('So many requests of a phone are struck, then no more.'),
  share: share.optional().describe('So many of the phones are struck, picked by seed, phone and rule.'),
};

/** One rule: a fault, its settings, and which requests it strikes. */
export const faultRuleSchema = z.discriminatedUnion('fault', [
  fault('missing', 'The server has no such file.', {}),
  fault('status', 'The server refuses with a status.', {
    status: wholeNumber(300, 599, 'an HTTP status from 300 to 599').describe(
      'Of HTTP; FTP and TFTP say what comes nearest.',
    ),
    ftp: wholeNumber(400, 599, 'an FTP reply from 400 to 599').optional().describe('Reply over FTP instead.'),
    tftp: wholeNumber(0, 8, 'the number of a TFTP ERROR, 0 to 8')
      .optional()
      .describe('Number of the ERROR over TFTP instead.'),
  }),
  fault('refuse', 'Nothing listens at the port.', {}),
  fault('silence', 'The server takes the request and never answers.', {}),
  fault('stall', 'The server stops sending and keeps the connection open.', { afterBytes: bytes }),
  fault('truncate', 'The server goes away in the middle of the file.', { afterBytes: bytes }),
  fault('reset', 'The connection is reset in the middle of the file.', { afterBytes: bytes }),
  fault('latency', 'The server takes longer to answer.', {
    ms: number(0, DAY_MS, 'milliseconds, 0 to 86400000').describe('Added before its first word on the file.'),
  }),
  fault('bandwidth', 'The file comes slowly.', {
    bytesPerSecond: wholeNumber(
      BYTES_PER_SECOND_MIN,
      Number.MAX_SAFE_INTEGER,
      `a whole number of bytes, ${BYTES_PER_SECOND_MIN} or more`,
    ).describe('Of each transfer.'),
  }),
  fault('corrupt', 'Bytes of the file arrive with every bit turned over.', {
    at: z
      .array(bytes, { error: 'a list of places such as [0, 100]' })
      .min(1, { error: 'at least one place' })
      .max(1_000, { error: 'at most 1000 places' })
      .optional()
      .describe('Places in the file, from 0; those beyond its end change nothing.'),
    bytes: wholeNumber(1, 1_000, 'a number of bytes from 1 to 1000')
      .optional()
      .describe('So many more at places drawn by seed; 1 without `at`.'),
  }),
  fault('stale', 'The file comes as an older tree has it.', { from: older }),
  fault('half-updated', 'The tree is in the middle of a release.', {
    from: older,
    updated: share.optional().describe('So many of its files are new already; 50% if not given.'),
    missing: share.optional().describe('So many are being replaced, and not there; 0% if not given.'),
  }),
]);

export type FaultRule = z.infer<typeof faultRuleSchema>;
export type FaultWord = FaultRule['fault'];
/** A rule of one fault: its settings among them. */
export type FaultSettings<W extends FaultWord> = FaultRule & { readonly fault: W };

/** Rules of one run. Ours: beyond it nobody sees what strikes what. */
export const faultRulesSchema = z.array(faultRuleSchema).max(100);

/** Every fault, by word. */
export const faultWords: readonly FaultWord[] = faultRuleSchema.options.map(({ shape }) => shape.fault.value);

/** The words a rule of this fault may have. */
export function settingsOf(word: FaultWord): readonly string[] {
  const schema = faultRuleSchema.options.find(({ shape }) => shape.fault.value === word);
  return Object.keys(schema?.shape ?? {});
}

function fault<const W extends string, S extends z.ZodRawShape>(word: W, says: string, settings: S) {
  return z.strictObject({ fault: z.literal(word), ...aim, ...settings }).describe(says);
}

function wholeNumber(low: number, high: number, error: string) {
  return z.int({ error }).min(low, { error }).max(high, { error });
}

function number(low: number, high: number, error: string) {
  return z.number({ error }).min(low, { error }).max(high, { error });
}

function text(lengthMax: number, says: string) {
  return z
    .string({ error: says })
    .min(1, { error: says })
    .max(lengthMax, { error: `at most ${lengthMax} characters` });
}
