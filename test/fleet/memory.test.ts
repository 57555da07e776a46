import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { FleetMemoryError, isOutOfMemory } from '../../src/fleet/memory.ts';

test('a thread that ran out of memory is told from one that failed', async () => {
  const ends = [
    'const held = []; for (;;) held.push(new Array(1000).fill(held.length));',
    'throw new Error("out of memory, it says")',
  ].map(async (code) => {
    const thread = new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } });
    const [error] = await once(thread, 'error').catch((thrown: unknown) => [thrown]);
    return isOutOfMemory(error);
  });
  expect(await Promise.all(ends)).toEqual([true, false]);
});

test('it says how many phones were too many, and what to do', () => {
  const { message } = new FleetMemoryError({ phones: 50_001, workers: 2 }, {});
  expect(message).toBe(
    'a worker of 2 ran out of memory, with 25001 phones; give each more (in MiB: NODE_OPTIONS=--max-old-space-size=8192), or have fewer phones in a process (--shard)',
  );
});
