import { address } from './address.ts';
import { check } from './check.ts';
import { due } from './due.ts';
import { network } from './network.ts';
import { phone } from './phone.ts';
import { reading } from './reading.ts';
import { restart } from './restart.ts';
import type { RuleGroup } from './rule.ts';
import { security } from './security.ts';
import { takingFiles } from './taking-files.ts';
import { transfers } from './transfers.ts';
import { verification } from './verification.ts';

/** Everything the emulated phone promises to do, by subject: what docs/contract.md is written from. */
export const contract: readonly RuleGroup[] = [
  phone,
  network,
  address,
  check,
  due,
  takingFiles,
  restart,
  reading,
  verification,
  security,
  transfers,
];

export const rules = contract.flatMap((group) => group.rules);
