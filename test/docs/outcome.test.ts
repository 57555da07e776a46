import { expect, test } from 'vitest';
import { z } from 'zod';
import { refusalCodes } from '../../src/events/refusal-code.ts';
import { transferCodes } from '../../src/events/transfer-code.ts';
import { sectionNames } from '../../src/provisioning/words.ts';
import { outcomeSchema } from '../../src/report/outcome.schema.ts';
import { resultSchema } from '../../src/report/result.schema.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

/** As much of a JSON Schema as the outcome's is made of. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** One row for each key that can be reached: `phone.mac`, `requests[].file`. */
function keysOf(schema: Schema, prefix = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const key = `${prefix}${name}`;
    const optional = schema.required?.includes(name) ? '' : ' (may be absent)';
    const row = [`\`${key}\``, `${saidOf(value)}${optional}`, value.description ?? ''];
    if (value.type === 'array') return [row, ...keysOf(value.items ?? {}, `${key}[].`)];
    return [row, ...keysOf(value, `${key}.`)];
  });
}

function saidOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(saidOf).join(' or ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return wordsOf(schema.enum.map(String));
  if (schema.type === 'array') return schema.items?.properties ? 'list' : `list of ${schema.items?.type}s`;
  return [schema.type ?? 'object'].flat().join(' or ').replace('integer', 'whole number');
}

/** Lists of words that have a place of their own are named instead. */
const namedLists: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['section name', sectionNames],
  ['transfer code', Object.keys(transferCodes)],
  ['refusal code', Object.keys(refusalCodes)],
];

function wordsOf(words: readonly string[]): string {
  const named = namedLists.find(([, list]) => list.join() === words.join());
  return named?.[0] ?? words.map((word) => `\`${word}\``).join(', ');
}

const documents: readonly [file: string, schema: z.ZodType][] = [
  ['docs/outcome.md', outcomeSchema],
  ['docs/result.md', resultSchema],
];

test.for(documents)(
  '%s has every key of the schema (npx vitest run test/docs -u writes it)',
  async ([file, schema]) => {
    const rows = keysOf(z.toJSONSchema(schema, { io: 'output' }) as Schema);
    const written = withBlock(readDocument(file), 'keys', table(['Key', 'Value', 'What it says'], rows));
    await expect(written).toMatchFileSnapshot(pathOf(file));
  },
);
