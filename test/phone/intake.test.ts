import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { endingOf } from '../../src/device/file-ending.ts';
import { type Hold, intakeFor } from '../../src/phone/intake.ts';
import { smallFleet } from '../report/fleet/small-fleet.ts';
import { wholeTree } from './demo-files.ts';

const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

function taken(hold: Hold, bytes: Uint8Array, content?: object) {
  const intake = intakeFor(hold, content);
  for (let at = 0; at < bytes.length; at += 5_000) intake.take(bytes.subarray(at, at + 5_000));
  return { counted: intake.sizeBytes, file: intake.finish('a name') };
}

const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251);

test.for(['all', 'head'] as const)('a file whose content is known is what it was before: %s', (hold) => {
  const content = {};
  const [fresh, first, again] = [
    taken(hold, bytes),
    taken(hold, bytes, content),
    taken(hold, bytes, content),
  ];
  for (const { counted, file } of [first, again]) {
    expect([counted, file.sizeBytes]).toEqual([bytes.length, bytes.length]);
    expect(file.sha256).toBe(sha256Of(bytes));
    expect([file.head, file.bytes, file.ending?.tail]).toEqual([
      fresh.file.head,
      fresh.file.bytes,
      fresh.file.ending?.tail,
    ]);
  }
  for (const digest of ['sha1', 'sha256'] as const) {
    const wanted = hold === 'head' ? endingOf(bytes).digestUpTo(100, digest) : undefined;
    expect(again.file.ending?.digestUpTo(100, digest)).toEqual(wanted && Buffer.from(wanted));
  }
});

test('a file that is known under one name is told by the name it is asked for', () => {
  const content = {};
  taken('all', bytes, content);
  expect(intakeFor('all', content).finish('another').name).toBe('another');
});

test('what is known of a file that was held in part says nothing of one that is held whole', () => {
  const content = {};
  taken('head', bytes, content);
  expect(taken('all', bytes, content).file.bytes).toEqual(Buffer.from(bytes));
});

test('phones of a fleet have each the bytes that came to it, corrupt or not', async () => {
  const corrupt = { fault: 'corrupt', match: '*', share: '50%' } as const;
  const { phones, facts } = await smallFleet({ count: 40, protocols: ['http'], faults: [corrupt] });
  expect(phones).toHaveLength(40);
  const digests = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (const { phone, event } of facts) {
    if (event.type === 'file.requested') names.set(`${phone} ${event.request}`, event.file);
    if (event.type !== 'file.received') continue;
    const name = names.get(`${phone} ${event.request}`) ?? '';
    digests.set(name, [...(digests.get(name) ?? []), event.sha256]);
  }
  for (const name of ['firmware/SIP12x004.04.09.00.bin', 'device.cfg'] as const) {
    const all = digests.get(name) ?? [];
    const whole = all.filter((sha256) => sha256 === sha256Of(wholeTree[name] ?? ''));
    const broken = all.filter((sha256) => sha256 !== sha256Of(wholeTree[name] ?? ''));
    expect([whole.length > 5, broken.length > 5]).toEqual([true, true]);
    // One byte of each, at a place of its own.
    expect(new Set(broken).size).toBeGreaterThan(broken.length / 2);
  }
});
