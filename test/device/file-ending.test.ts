import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EndingIntake, endingOf, TAIL_BYTES } from '../../src/device/file-ending.ts';

const fileBytes = Buffer.from(Array.from({ length: 5 * TAIL_BYTES }, (_, at) => (at * 7919) >>> 3));

/** Some of the file's bytes, in chunks that end at any places. */
const chunkings = fc
  .tuple(fc.nat({ max: fileBytes.length }), fc.array(fc.nat({ max: fileBytes.length }), { maxLength: 12 }))
  .map(([sizeBytes, cuts]) => {
    const bytes = fileBytes.subarray(0, sizeBytes);
    const places = [0, ...cuts.filter((cut) => cut < sizeBytes).toSorted((a, b) => a - b), sizeBytes];
    return { bytes, chunks: places.slice(1).map((end, at) => bytes.subarray(places[at], end)) };
  });

test('a file in any chunks has the digests and the tail of the same file held whole', () => {
  fc.assert(
    fc.property(chunkings, fc.nat(), ({ bytes, chunks }, place) => {
      const intake = new EndingIntake();
      for (const chunk of chunks) intake.take(chunk);
      const { sha256, ending } = intake.finish();
      const whole = endingOf(bytes);
      const at = place % (whole.tail.length + 1);
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(Buffer.from(ending.tail).equals(whole.tail)).toBe(true);
      for (const digest of ['sha1', 'sha256'] as const) {
        expect(ending.digestUpTo(at, digest)).toEqual(whole.digestUpTo(at, digest));
      }
    }),
  );
});

test('digests of many places can be asked for, in any order', () => {
  const intake = new EndingIntake();
  for (let at = 0; at < fileBytes.length; at += 512) intake.take(fileBytes.subarray(at, at + 512));
  const { ending } = intake.finish();
  const startOfTail = fileBytes.length - TAIL_BYTES;
  const places = [100, 0, TAIL_BYTES, 1];
  expect(places.map((at) => Buffer.from(ending.digestUpTo(at, 'sha1')).toString('hex'))).toEqual(
    places.map((at) =>
      createHash('sha1')
        .update(fileBytes.subarray(0, startOfTail + at))
        .digest('hex'),
    ),
  );
});

test('a chunk that its giver uses again does not change what was taken', () => {
  const intake = new EndingIntake();
  const chunk = Buffer.alloc(2 * TAIL_BYTES, 1);
  intake.take(chunk);
  chunk.fill(2);
  expect(intake.finish().ending.tail.every((byte) => byte === 1)).toBe(true);
});
