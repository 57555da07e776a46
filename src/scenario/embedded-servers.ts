import type { Clock } from '../clock/clock.ts';
import { makeSelfSignedCertificate } from '../device/sign.ts';
import type { Protocol } from '../provisioning/words.ts';
import { complaintsOnTheWire } from '../server/fault-rules.ts';
import type { FileStore } from '../server/file-store.ts';
import { startFtpServer } from '../server/ftp-server.ts';
import { startHttpServer } from '../server/http-server.ts';
import { type FaultPlan, faultless } from '../server/phone-faults.ts';
import type { RunningServer, ServedRequestListener } from '../server/served-request.ts';
import { type ServerFaults, serverFaults } from '../server/server-faults.ts';
import { startTftpServer } from '../server/tftp-server.ts';
import { changingFaults, oneAfterOther } from './changing-faults.ts';

export interface EmbeddedServersOptions {
  readonly clock: Clock;
  readonly store: FileStore;
  readonly listen: string;
  /** A protocol that is not named is not served; port 0: a free one. */
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /** Users of FTP beside `anonymous`. */
  readonly users?: ReadonlyMap<string, string>;
  /** For https; absent: a self-signed one is made. PEM. */
  readonly tls?: TlsIdentity;
  readonly onRequest?: ServedRequestListener;
  /** What goes wrong on purpose. */
  readonly faults?: FaultPlan;
  /** What goes wrong beside that at this moment; the same object until it changes. */
  readonly faultsToCome?: () => FaultPlan;
}

export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
}

/** Servers of one tree over several protocols. */
export interface EmbeddedServers {
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /** The certificate of https, PEM, when https is served. */
  readonly certificate?: string;
  close(): Promise<void>;
}

const CERTIFICATE_DAYS = 30;

/** Starts a server for each protocol that has a port. When one cannot start, none stays. */
export async function startEmbeddedServers(options: EmbeddedServersOptions): Promise<EmbeddedServers> {
  const running = new Map<Protocol, RunningServer>();
  const close = async () => {
    await Promise.all([...running.values()].map((server) => server.close()));
  };
  const faults = faultsOf(options);
  const tls = options.ports.https === undefined ? undefined : (options.tls ?? selfSigned(options));
  try {
    for (const [protocol, port] of Object.entries(options.ports) as [Protocol, number][]) {
      const server = await starters[protocol]({ ...options, faults, port, tls });
      running.set(protocol, isRefused(protocol, options.faults) ? await closedPort(server) : server);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ports: Object.fromEntries([...running].map(([protocol, server]) => [protocol, server.port])),
    ...(tls !== undefined && { certificate: tls.certificate }),
    close,
  };
}

/** One set of counters, whatever the protocol. */
function faultsOf({ faults: plan, faultsToCome }: EmbeddedServersOptions): ServerFaults {
  const [complaint] = complaintsOnTheWire(plan?.rules ?? []);
  if (complaint !== undefined) throw new Error(complaint.message);
  const planned = plan === undefined ? faultless : serverFaults(plan);
  return faultsToCome === undefined
    ? planned
    : oneAfterOther(planned, changingFaults(faultsToCome, serverFaults));
}

function isRefused(protocol: Protocol, plan: FaultPlan | undefined): boolean {
  const rules = plan?.rules ?? [];
  return rules.some((rule) => rule.fault === 'refuse' && (rule.protocol ?? protocol) === protocol);
}

/** A port that was free a moment ago, at which nobody listens. */
async function closedPort(server: RunningServer): Promise<RunningServer> {
  await server.close();
  return { port: server.port, close: async () => {} };
}

interface Start extends Omit<EmbeddedServersOptions, 'ports' | 'tls' | 'faults' | 'faultsToCome'> {
  readonly faults: ServerFaults;
  readonly port: number;
  readonly tls: TlsIdentity | undefined;
}

const starters: Readonly<Record<Protocol, (start: Start) => Promise<RunningServer>>> = {
  tftp: (start) => startTftpServer(common(start)),
  ftp: (start) => startFtpServer({ ...common(start), users: start.users ?? new Map(), anonymous: 'allowed' }),
  http: (start) => startHttpServer(ofUsers(start)),
  https: (start) => startHttpServer({ ...ofUsers(start), ...(start.tls && { tls: start.tls }) }),
};

/** Where users are named HTTP is for them alone, as it is under virtual time. */
function ofUsers(start: Start) {
  return { ...common(start), ...(start.users && { users: start.users, protect: true }) };
}

function common({ clock, store, faults, listen, port, onRequest }: Start) {
  return { clock, store, faults, listen, port, ...(onRequest && { onRequest }) };
}

function selfSigned({ clock, listen }: EmbeddedServersOptions): TlsIdentity {
  return makeSelfSignedCertificate({
    commonName: 'deskphone-emulator',
    addresses: [listen, '127.0.0.1', '::1', 'localhost'],
    notBefore: clock.now(),
    days: CERTIFICATE_DAYS,
  });
}
