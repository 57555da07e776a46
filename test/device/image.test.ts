import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMAGE_HEADER_BYTES, makeImage, readImageLoad } from '../../src/device/image.ts';

const load = 'SIP12x004.04.09.00';

describe('a made image', () => {
  const sizes: [title: string, sizeBytes: number][] = [
    ['of the header alone', 64],
    ['of one byte more', 65],
    ['of a size no multiple of four', 1_023],
    ['of the size of a real one', 4_101_541],
  ];
  test.for(sizes)('%s has its size and tells its load', ([, sizeBytes]) => {
    const image = makeImage({ load, sizeBytes });
    expect([image.length, readImageLoad(image)]).toEqual([sizeBytes, load]);
  });

  test('is the same for the same options, on every machine', () => {
    const image = makeImage({ load, sizeBytes: 4_101_541 });
    expect(createHash('sha256').update(image).digest('hex')).toBe(
      '76b6ac468071ac20dd1d6b0161ceac067edd6b1411125f15eed03b4a87363f62',
    );
  });

  test('of another load has another body', () => {
    const one = makeImage({ load: 'SIP12x004.04.09.00', sizeBytes: 4_096 }).subarray(IMAGE_HEADER_BYTES);
    const other = makeImage({ load: 'SIP12x004.04.09.01', sizeBytes: 4_096 }).subarray(IMAGE_HEADER_BYTES);
    const same = one.filter((byte, at) => byte === other[at]).length;
    expect(same).toBeLessThan(64);
  });

  test('does not compress', () => {
    const image = makeImage({ load, sizeBytes: 65_536 });
    expect(deflateRawSync(image).length).toBeGreaterThan(65_000);
  });

  test('is not text: its first 512 bytes hold a NUL', () => {
    expect(makeImage({ load, sizeBytes: 512 }).includes(0)).toBe(true);
  });
});

describe('an image is not made', () => {
  const cases: [title: string, load: string, sizeBytes: number, message: string][] = [
    ['smaller than its header', load, 63, 'sizeBytes is 63; expected at least 64'],
    ['of a broken size', load, 100.5, 'sizeBytes is 100.5; expected at least 64'],
    ['without a name', '', 64, 'load is ""; expected 1 to 19 visible ASCII characters'],
    [
      'with a name of 20 characters',
      'SIP12x004.04.09.0000',
      64,
      'load is "SIP12x004.04.09.0000"; expected 1 to 19 visible ASCII characters',
    ],
    ['with a blank in its name', 'SIP 1', 64, 'load is "SIP 1"; expected 1 to 19 visible ASCII characters'],
  ];
  test.for(cases)('%s', ([, name, sizeBytes, message]) => {
    expect(() => makeImage({ load: name, sizeBytes })).toThrow(new RangeError(message));
  });
});

describe('no load is read', () => {
  const image = makeImage({ load, sizeBytes: 128 });
  const altered = (at: number, byte: number) => {
    const copy = image.slice();
    copy[at] = byte;
    return copy;
  };
  const cases: [title: string, head: Uint8Array][] = [
    ['from nothing', new Uint8Array(0)],
    ['from text', new TextEncoder().encode('<html>'.repeat(20))],
    ['from a header that lacks its last byte', image.subarray(0, 63)],
    ['from another magic', altered(0, 0x89)],
    ['from another format', altered(8, 2)],
    ['from a name of no length', altered(9, 0)],
    ['from a name of more than 19 characters', altered(9, 20)],
    ['from a name that is no text', altered(12, 0)],
  ];
  test.for(cases)('%s', ([, head]) => {
    expect(readImageLoad(head)).toBe(undefined);
  });

  test('and nothing is thrown, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        const head = Uint8Array.from([...image.subarray(0, 9), ...tail]);
        const read = readImageLoad(head);
        expect(read === undefined || /^[\x21-\x7e]{1,19}$/.test(read)).toBe(true);
      }),
    );
  });
});
