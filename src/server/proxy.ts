import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Protocol } from '../provisioning/words.ts';
import { startFtpProxy } from './proxy/ftp-proxy.ts';
import { Passage } from './proxy/passage.ts';
import type { ProxyFaults, ProxyFaultWord } from './proxy/proxy-faults.ts';
import { type Passed, startTcpProxy } from './proxy/tcp-proxy.ts';
import { startTftpProxy } from './proxy/tftp-proxy.ts';
import type { RunningServer } from './served-request.ts';

export interface ProxyOptions {
  readonly protocol: Protocol;
  /** The server in front of which it stands; its host is numeric. */
  readonly server: { readonly host: string; readonly port: number };
  readonly listen: string;
  /** 0: any free one. */
  readonly port: number;
  readonly faults: ProxyFaults;
  /** Each connection forks its own stream, by protocol and number. */
  readonly random: Random;
  readonly clock: Clock;
  /** When it began, for blackouts: several proxies go dark together. */
  readonly startedMs: number;
  /** Told of each connection, or transfer by TFTP, that is over. */
  readonly onEnd?: (connection: ProxiedSession) => void;
}

/** What came of one connection through a proxy. */
export interface ProxiedSession extends Omit<Passed, 'passage'> {
  readonly protocol: Protocol;
  /** From 1, in the order in which they came. */
  readonly number: number;
  /** Both with the data connections of FTP, and with what TFTP sent again. */
  readonly toServerBytes: number;
  readonly toPhoneBytes: number;
  /** What it met with. */
  readonly faults: readonly ProxyFaultWord[];
}

/** Puts faults in front of somebody's server. Rejects when the port cannot be had. */
export function startProxy(options: ProxyOptions): Promise<RunningServer> {
  const { protocol, server, listen, port, faults, random, clock, startedMs, onEnd } = options;
  let count = 0;
  const newPassage = () => {
    const number = ++count;
    const elapsedMs = () => clock.now() - startedMs;
    return new Passage({ faults, number, random: random.fork(`${protocol}/${number}`), elapsedMs });
  };
  return starters[protocol]({
    listen,
    port,
    server,
    clock,
    newPassage,
    onEnd: ({ passage, ...passed }) => {
      const { number, bytes, met } = passage;
      onEnd?.({
        protocol,
        number,
        ...passed,
        toServerBytes: bytes['to-server'],
        toPhoneBytes: bytes['to-phone'],
        faults: [...met],
      });
    },
  });
}

/** TLS passes as it is. */
const starters = {
  tftp: startTftpProxy,
  ftp: startFtpProxy,
  http: startTcpProxy,
  https: startTcpProxy,
} as const satisfies Record<Protocol, unknown>;
