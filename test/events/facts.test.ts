import { expect, test } from 'vitest';
import { factSchema } from '../../src/events/facts.schema.ts';

/** What a line of `--json` adds to each fact. */
const labels = ['at', 'phone', 'n'];

test('no fact has a key of its own that the line it stands in needs', () => {
  const clashes = factSchema.options.flatMap(({ shape }) =>
    Object.keys(shape)
      .filter((key) => labels.includes(key))
      .map((key) => `${shape.type.value}: ${key}`),
  );
  expect(clashes).toEqual([]);
});
