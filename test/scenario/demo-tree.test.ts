import { expect, test } from 'vitest';
import { IMAGE_HEADER_BYTES, readImageLoad } from '../../src/device/image.ts';
import { DEMO_IMAGE_SIZE_BYTES, DEMO_LOAD, demoStore } from '../../src/scenario/demo-tree.ts';

const textOf = (path: string) => {
  const file = demoStore().find(path);
  return file === undefined ? undefined : Buffer.from(file.read(0, file.sizeBytes)).toString('latin1');
};

test('the image is made on the spot, of the size and load that the provisioning file offers', () => {
  const path = /^FILENAME (firmware\/.*)$/m.exec(textOf('1230SIP.cfg') ?? '')?.[1] ?? '';
  const image = demoStore().find(path);
  expect(path).toBe(`firmware/${DEMO_LOAD}.bin`);
  expect(image?.sizeBytes).toBe(DEMO_IMAGE_SIZE_BYTES);
  expect(readImageLoad(image?.read(0, IMAGE_HEADER_BYTES) ?? new Uint8Array())).toBe(DEMO_LOAD);
});

test('a smaller image can be asked for, for tests that have no time', () => {
  expect(demoStore(64 * 1024).find(`firmware/${DEMO_LOAD}.bin`)?.sizeBytes).toBe(64 * 1024);
});

test('everything else comes from the folder, and nothing from outside it', () => {
  expect(textOf('banner.txt')).toMatch(/\S/);
  expect(textOf('../../package.json')).toBeUndefined();
});
