import { InvalidArgumentError } from 'commander';
import type { Shard } from '../fleet/fleet-plan.ts';
import { UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';

/** A shard, or the one that the environment names. */
export type ShardChoice = Shard | { readonly index: 'auto'; readonly of: number };

const SHARDS_MAX = 10_000;

/** Reads `0/4` or `auto/4`. */
export function shardChoice(text: string): ShardChoice {
  const [, word, count] = /^(\d{1,6}|auto)\/(\d{1,6})$/.exec(text) ?? [];
  const of = Number(count);
  const index = word === 'auto' ? word : Number(word);
  const isOne = of >= 1 && of <= SHARDS_MAX && (index === 'auto' || index < of);
  if (word !== undefined && isOne) return { index, of };
  throw new InvalidArgumentError(
    'Expected i/N with i from 0 to N-1, such as 0/4; or auto/N, for i from the environment.',
  );
}

/** Reads how many shards a fleet is divided into. */
export function shardCount(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= SHARDS_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected a number from 1 to ${SHARDS_MAX}.`);
}

/**
 * Documented: Kubernetes, "Indexed Job"; sbatch(1), "job arrays". Each counts from 0 if the manifest of
 * `fleet --manifest` started it.
 */
const variables = ['JOB_COMPLETION_INDEX', 'SLURM_ARRAY_TASK_ID'] as const;

/** The shard that is meant; without a choice the whole. Throws `UsageError`. */
export function chosenShard(choice: ShardChoice | undefined, env: Io['env']): Shard {
  if (choice === undefined) return { index: 0, of: 1 };
  const { index, of } = choice;
  if (index !== 'auto') return { index, of };
  const flag = `--shard auto/${of}`;
  const name = variables.find((variable) => (env[variable] ?? '') !== '');
  if (name === undefined) {
    throw new UsageError(
      `${flag}: neither ${variables.join(' nor ')} is set; expected one from 0 to ${of - 1}`,
    );
  }
  const text = env[name] ?? '';
  if (/^\d{1,6}$/.test(text) && Number(text) < of) return { index: Number(text), of };
  throw new UsageError(`${flag}: ${name} is "${text}"; expected a number from 0 to ${of - 1}`);
}
