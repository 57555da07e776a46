import { z } from 'zod';
import { factSchema } from '../events/facts.schema.ts';
import type { FactType } from '../events/phone-event.ts';
import { hint, keyed } from './values.schema.ts';

// Facts as a scenario speaks of them: a type, and as many of its fields as matter.

/** A fact of this type whose fields are these, as far as they are given; in texts * stands for anything. */
export interface FactPattern {
  readonly fact: FactType;
  readonly [field: string]: unknown;
}

const types = factSchema.options.map(({ shape }) => shape.type.value);

const typeAlone = z.enum(types, { error: ({ input }) => unknownFact(input) });
const withFields = z.discriminatedUnion('fact', patterns(), {
  error: ({ input }) => unknownFact(factIn(input)),
});

/** `phone.idle`, or `{ fact: section.decided, section: LANGUAGE }`. */
export const factPattern = z
  .union([typeAlone, withFields])
  .transform((pattern): FactPattern => (typeof pattern === 'string' ? { fact: pattern } : pattern))
  .meta({
    id: 'fact',
    description: 'A fact: its type, or {fact: TYPE, FIELD: VALUE ...}. In texts * stands for anything.',
  });

/** A fact with how often it is to be told. */
export const countedFact = keyed('facts.times', {
  times: z.int().min(0),
  of: factPattern,
}).describe('{times: 3, of: FACT}');

function patterns() {
  const [first, ...others] = factSchema.options.map((option) => {
    const { type, ...fields } = option.shape;
    const given = Object.entries(fields).map(([name, field]) => [name, fieldPattern(field)]);
    return keyed(type.value, {
      fact: z.literal(type.value),
      ...(Object.fromEntries(given) as Record<string, z.ZodOptional>),
    }).describe(option.description ?? '');
  });
  if (first === undefined) throw new Error('There are no facts');
  return [first, ...others] as const;
}

/** What is plain keeps its words; of what is made of parts a scenario may name any. */
function fieldPattern(field: z.ZodType): z.ZodOptional {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  const plain =
    inner instanceof z.ZodString ||
    inner instanceof z.ZodNumber ||
    inner instanceof z.ZodBoolean ||
    inner instanceof z.ZodEnum;
  return plain ? z.optional(inner) : z.optional(z.unknown());
}

function factIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'fact' in input ? input.fact : undefined;
}

function unknownFact(found: unknown): string {
  if (typeof found !== 'string') return 'expected a fact such as phone.idle, or {fact: phone.idle}';
  return `"${found}" is no fact; ${hint(found, types)}`;
}
