import { expect, test } from 'vitest';
import { type Compared, foundAll } from '../../src/scenario/finding.ts';

const texts = (...compared: readonly Compared[]) => {
  const { expected, found } = foundAll(compared);
  return { expected, found };
};

test('of several things those are told that do not hold; all of them, if all hold', () => {
  const held = { name: 'BANNER', wanted: 'ACME', is: 'ACME', holds: true };
  const wrong = { name: 'LANGUAGE', wanted: '000002', is: null, holds: false };
  expect(texts(held, wrong)).toEqual({ expected: 'LANGUAGE: 000002', found: 'LANGUAGE: none' });
  expect(texts(held)).toEqual({ expected: 'BANNER: ACME', found: 'BANNER: ACME' });
});

test('passwords are masked on both sides, and a report says that they differ', () => {
  const wrong = { name: 'ADMIN_PASSWORD', wanted: 'expected-secret', is: 'received-secret', holds: false };
  expect(texts(wrong)).toEqual({
    expected: 'ADMIN_PASSWORD: ***',
    found: 'ADMIN_PASSWORD: *** (another one)',
  });
  expect(texts({ ...wrong, is: null })).toEqual({
    expected: 'ADMIN_PASSWORD: ***',
    found: 'ADMIN_PASSWORD: none',
  });
});
