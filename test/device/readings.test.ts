import { expect, test } from 'vitest';
import { Readings } from '../../src/device/readings.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';

/** Readings of which each says how many were made before it. */
function counted() {
  const readings = new Readings<{ readonly before: number }>();
  let made = 0;
  const of = (toRead: Parameters<typeof readings.of>[0]) =>
    readings.of(toRead, () => ({ before: made++ })).before;
  return { of, made: () => made };
}

const file = { name: 'a.cfg', sha256: '00' };
const otherQuirks = { ...defaultQuirks };

test.for<[title: string, Parameters<ReturnType<typeof counted>['of']>[0]]>([
  ['other bytes', { file: { ...file, sha256: '01' } }],
  ['another name, which is in what is told', { file: { ...file, name: 'b.cfg' } }],
  ['another section', { file, section: 'USER_CONFIG' }],
  ['other quirks', { file, quirks: otherQuirks }],
])('is read anew: %s', ([, other]) => {
  const { of } = counted();
  expect([of({ file }), of(other), of({ file }), of(other)]).toEqual([0, 1, 0, 1]);
});

test('is read once when all is the same, whoever asks', () => {
  const { of } = counted();
  const ask = () => of({ file: { ...file }, quirks: defaultQuirks, section: 'USER_CONFIG' });
  expect([ask(), ask(), ask()]).toEqual([0, 0, 0]);
});

test('is read anew when nobody hashed it', () => {
  const { of } = counted();
  const ask = () => of({ file: { name: 'a.cfg', sha256: '' } });
  expect([ask(), ask()]).toEqual([0, 1]);
});

test('keeps so many of one kind, and what it forgot is read anew', () => {
  const { of, made } = counted();
  for (let index = 0; index < 1_001; index++) of({ file: { name: 'a.cfg', sha256: String(index) } });

  expect(of({ file: { name: 'a.cfg', sha256: '1' } })).toBe(1);
  expect(of({ file: { name: 'a.cfg', sha256: '0' } })).toBe(1_001);
  expect(made()).toBe(1_002);
});
