import { z } from 'zod';
import { requestOutcomeSchema } from './outcome.schema.ts';

// What `deskphone diff` finds, as data. Keys are only ever added.

const count = z.int().min(0);
const ms = z.number().describe('From the request to the last byte; never makes a difference.');

const requestSideSchema = requestOutcomeSchema
  .pick({ result: true, bytes: true, attempts: true })
  .extend({ ms });

/** One file asked for on both sides, or on one of them. */
export const requestPairSchema = z.object({
  asked: z
    .string()
    .describe("Path on the phone's own server; protocol:path for another protocol there; else a URL."),
  check: count.describe('1-based; 0: before any check (boot loader).'),
  a: requestSideSchema.nullable().describe('null: not asked for in A.'),
  b: requestSideSchema.nullable().describe('null: not asked for in B.'),
  differs: z.boolean(),
});

/** One thing that came of it and is not the same. */
export const differenceSchema = z.object({
  about: z.string(),
  a: z.string().nullable().describe('null: nothing of the kind in A.'),
  b: z.string().nullable().describe('null: nothing of the kind in B.'),
  change: z.string().optional().describe('Of figures, from A to B: +12%.'),
});

const sumSchema = z.object({
  ok: z.boolean().describe('The verdict, as of boot.'),
  requests: count,
  bytes: count,
  ms: z.number().describe('Of all requests together.'),
});

/** A phone, or a scenario with its verdict, on both sides. */
export const pairSchema = z.object({
  name: z.string(),
  differs: z.boolean(),
  timed: z.boolean().describe('False: one side in virtual time, the other not; latency says nothing.'),
  a: sumSchema.nullable().describe('null: a scenario, or a phone that is not in A or was never on.'),
  b: sumSchema.nullable(),
  requests: z.array(requestPairSchema).describe('In their order; what only A asked for comes first.'),
  differences: z.array(differenceSchema).describe('Beside requests.'),
});

/** The line of `diff --json`, the file of `diff --report json=FILE`. */
export const comparisonSchema = z
  .object({
    type: z.literal('comparison'),
    version: z.literal(1),
    a: z.string().describe('As given, passwords masked.'),
    b: z.string(),
    seed: z.string().nullable().describe('null: each result has its own.'),
    differs: z.boolean().describe('True: exit code 3.'),
    pairs: z.array(pairSchema),
  })
  .describe('What differs between two servers, trees or results.');
