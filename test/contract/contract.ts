import { address } from './address.ts';
import { check } from './check.ts';
import { dndAndCalls } from './dnd-and-calls.ts';
import { due } from './due.ts';
import { failures } from './failures.ts';
import { fieldRows } from './field-rows.ts';
import { ftpAndHttp } from './ftp-and-http.ts';
import { loggingIn } from './login.ts';
import { network } from './network.ts';
import { panel } from './panel.ts';
import { phone } from './phone.ts';
import { poll } from './poll.ts';
import { power } from './power.ts';
import { questions } from './questions.ts';
import { reading } from './reading.ts';
import { restart } from './restart.ts';
import { mutationsOf, type RuleGroup } from './rule.ts';
import { security } from './security.ts';
import { switches } from './switches.ts';
import { takingFiles } from './taking-files.ts';
import { tftp } from './tftp.ts';
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
  tftp,
  ftpAndHttp,
  poll,
  questions,
  dndAndCalls,
  loggingIn,
  power,
  panel,
  switches,
  failures,
  fieldRows,
];

export const rules = contract.flatMap((group) => group.rules);

export const mutations = rules.flatMap(mutationsOf);
