import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_SOFTWARE } from '../device/flash-contents.ts';
import { directoryTree } from '../lint/directory-tree.ts';
import { type LintReport, lintTree } from '../lint/lint-tree.ts';
import { mendTree } from '../lint/mend-tree.ts';
import { type StoredState, storedStates } from '../lint/phones.ts';
import { isRuleId, type RuleId, ruleIds } from '../lint/rules.ts';
import type { Tree } from '../lint/tree.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { defaultQuirks, type Quirks } from '../provisioning/quirks.ts';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { type Model, models, type Protocol, type Severity, severities } from '../provisioning/words.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import type { Transport } from '../transport/transport.ts';
import { readCertificates } from './certificates.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { diffLines } from './lint-diff.ts';
import { type LintFormat, lintFormats, writeReport } from './lint-formats.ts';
import * as read from './values.ts';

interface LintValues {
  readonly phones?: readonly Model[];
  readonly software: readonly [string, ...string[]];
  readonly stored: readonly StoredState[];
  readonly mac: readonly string[];
  readonly server?: string;
  readonly rtt?: number;
  readonly format: LintFormat;
  readonly fix: boolean;
  readonly diff: boolean;
  readonly failOn: Severity;
  readonly allow: readonly RuleId[];
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  readonly ca?: string;
  readonly insecure: boolean;
  readonly quirk: Quirks;
}

export const lintCommand: Command<LintValues> = {
  argumentSays: 'the folder that phones are given, or the address of its server',
  options: [
    new Option('--phones <MODELS>', 'as which phones')
      .argParser(modelList)
      .default(undefined, 'the models that have a provisioning file'),
    new Option('--software <LOADS>', 'the loads they run')
      .argParser(loadList)
      .default([DEFAULT_SOFTWARE], DEFAULT_SOFTWARE),
    new Option(
      '--stored <STATES>',
      'what they have of the tree: nothing (from the factory), current (all of it)',
    )
      .argParser(stateList)
      .default(['nothing'], 'nothing'),
    new Option('--mac <MACS>', 'phones whose own SIP<MAC>.cfg must be there')
      .argParser(macList)
      .default([], 'whichever are there'),
    new Option('--server <URL>', 'the address phones get a folder from, such as http://192.0.2.1/phones')
      .argParser(serverUrl)
      .default(undefined, 'not known'),
    new Option(
      '--rtt <DURATION>',
      'round trip to the farthest phone: does everything arrive in time by TFTP?',
    )
      .argParser(read.duration)
      .default(undefined, 'not known'),
    new Option('--format <FORMAT>', 'how the report is written').choices(lintFormats).default('text'),
    new Option('--fix', 'mend what can be mended without changing what is meant, and show it').default(false),
    new Option('--diff', 'show what --fix would do, and change nothing').default(false),
    new Option('--fail-on <SEVERITY>', 'a finding this severe ends with exit code 3')
      .choices(severities)
      .default('error'),
    new Option('--allow <RULES>', 'say nothing by these rules').argParser(ruleList).default([], 'none'),
    new Option('--ports <LIST>', 'ports of protocols named without one, such as tftp=6969,http=8080')
      .argParser(read.ports)
      .default({}, '69, 21, 80, 443'),
    new Option('--ca <FILE>', 'trust the certificates in this PEM file for https').argParser(read.path),
    new Option('--insecure', 'do not verify the certificate of an https server').default(false),
    new Option(
      '--quirk <NAME=VALUE>',
      'choose an assumption about the phone (deskphone schema quirks lists them)',
    )
      .argParser(read.quirk)
      .default(defaultQuirks, 'the first of each'),
  ],
  examples: [
    ['deskphone lint ./tree', 'every finding with file and line, worst first, and who fetches what'],
    ['deskphone lint ./tree --rtt 80ms --server http://192.0.2.1/', 'as seen from the farthest site'],
    ['deskphone lint ./tree --stored nothing,current', 'what is fetched once, and what at every check'],
    ['deskphone lint http://192.0.2.1/phones --mac 001B4F123001', 'a server, asked as that phone would'],
    ['deskphone lint ./tree --format sarif > lint.sarif', 'for code scanners; junit for CI servers'],
    ['deskphone lint ./tree --diff', 'what --fix would change'],
  ],
  run: lint,
};

async function lint(call: Call<LintValues>, io: Io): Promise<ExitCode> {
  const { argument = '', values } = call;
  if (argument === '') throw new UsageError('the tree is empty; expected a folder or a URL');
  if (values.fix || values.diff) await showMended(argument, values, io);
  if (values.diff) return exitCodes.asExpected;
  const report = await reportOf(argument, values, io);
  if (report === undefined) return stoppedBy(io.stop);
  writeReport(report, values, io);
  const bad = severities
    .slice(severities.indexOf(values.failOn))
    .some((severity) => report.counts[severity] > 0);
  return bad ? exitCodes.failed : exitCodes.asExpected;
}

/** The diff is for people; in every other format it would be in the way of the report. */
async function showMended(argument: string, values: Call<LintValues>['values'], io: Io): Promise<void> {
  const { tree } = await openTree(argument, values, io);
  const palette = io.color ? ansiPalette : plainPalette;
  const shows = values.format === 'text' && !values.json && !values.quiet;
  let files = 0;
  for (const file of mendTree(tree, { quirks: values.quirk, write: values.fix ? 'yes' : 'no' })) {
    if (io.stop.aborted) return;
    if (file.unwritten === undefined) files++;
    else io.err(`error: ${file.path} stays as it is: ${file.unwritten}\n`);
    if (!shows) continue;
    for (const line of diffLines(argument, file, palette)) io.out(`${line}\n`);
  }
  if (shows)
    io.out(
      `${files === 0 ? 'nothing to mend by itself' : `${values.fix ? 'mended' : 'to mend'}: ${files} ${files === 1 ? 'file' : 'files'}`}\n\n`,
    );
}

/** Undefined: told to stop before it was done. */
async function reportOf(argument: string, values: LintValues, io: Io): Promise<LintReport | undefined> {
  const { server, doors, tree } = await openTree(argument, values, io);
  const stopped = new Error('told to stop');
  try {
    return await lintTree({
      tree,
      server,
      ports: values.ports,
      quirks: values.quirk,
      models: values.phones,
      software: values.software,
      stored: values.stored,
      macs: values.mac,
      rttMs: values.rtt,
      allow: values.allow,
      breathe: async () => {
        await new Promise<void>((resolve) => io.clock.setTimeout(resolve, 0));
        if (io.stop.aborted) throw stopped;
      },
    });
  } catch (error) {
    if (error === stopped) return undefined;
    throw error;
  } finally {
    doors?.close();
  }
}

interface OpenTree {
  readonly tree: Tree;
  readonly server: ServerAddress | undefined;
  readonly doors?: Transport;
}

async function openTree(argument: string, values: LintValues, io: Io): Promise<OpenTree> {
  if (/^[a-z]+:\/\//i.test(argument)) return openServer(argument, values, io);
  const server = values.server === undefined ? undefined : addressOf(values.server);
  try {
    return { tree: directoryTree(argument), server };
  } catch (error) {
    throw new UsageError(`${argument}: ${sayFileFailure(error)}`);
  }
}

async function openServer(argument: string, values: LintValues, io: Io): Promise<OpenTree> {
  const { fix, diff, server, quirk, software, insecure, ca } = values;
  if (fix || diff)
    throw new UsageError(`${fix ? '--fix' : '--diff'} goes with a folder: a server takes no files`);
  if (server !== undefined) throw new UsageError('--server goes with a folder; a URL says it itself');
  const { fetchedTree } = await import('../lint/fetched-tree.ts');
  const { socketTransport } = await import('../scenario/socket-transport.ts');
  const doors = socketTransport(io.clock, quirk);
  const tree = fetchedTree({
    name: withoutPassword(argument),
    transport: doors,
    software: software[0],
    tls: {
      ca: ca === undefined ? [] : [readCertificates('--ca ', ca)],
      verify: insecure ? 'accept-any' : 'verify',
    },
    signal: io.stop,
  });
  return { tree, server: addressOf(argument), doors };
}

function addressOf(text: string): ServerAddress {
  const parsed = parseServerAddress(text, 'typed');
  if (!parsed.ok) throw new UsageError(parsed.message);
  return parsed.address;
}

/** It would be printed with the other options; what user a phone is does not matter to a folder. */
function serverUrl(text: string): string {
  if (text.includes('@')) throw new InvalidArgumentError('Expected an address without user and password.');
  return text;
}

function modelList(text: string): readonly Model[] {
  return text.split(',').map((word) => oneOf(models, word.trim(), 'model'));
}

function stateList(text: string): readonly StoredState[] {
  return text.split(',').map((word) => oneOf(storedStates, word.trim(), 'state'));
}

function loadList(text: string): readonly string[] {
  return text.split(',').map((word) => read.softwareLoad(word.trim()));
}

function macList(text: string): readonly string[] {
  return text.split(',').map((word) => read.macAddress(word.trim()));
}

function ruleList(text: string, before: readonly RuleId[] = []): readonly RuleId[] {
  const rules = text.split(',').map((word) => {
    const id = word.trim();
    if (isRuleId(id)) return id;
    const meant = nearestName(id, ruleIds);
    throw new InvalidArgumentError(
      `"${id}" is no rule; ${meant === undefined ? 'docs/lint.md lists them' : `did you mean ${meant}?`}`,
    );
  });
  return [...before, ...rules];
}

function oneOf<const W extends string>(words: readonly W[], text: string, what: string): W {
  const word = words.find((known) => known === text);
  if (word === undefined)
    throw new InvalidArgumentError(`"${text}" is no ${what}; expected ${words.join(', ')}.`);
  return word;
}
