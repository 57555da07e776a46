import { address } from './address.ts';
import { check } from './check.ts';
import { due } from './due.ts';
import { phone } from './phone.ts';
import { reading } from './reading.ts';
import type { RuleGroup } from './rule.ts';
import { transfers } from './transfers.ts';
import { verification } from './verification.ts';

/** Everything the emulated phone promises to do, by subject: what docs/contract.md is written from. */
export const contract: readonly RuleGroup[] = [phone, address, check, due, reading, verification, transfers];

export const rules = contract.flatMap((group) => group.rules);
