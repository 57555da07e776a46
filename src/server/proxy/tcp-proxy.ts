import { createServer, type Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import { plainAddress } from '../../transport/ftp-address.ts';
import { listenTcp } from '../listen-tcp.ts';
import type { RunningServer } from '../served-request.ts';
import { addressTowards } from './address-towards.ts';
import type { Passage } from './passage.ts';
import { type Destination, passOn, type Rewriting } from './proxied-connection.ts';

export interface TcpProxyOptions {
  readonly listen: string;
  /** 0: any free one. */
  readonly port: number;
  /** `host` is numeric. */
  readonly server: Destination;
  readonly clock: Clock;
  /** One for each connection. */
  readonly newPassage: () => Passage;
  /** For a protocol that names ports in what it says. */
  readonly rewriting?: (ends: TcpEnds) => Rewriting;
  /** Told when both sides are closed. */
  readonly onEnd: PassedListener;
}

/** Both sides of a connection, and what it passes. */
export interface TcpEnds {
  readonly phone: Socket;
  readonly server: Socket;
  readonly passage: Passage;
}

/** A connection, or a transfer by datagrams, that is over. */
export interface Passed {
  /** `address:port` of the phone. */
  readonly peer: string;
  readonly result: string;
  readonly ms: number;
  readonly passage: Passage;
}

export type PassedListener = (passed: Passed) => void;

/** Connections that the system takes while we are busy. Ours: a boot storm shall meet the server's limit. */
const BACKLOG = 4_096;

/** Listens, and passes every connection on. Rejects when the port cannot be had. */
export async function startTcpProxy(options: TcpProxyOptions): Promise<RunningServer> {
  const phones = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (phone) => {
    phones.add(phone);
    phone.once('close', () => phones.delete(phone));
    void pass(phone, options);
  });
  const port = await listenTcp(listener, { host: options.listen, port: options.port, backlog: BACKLOG });
  return {
    port,
    close: () =>
      new Promise((closed) => {
        listener.close(() => closed());
        for (const phone of phones) phone.resetAndDestroy();
      }),
  };
}

async function pass(phone: Socket, options: TcpProxyOptions): Promise<void> {
  const { clock, server: to, newPassage, rewriting, onEnd } = options;
  const startedMs = clock.now();
  const address = plainAddress(phone.remoteAddress);
  const peer = `${address}:${phone.remotePort}`;
  const passage = newPassage();
  const result = await passOn({
    caller: phone,
    callerIs: 'phone',
    to: { ...to, ...addressTowards(to.host, address) },
    passage,
    clock,
    ...(rewriting && { rewriting: (server) => rewriting({ phone, server, passage }) }),
  });
  onEnd({ peer, result, ms: clock.now() - startedMs, passage });
}
