import { expect, test } from 'vitest';
import { ChunkQueue } from '../../src/transport/chunk-queue.ts';
import { receiveAll } from './file-request.ts';

function queue() {
  const calls: string[] = [];
  const chunks = new ChunkQueue({
    start: () => calls.push('start'),
    resume: () => calls.push('resume'),
    abandon: () => calls.push('abandon'),
  });
  return { calls, chunks };
}

const KILOBYTE = Buffer.alloc(1024);

test('the source starts with the first read, and once', async () => {
  const { calls, chunks } = queue();
  expect(calls).toEqual([]);
  const first = chunks.next();
  chunks.push(Buffer.from('a'));
  chunks.end();
  await first;
  await chunks.next();
  expect(calls).toEqual(['start']);
});

test('small pieces are handed over together, in order', async () => {
  const { chunks } = queue();
  const first = chunks.next();
  chunks.push(Buffer.from('ab'));
  chunks.push(Buffer.from('c'));
  chunks.end();
  expect(await first).toEqual({ done: false, value: Buffer.from('abc') });
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
});

test('a chunk is handed over at 16 KiB without waiting for the end', async () => {
  const { chunks } = queue();
  const first = chunks.next();
  for (let i = 0; i < 17; i++) chunks.push(KILOBYTE);
  expect((await first).value).toHaveLength(16 * 1024);
});

test('an end without a piece is an empty file', async () => {
  const { chunks } = queue();
  const all = receiveAll(chunks);
  chunks.end();
  expect(await all).toEqual(Buffer.alloc(0));
});

test('what came before a failure is handed over before it, and the failure once', async () => {
  const { chunks } = queue();
  const first = chunks.next();
  chunks.push(Buffer.from('half'));
  chunks.fail(new Error('gone'));
  expect(await first).toEqual({ done: false, value: Buffer.from('half') });
  await expect(chunks.next()).rejects.toThrow('gone');
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
});

test('a reader that does not read makes it full at 128 KiB; the source resumes once there is room', async () => {
  const { calls, chunks } = queue();
  const first = chunks.next();
  for (let i = 0; i < 16; i++) chunks.push(KILOBYTE);
  await first;
  for (let i = 0; i < 127; i++) chunks.push(KILOBYTE);
  expect(chunks.full).toBe(false);
  chunks.push(KILOBYTE);
  expect(chunks.full).toBe(true);
  await chunks.next();
  expect([chunks.full, calls]).toEqual([false, ['start', 'resume']]);
  await chunks.next();
  expect(calls).toEqual(['start', 'resume']);
});

test('a reader that goes away tells the source; what waits is dropped', async () => {
  const { calls, chunks } = queue();
  const first = chunks.next();
  for (let i = 0; i < 40; i++) chunks.push(KILOBYTE);
  await first;
  expect(await chunks.return()).toEqual({ done: true, value: undefined });
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
  expect(calls).toEqual(['start', 'abandon']);
});

test('a reader that goes away after the end, or before the start, tells nobody', async () => {
  const ended = queue();
  const all = receiveAll(ended.chunks);
  ended.chunks.end();
  await all;
  await ended.chunks.return();
  const unread = queue();
  await unread.chunks.return();
  expect([ended.calls, unread.calls]).toEqual([['start'], []]);
});

test('two reads at a time are our mistake', () => {
  const { chunks } = queue();
  void chunks.next();
  expect(() => chunks.next()).toThrow('A second read was asked for before the first was answered');
});
