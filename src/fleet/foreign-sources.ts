import { counted } from '../report/result-words.ts';
import type { FleetPlan, Shard } from './fleet-plan.ts';
import { Population } from './population.ts';

const WHOLE: Shard = { index: 0, of: 1 };

/**
 * Why phones of a shard could not send from the addresses they are to have, in one sentence: before the run
 * each of their files would fail for it. `isOwn`: whether this machine has an address. In virtual time nobody
 * sends.
 */
export function foreignSources(
  plan: FleetPlan,
  shard: Shard,
  isOwn: (address: string) => boolean,
): string | undefined {
  if (plan.time === 'virtual') return undefined;
  const population = new Population(plan);
  const indexes = population.indexes(shard, WHOLE);
  const foreign = indexes.flatMap((index) => {
    const { mac, phone } = population.member(index);
    const address = phone.localAddress;
    return address === undefined || isOwn(address) ? [] : [{ index, mac, address }];
  });
  const [first] = foreign;
  if (first === undefined) return undefined;
  const { index, mac, address } = first;
  return `${foreign.length} of ${counted(indexes.length, 'phone')} would send from addresses that this machine does not have, first phone ${index} (${mac}) from ${address}; expected addresses of its interfaces, or on Linux of 127.0.0.0/8 (as root, ip address add 10.1.0.0/16 dev lo gives it a range)`;
}
