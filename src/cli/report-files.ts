import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  rmdirSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeDirectory, systemCode } from '../flash/durable-file.ts';
import { FlashError } from '../flash/flash.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { FileOrder } from './report-option.ts';
import { isSameFile, whyOverwriting } from './same-file.ts';

/** What reports may not be written over, and how they were asked for. */
interface ReportsAround {
  /** Files that the command reads. */
  readonly inputs?: readonly string[];
  /** By which option a file is wanted; usually `--report`. */
  readonly optionOf?: (order: FileOrder) => string;
}

/**
 * Before anything is run: throws `UsageError` with each file that could not be written after it, that two
 * options want, or that is an input. Leaves every file as it is.
 */
export function refuseUnwritable(
  orders: readonly FileOrder[],
  { inputs = [], optionOf = asGiven }: ReportsAround = {},
): void {
  const problems = orders.flatMap((order, index) => {
    const why =
      whyUnwritable(order.file) ??
      whyOverwriting(order.file, inputs) ??
      whyTaken(order.file, orders.slice(0, index), optionOf);
    return why === undefined ? [] : [`${optionOf(order)}: ${why}`];
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/**
 * Writes every report that was asked for, with the folders it needs, and says which could not be. What is
 * lost makes a good run an invalid one: that is the exit code then.
 */
export function writeReports<Order extends FileOrder>(
  orders: readonly Order[],
  textOf: (order: Order) => string,
  io: Pick<Io, 'err'>,
  optionOf: (order: FileOrder) => string = asGiven,
): ExitCode {
  let code: ExitCode = exitCodes.asExpected;
  for (const order of orders) {
    const text = textOf(order);
    try {
      write(order.file, text);
    } catch (error) {
      const cause = error instanceof FlashError ? error.cause : error;
      io.err(`error: ${optionOf(order)}: is not written: ${sayFileFailure(cause)}\n`);
      code = exitCodes.invalidRun;
    }
  }
  return code;
}

function asGiven({ kind, file }: FileOrder): string {
  return `--report ${kind}=${file}`;
}

function write(file: string, text: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) makeDirectory(folder);
  writeFileSync(file, text);
}

function whyUnwritable(file: string): string | undefined {
  if (file.endsWith('/') || file.endsWith(sep)) return 'is the name of a folder; expected that of a file';
  try {
    const stats = statsOf(file);
    if (stats === undefined) return whyNotMade(file);
    if (stats.isDirectory()) return 'is a folder; expected a file';
    accessSync(file, constants.W_OK);
    return undefined;
  } catch (error) {
    return `${sayFileFailure(error)}; expected a file that can be written`;
  }
}

/** Of a file that is not there. Throws what the system says of its name. */
function whyNotMade(file: string): string | undefined {
  let folder = dirname(file);
  while (statsOf(folder) === undefined && dirname(folder) !== folder) folder = dirname(folder);
  // The system says that a name is too long only where its folder is.
  for (const name of relative(folder, file).split(sep)) statsOf(join(folder, name));
  try {
    // Root may write to /proc, says `access`, and cannot.
    rmdirSync(mkdtempSync(join(folder, '.deskphone-')));
    return undefined;
  } catch (error) {
    return `nothing can be made in ${resolve(folder)}: ${sayFileFailure(error)}; expected a folder that can be written`;
  }
}

/** The later would take the place of the earlier. */
function whyTaken(
  file: string,
  before: readonly FileOrder[],
  optionOf: (order: FileOrder) => string,
): string | undefined {
  const other = before.find((one) => isSameFile(one.file, file));
  return other && `${optionOf(other)} goes there too; expected a file for each`;
}

/** Undefined: there is nothing of that name. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
