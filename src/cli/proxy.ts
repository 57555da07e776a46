import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { InvalidArgumentError, Option } from 'commander';
import { formatDuration, parseDuration } from '../clock/durations.ts';
import { seededRandom } from '../clock/random.ts';
import { usualPorts } from '../provisioning/section-source.ts';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { type Protocol, protocols } from '../provisioning/words.ts';
import { formatBytes } from '../report/sizes.ts';
import type { ProxyFaults } from '../server/proxy/proxy-faults.ts';
import { type ProxiedSession, startProxy } from '../server/proxy.ts';
import type { RunningServer } from '../server/served-request.ts';
import { chanceOf, sharePattern } from '../server/share.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, stoppedBy, UsageError } from './exit-codes.ts';
import { type Io, whenStopped } from './io.ts';
import { listening, urlOf } from './listening.ts';
import * as read from './values.ts';

interface ProxyValues {
  readonly listen: string;
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  readonly latency: number;
  readonly jitter: number;
  readonly drop: string;
  readonly stall?: Stall;
  readonly blackout: readonly Blackout[];
  readonly seed?: string;
}

type Stall = NonNullable<ProxyFaults['stall']>;
type Blackout = ProxyFaults['blackouts'][number];

export const proxyCommand: Command<ProxyValues> = {
  argumentSays: 'the server, such as http://192.0.2.7:8080; one for each protocol',
  options: [
    new Option('--listen <ADDRESS>', 'address to listen on').argParser(read.address).default('127.0.0.1'),
    new Option('--ports <LIST>', 'where to listen, such as tftp=6969,ftp=2121,http=8080')
      .argParser(read.ports)
      .default({}, 'free ones, printed'),
    new Option('--latency <DURATION>', 'what the server says comes so much later')
      .argParser(read.duration)
      .default(0, 'none'),
    new Option('--jitter <DURATION>', 'and up to so much later still')
      .argParser(read.duration)
      .default(0, 'none'),
    new Option('--drop <SHARE>', 'so many packets are lost either way, such as 1%; TCP sends them again')
      .argParser(share)
      .default('0%', 'none'),
    new Option('--stall <DURATION@SHARE>', 'so many connections stop once for so long, such as 10s@5%')
      .argParser(stall)
      .default(undefined, 'none'),
    new Option(
      '--blackout <DURATION@MOMENT>',
      'nothing passes for so long from then on, such as 30s@2m; may be repeated',
    )
      .argParser(blackout)
      .default([], 'none'),
    new Option('--seed <TEXT>', 'repeats what is drawn')
      .argParser(read.seed)
      .default(undefined, 'a new one, printed'),
  ],
  examples: [
    ['deskphone proxy http://192.0.2.7 --latency 50ms', 'every answer comes 50 ms later'],
    [
      'deskphone proxy tftp://192.0.2.7 ftp://192.0.2.7 --ports tftp=6969,ftp=2121 --drop 1%',
      'one packet of a hundred is lost',
    ],
    ['deskphone proxy http://192.0.2.7 --ports http=8080 --blackout 30s@2m', 'gone for half a minute'],
  ],
  run: proxy,
};

function share(text: string): string {
  if (sharePattern.test(text) && chanceOf(text) < 1) return text;
  throw new InvalidArgumentError('Expected a share below 100% such as 1% or 0.5%.');
}

function stall(text: string): Stall {
  const [forMs, share] = atParts(text);
  if (forMs !== undefined && sharePattern.test(share)) return { forMs, share: chanceOf(share) };
  throw new InvalidArgumentError('Expected DURATION@SHARE such as 10s@5%.');
}

function blackout(text: string, before: readonly Blackout[] = []): readonly Blackout[] {
  const [forMs, moment] = atParts(text);
  const atMs = parseDuration(moment);
  if (forMs !== undefined && atMs !== undefined) return [...before, { forMs, atMs }];
  throw new InvalidArgumentError('Expected DURATION@MOMENT such as 30s@2m.');
}

/** What stands before the `@`, in ms if it is a duration, and what stands behind it. */
function atParts(text: string): readonly [forMs: number | undefined, behind: string] {
  const [duration = '', behind = ''] = text.split('@');
  return [parseDuration(duration), behind];
}

async function proxy(call: Call<ProxyValues>, io: Io): Promise<ExitCode> {
  const { values } = call;
  const servers = await Promise.all(serversOf(call.arguments).map(resolved));
  refuseOtherPorts(values, servers);
  const seed = values.seed ?? String(randomInt(2 ** 32));
  const startedMs = io.clock.now();
  const common = {
    listen: values.listen,
    faults: faultsOf(values),
    random: seededRandom(seed),
    clock: io.clock,
    startedMs,
    onEnd: (session: ProxiedSession) => tell(session, { values, io, startedMs }),
  };
  const running: RunningServer[] = [];
  const close = async () => void (await Promise.all(running.map((one) => one.close())));
  try {
    const ways: Way[] = [];
    for (const server of servers) {
      const { protocol, host, port } = server;
      const asked = values.ports[protocol] ?? 0;
      const one = await listening(
        () => startProxy({ ...common, protocol, server: { host, port }, port: asked }),
        { ports: { [protocol]: asked }, flag: () => `--ports ${protocol}=PORT` },
      );
      running.push(one);
      const from = urlOf(protocol, { address: values.listen, port: one.port });
      ways.push({ from: `${from}${server.path}`, to: server.shown });
    }
    announce(ways, { values, seed, io });
    await whenStopped(io.stop);
    return stoppedBy(io.stop);
  } finally {
    await close();
  }
}

/** Ports of protocols that no URL names. Throws `UsageError`. */
function refuseOtherPorts({ ports }: ProxyValues, servers: readonly Server[]): void {
  for (const protocol of protocols) {
    if (ports[protocol] === undefined || servers.some((server) => server.protocol === protocol)) continue;
    throw new UsageError(
      `--ports ${protocol}=${ports[protocol]}: no URL of ${protocol.toUpperCase()} is given`,
    );
  }
}

interface Server {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** Phones ask for it as they would ask the server: what passes is not changed. */
  readonly path: string;
  /** As it was given, without a password. */
  readonly shown: string;
}

function serversOf(urls: readonly string[]): readonly Server[] {
  const servers = urls.map((url) => {
    const parsed = parseServerAddress(url, 'typed');
    if (!parsed.ok) throw new UsageError(parsed.message);
    return serverOf(parsed.address, withoutPassword(url));
  });
  const twice = servers.find(({ protocol }, index) =>
    servers.slice(0, index).some((other) => other.protocol === protocol),
  );
  if (twice !== undefined) {
    throw new UsageError(
      `two servers of ${twice.protocol.toUpperCase()}; expected one URL for each protocol`,
    );
  }
  return servers;
}

function serverOf({ protocol, host, port, path }: ServerAddress, shown: string): Server {
  return { protocol, host, port: port ?? usualPorts[protocol], path, shown };
}

/** A look-up for each connection would be the proxy's own latency. */
async function resolved(server: Server): Promise<Server> {
  try {
    return { ...server, host: (await lookup(server.host)).address };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${server.shown}: no address of ${server.host} could be found (${why})`);
  }
}

function faultsOf({ latency, jitter, drop, stall, blackout }: ProxyValues): ProxyFaults {
  return {
    latencyMs: latency,
    jitterMs: jitter,
    drop: chanceOf(drop),
    blackouts: blackout,
    ...(stall && { stall }),
  };
}

interface Way {
  readonly from: string;
  readonly to: string;
}

function announce(
  ways: readonly Way[],
  {
    values,
    seed,
    io,
  }: { readonly values: Call<ProxyValues>['values']; readonly seed: string; readonly io: Io },
): void {
  const faults = faultsOf(values);
  if (values.json) {
    io.out(`${JSON.stringify({ type: 'proxy.started', at: 0, seed, ways, faults })}\n`);
    return;
  }
  io.out(ways.map(({ from, to }) => `${from} -> ${to}\n`).join(''));
  io.out(`with ${inWords(faults)}; --seed ${seed} repeats it\n`);
}

function inWords({ latencyMs, jitterMs, drop, stall, blackouts }: ProxyFaults): string {
  const words = [
    ...(latencyMs > 0 ? [`latency of ${formatDuration(latencyMs)}`] : []),
    ...(jitterMs > 0 ? [`jitter of up to ${formatDuration(jitterMs)}`] : []),
    ...(drop > 0 ? [`${percent(drop)} of packets lost`] : []),
    ...(stall ? [`${percent(stall.share)} of connections stalled for ${formatDuration(stall.forMs)}`] : []),
    ...blackouts.map(
      ({ atMs, forMs }) => `a blackout of ${formatDuration(forMs)} after ${formatDuration(atMs)}`,
    ),
  ];
  return words.length === 0 ? 'no faults' : words.join(', ');
}

function percent(chance: number): string {
  return `${Number((chance * 100).toFixed(3))}%`;
}

function tell(
  session: ProxiedSession,
  {
    values,
    io,
    startedMs,
  }: { readonly values: Call<ProxyValues>['values']; readonly io: Io; readonly startedMs: number },
): void {
  if (values.quiet) return;
  const at = io.clock.now() - startedMs;
  if (values.json) {
    io.out(`${JSON.stringify({ type: 'connection.passed', at, ...session })}\n`);
    return;
  }
  const { protocol, peer, result, toServerBytes, toPhoneBytes, ms, faults } = session;
  const bytes = `${formatBytes(toServerBytes)} there, ${formatBytes(toPhoneBytes)} back`;
  const met = faults.length === 0 ? '' : `  (${faults.join(', ')})`;
  io.out(`${protocol.padEnd(5)} ${peer.padEnd(21)} ${result}  ${bytes} in ${formatDuration(ms)}${met}\n`);
}
