import { address } from './address.ts';
import { due } from './due.ts';
import { phone } from './phone.ts';
import { reading } from './reading.ts';
import type { RuleGroup } from './rule.ts';

/** Everything the emulated phone promises to do, by subject: what docs/contract.md is written from. */
export const contract: readonly RuleGroup[] = [phone, address, due, reading];

export const rules = contract.flatMap((group) => group.rules);
