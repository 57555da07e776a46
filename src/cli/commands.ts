import { bootCommand } from './boot.ts';
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { dialCommand } from './dial.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { lintCommand } from './lint.ts';
import { proxyCommand } from './proxy.ts';
import { recordCommand } from './record.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { signCommand } from './sign.ts';
import { statechartCommand } from './statechart.ts';

/** Every command, in the order help lists them. */
export const commands: readonly Command<never>[] = [
  bootCommand,
  checkCommand,
  runCommand,
  reportCommand,
  serveCommand,
  proxyCommand,
  lintCommand,
  diffCommand,
  recordCommand,
  dialCommand,
  signCommand,
  statechartCommand,
  doctorCommand,
  schemaCommand,
];
