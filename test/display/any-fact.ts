import fc from 'fast-check';
import { z } from 'zod';
import { factSchema } from '../../src/events/facts.schema.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Any fact the published schema allows, so that a fact added to the table is tested without another word. */
export const anyFact: fc.Arbitrary<PhoneEvent> = arbitraryOf(z.toJSONSchema(factSchema)).map((value) =>
  factSchema.parse(value),
);

/** Facts of a phone that started as every phone does, by reading its flash. */
export const anyStory: fc.Arbitrary<PhoneEvent[]> = fc
  .tuple(
    anyFact.filter((fact) => fact.type === 'flash.read'),
    fc.array(anyFact, { maxLength: 30 }),
  )
  .map(([start, rest]) => [start, ...rest]);

function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(asSchema(choice))));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types: readonly unknown[] = [schema.type].flat();
  if (types.length > 1) return fc.oneof(...types.map((type) => arbitraryOf(asSchema({ ...schema, type }))));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.string({ unit: 'binary', maxLength: 40 });
    case 'integer':
      return numbered(schema.minimum ?? -1000);
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e12 });
    case 'array':
      return fc.array(arbitraryOf(asSchema(schema.items)), { maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      throw new Error(`No values for the schema ${JSON.stringify(schema)}`);
  }
}

function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.properties === undefined) {
    const keys = schema.propertyNames === undefined ? fc.string() : keysOf(asSchema(schema.propertyNames));
    return fc.dictionary(keys, arbitraryOf(asSchema(schema.additionalProperties)), { maxKeys: 4 });
  }
  const members = Object.entries(schema.properties).map(([key, value]): [string, fc.Arbitrary<unknown>] => [
    key,
    arbitraryOf(asSchema(value)),
  ]);
  return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] });
}

/** Small numbers most of the time, so that facts of one story speak of the same request, check and place. */
function numbered(min: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max: min + 3 }) },
    fc.integer({ min, max: 2 ** 40 }),
  );
}

function keysOf(schema: JsonSchema): fc.Arbitrary<string> {
  return schema.enum === undefined ? fc.string() : fc.constantFrom(...schema.enum.map(String));
}

function asSchema(value: unknown): JsonSchema {
  if (!isSchema(value)) throw new Error(`Not a schema: ${JSON.stringify(value)}`);
  return value;
}

/** The generated schema holds objects where we look; anything else is a change of zod that should be seen. */
function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
