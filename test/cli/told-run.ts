import { z } from 'zod';
import { factSchema, journalEntrySchema } from '../../src/events/facts.schema.ts';
import { outcomeSchema } from '../../src/report/outcome.schema.ts';
import { type Outcome, outcomeOf } from '../../src/report/outcome.ts';
import { answer } from './answer.ts';
import type { Ended } from './deskphone.ts';

type ToldFact = Readonly<z.infer<typeof journalEntrySchema>>;

/** What `--json` printed: its first line, its facts, its last line. */
export interface ToldRun extends Ended {
  readonly started: Readonly<Record<string, unknown>>;
  readonly facts: readonly ToldFact[];
  readonly outcome: Outcome;
}

/**
 * Runs a command with `--json` in this process. Throws when a line is not as its schema says, or holds more
 * than that.
 */
export async function runTold(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ToldRun> {
  return toldRun(await answer([...args, '--json'], env));
}

/** The same of a command that has ended. */
export function toldRun(ended: Ended): ToldRun {
  const lines = ended.stdout.split('\n');
  if (lines.pop() !== '') throw new Error(`the last line has no end: ${ended.stdout}${ended.stderr}`);
  const [first, ...others] = lines.map((line): unknown => JSON.parse(line));
  const last = others.pop();
  return {
    ...ended,
    started: z.record(z.string(), z.unknown()).parse(first),
    facts: others.map((fact) => parseWhole(journalEntrySchema, fact)),
    outcome: parseWhole(outcomeSchema, last),
  };
}

/** zod drops keys it does not know; here they are an error. */
function parseWhole<T>(schema: z.ZodType<T>, found: unknown): T {
  const parsed = schema.parse(found);
  if (canonical(parsed) !== canonical(found)) {
    throw new Error(`keys beyond the schema in ${JSON.stringify(found)}`);
  }
  return parsed;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The outcome that the facts of a run make, to hold its last line against. */
export function outcomeOfFacts({ facts }: ToldRun): Outcome {
  const entries = facts.map(({ at, phone, n, ...event }) => ({
    at,
    phone,
    n,
    event: factSchema.parse(event),
  }));
  return outcomeOf(entries, { failOn: 'error', allow: [] });
}
