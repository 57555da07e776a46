import { expect, test } from 'vitest';
import { answerWith } from '../../src/server/answer.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import { serverFaults } from '../../src/server/server-faults.ts';

const MACS = ['001B4F123001', '001B4F123002', '001B4F123003'];
const plain = answerWith({ sizeBytes: 0, modifiedMs: 0, read: () => new Uint8Array() });

/** Which of the requests are struck, as `x..`. */
function struck(rule: Partial<FaultRule>, requests: readonly (readonly [address: string, path: string])[]) {
  const faults = serverFaults({
    seed: '1',
    rules: [{ match: '**', fault: 'missing', ...rule } as FaultRule],
  });
  return requests
    .map(([address, path]) =>
      faults.alter({ protocol: 'http', path, address }, plain) === plain ? '.' : 'x',
    )
    .join('');
}

test('a phone is its address: each has counters of its own', () => {
  const requests = ['127.0.0.1', '127.0.0.2', '127.0.0.1', '127.0.0.2'].map((at) => [at, 'a.cfg'] as const);
  expect(struck({ times: 1 }, requests)).toBe('xx..');
});

test('a socket of both families writes IPv4 otherwise; it is the same phone', () => {
  expect(
    struck({ times: 1 }, [
      ['127.0.0.1', 'a.cfg'],
      ['::ffff:127.0.0.1', 'a.cfg'],
    ]),
  ).toBe('x.');
});

test('phones at one address are told apart by SIP<MAC>.cfg; the first is the address', () => {
  const own = MACS.map((mac) => ['127.0.0.1', `sub/SIP${mac}.cfg`] as const);
  expect(struck({ times: 1 }, [...own, ...own])).toBe('xxx...');
  expect(struck({ times: 1 }, [['127.0.0.1', '1230SIP.cfg'], ...own])).toBe('x.xx');
});

test('protocols share the counters', () => {
  const rules: FaultRule[] = [{ match: '**', fault: 'missing', times: 1 }];
  const faults = serverFaults({ seed: '1', rules });
  const asked = (['tftp', 'ftp', 'http'] as const).map(
    (protocol) => faults.alter({ protocol, path: 'a', address: '127.0.0.1' }, plain).faults,
  );
  expect(asked).toEqual([['missing'], [], []]);
});

test('a slash before a path is none of it', () => {
  expect(
    struck({ match: 'sub/*.cfg' }, [
      ['127.0.0.1', '/sub/a.cfg'],
      ['127.0.0.1', 'sub/a.cfg'],
    ]),
  ).toBe('xx');
});

test('a share picks addresses, the same each time', () => {
  const requests = Array.from({ length: 200 }, (_, index) => [`127.0.1.${index}`, 'a.cfg'] as const);
  const first = struck({ share: '25%' }, requests);
  // Four standard deviations; the seed is fixed, so this is no matter of luck.
  expect(Math.abs((first.match(/x/g)?.length ?? 0) - 50)).toBeLessThan(25);
  expect(struck({ share: '25%' }, requests)).toBe(first);
});
