import { randomInt } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { formatDuration } from '../clock/durations.ts';
import type { Protocol } from '../provisioning/words.ts';
import { formatBytes } from '../report/sizes.ts';
import {
  type EmbeddedServers,
  startEmbeddedServers,
  type TlsIdentity,
} from '../scenario/embedded-servers.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { openOlderTrees } from '../scenario/older-trees.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { directoryStore } from '../server/file-store.ts';
import type { ServedRequest } from '../server/served-request.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, stoppedBy, UsageError } from './exit-codes.ts';
import { type FaultValues, faultOptions, faultRulesOf, faultsInWords } from './fault-options.ts';
import { type Io, whenStopped } from './io.ts';
import { listening, urlOf } from './listening.ts';
import { port, seed } from './values.ts';

interface ServeValues extends FaultValues {
  readonly listen: string;
  readonly tftp?: number;
  readonly ftp?: number;
  readonly http?: number;
  readonly https?: number;
  readonly cert?: string;
  readonly key?: string;
  readonly certOut?: string;
  readonly user?: ReadonlyMap<string, string>;
  readonly seed?: string;
}

export const serveCommand: Command<ServeValues> = {
  argumentSays: 'the folder; nothing outside it is ever sent',
  options: [
    new Option('--listen <ADDRESS>', 'address to listen on').default('127.0.0.1'),
    new Option('--tftp <PORT>', 'serve TFTP on this port (0: a free one)').argParser(port),
    new Option('--ftp <PORT>', 'serve FTP (passive, anonymous)').argParser(port),
    new Option('--http <PORT>', 'serve HTTP').argParser(port),
    new Option('--https <PORT>', 'serve HTTPS').argParser(port),
    new Option('--cert <FILE>', 'certificate for HTTPS, PEM').default(undefined, 'a self-signed one is made'),
    new Option('--key <FILE>', 'its key, PEM'),
    new Option('--cert-out <FILE>', "write the certificate here, for the phone's --ca"),
    new Option('--user <NAME:PASS>', 'an FTP user beside anonymous').argParser(user),
    ...faultOptions(),
    new Option('--seed <TEXT>', 'repeats what faults draw')
      .argParser(seed)
      .default(undefined, 'a new one, printed'),
  ],
  examples: [
    ['deskphone serve ./tree', 'TFTP, FTP and HTTP on free ports'],
    ['deskphone serve ./tree --http 8080 --tftp 6969', 'just these two'],
    [
      'deskphone serve ./tree --fault "truncate *.bin afterBytes=1000 times=1" --fault "latency ms=200"',
      "break off each phone's first image, and be slow",
    ],
    [
      'deskphone serve ./tree --https 8443 --cert-out ca.pem',
      'then: deskphone boot https://127.0.0.1:8443 --ca ca.pem',
    ],
  ],
  run: serve,
};

function user(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError('Expected NAME:PASSWORD.');
  return new Map([...before, [text.slice(0, colon), text.slice(colon + 1)]]);
}

async function serve({ argument = '', values }: Call<ServeValues>, io: Io): Promise<ExitCode> {
  const store = openStore(argument);
  const tls = tlsOf(values);
  const { json, quiet } = values;
  const startedAt = io.clock.now();
  const onRequest = (request: ServedRequest) => {
    if (quiet) return;
    const at = io.clock.now() - startedAt;
    io.out(
      json ? `${JSON.stringify({ type: 'request.served', at, ...request })}\n` : `${requestLine(request)}\n`,
    );
  };
  const ports = portsOf(values);
  const rules = faultRulesOf(values, 'sockets');
  const seed = values.seed ?? String(randomInt(2 ** 32));
  const servers = await listening(
    () =>
      startEmbeddedServers({
        clock: io.clock,
        store,
        listen: values.listen,
        ports,
        onRequest,
        faults: { seed, rules, olderTrees: openOlderTrees(rules) },
        ...(values.user && { users: values.user }),
        ...(tls && { tls }),
      }),
    { ports, flag: (protocol) => `--${protocol} PORT` },
  );
  try {
    if (values.certOut !== undefined) writeCertificate(values.certOut, servers.certificate);
    announce(servers, { directory: argument, seed, rules }, values, io);
    await whenStopped(io.stop);
    return stoppedBy(io.stop);
  } finally {
    await servers.close();
  }
}

function openStore(directory: string) {
  if (directory === '') throw new UsageError('the folder to serve is empty; expected a path such as ./tree');
  try {
    if (!statSync(directory).isDirectory()) throw new UsageError(`${directory} is no folder`);
    accessSync(directory, constants.R_OK | constants.X_OK);
    return directoryStore(directory);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${directory}: ${sayFileFailure(error)}`);
  }
}

/** Nothing chosen: TFTP, FTP and HTTP on free ports. */
function portsOf({ tftp, ftp, http, https }: ServeValues): Partial<Record<Protocol, number>> {
  const chosen = { ...(tftp !== undefined && { tftp }), ...(ftp !== undefined && { ftp }) };
  const all = { ...chosen, ...(http !== undefined && { http }), ...(https !== undefined && { https }) };
  return Object.keys(all).length === 0 ? { tftp: 0, ftp: 0, http: 0 } : all;
}

function tlsOf({ cert, key, https, certOut }: ServeValues): TlsIdentity | undefined {
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key go together');
  if (https === undefined && (cert ?? certOut) !== undefined) {
    throw new UsageError(`${cert === undefined ? '--cert-out' : '--cert'} goes with --https PORT`);
  }
  if (cert === undefined || key === undefined) return undefined;
  return { certificate: read('--cert', cert), key: read('--key', key) };
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${sayFileFailure(error)}`);
  }
}

function writeCertificate(file: string, certificate: string | undefined): void {
  try {
    writeFileSync(file, certificate ?? '');
  } catch (error) {
    throw new UsageError(`--cert-out ${file}: ${sayFileFailure(error)}`);
  }
}

function announce(
  { ports }: EmbeddedServers,
  {
    directory,
    seed,
    rules,
  }: { readonly directory: string; readonly seed: string; readonly rules: readonly FaultRule[] },
  { listen, json }: Call<ServeValues>['values'],
  io: Io,
): void {
  const urls = (Object.entries(ports) as [Protocol, number][]).map(([protocol, port]) =>
    urlOf(protocol, { address: listen, port }),
  );
  if (json) {
    const faults = rules.length === 0 ? {} : { seed, faults: rules };
    io.out(`${JSON.stringify({ type: 'serve.started', at: 0, directory, ports, urls, ...faults })}\n`);
    return;
  }
  io.out(`serving ${directory}\n${urls.map((url) => `  ${url}\n`).join('')}`);
  if (rules.length > 0) io.out(`with ${faultsInWords(rules)}; --seed ${seed} repeats it\n`);
}

function requestLine({ protocol, peer, path, result, bytes, ms, faults }: ServedRequest): string {
  const line = `${protocol.padEnd(5)} ${peer.padEnd(21)} ${path}  ${result}  ${formatBytes(bytes)} in ${formatDuration(ms)}`;
  return faults === undefined ? line : `${line}  (${faults.join(', ')})`;
}
