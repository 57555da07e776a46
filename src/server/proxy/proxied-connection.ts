import { connect, type Socket } from 'node:net';
import { type Clock, sleep } from '../../clock/clock.ts';
import { LateSending } from './late-sending.ts';
import type { Direction, Passage } from './passage.ts';

/** One end of a way through the proxy. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Absent: the system chooses. */
  readonly localAddress?: string;
}

export interface ProxiedConnection {
  /** Who connected to the proxy. */
  readonly caller: Socket;
  /** Usually a phone; the server, where it opens a data connection of active FTP. */
  readonly callerIs: 'phone' | 'server';
  readonly to: Destination;
  readonly passage: Passage;
  readonly clock: Clock;
  /** Changes what passes, piece by piece and in its order; absent: nothing is changed. */
  readonly rewriting?: (called: Socket) => Rewriting;
}

/** Of what each side says. */
export type Rewriting = Readonly<Record<Direction, Rewriter>>;

/** Pieces in, pieces out. */
export interface Rewriter {
  /** An empty one when more has to come first. */
  change(chunk: Buffer): Promise<Buffer>;
  /** No more comes: what waited for more. */
  rest(): Buffer;
}

/**
 * Passes one connection on, both ways, until both ends have closed it. What ends or resets one end does so to
 * the other, behind all that it said before. Says how it went: `passed`; `abandoned` by a phone that did not
 * wait; or a code of the system such as `ECONNREFUSED`.
 */
export async function passOn(connection: ProxiedConnection): Promise<string> {
  const { caller, passage, clock } = connection;
  caller.on('error', () => {});
  const closed = new Promise<void>((resolve) => caller.once('close', () => resolve()));
  const waitMs = passage.untilOpen();
  if (waitMs > 0) await Promise.race([sleep(clock, waitMs), closed]);
  return caller.destroyed ? 'abandoned' : joined(connection, closed);
}

async function joined(
  { caller, callerIs, to, passage, clock, rewriting }: ProxiedConnection,
  callerClosed: Promise<void>,
): Promise<string> {
  const called = connect({ ...to, noDelay: true, allowHalfOpen: true });
  const calledClosed = new Promise<void>((resolve) => called.once('close', () => resolve()));
  const change = rewriting?.(called);
  const [there, back] = ways[callerIs];
  join({ from: caller, to: called, direction: there, change, passage, clock });
  join({ from: called, to: caller, direction: back, change, passage, clock });
  let result = 'passed';
  called.once('error', (error: NodeJS.ErrnoException) => {
    result = error.code ?? error.message;
  });
  caller.resume();
  await Promise.all([callerClosed, calledClosed]);
  return result;
}

const ways = {
  phone: ['to-server', 'to-phone'],
  server: ['to-phone', 'to-server'],
} as const satisfies Record<ProxiedConnection['callerIs'], readonly Direction[]>;

interface Joint {
  readonly from: Socket;
  readonly to: Socket;
  readonly direction: Direction;
  readonly change: Rewriting | undefined;
  readonly passage: Passage;
  readonly clock: Clock;
}

function join({ from, to, direction, change, passage, clock }: Joint): void {
  const onSent = (bytes: number) => {
    passage.bytes[direction] += bytes;
  };
  const sending = new LateSending({ from, to, clock, onSent });
  const push = (chunk: Buffer) => {
    if (chunk.length > 0) sending.push(chunk, passage.delayOfChunk(direction, chunk.length));
  };
  const { onData, onEnding } = change === undefined ? unchanged(push) : changed(change[direction], push);
  from.on('data', onData);
  from.once('end', () => onEnding(() => sending.end()));
  from.once('error', () => onEnding(() => sending.reset(passage.delayOfChunk(direction, 0))));
  from.once('close', () => onEnding(() => sending.leave()));
}

type Push = (chunk: Buffer) => void;

interface Listeners {
  readonly onData: Push;
  onEnding(tell: () => void): void;
}

function unchanged(push: Push): Listeners {
  return { onData: push, onEnding: (tell) => tell() };
}

/** A change may take its time: what comes after waits for it. */
function changed(rewriter: Rewriter, push: Push): Listeners {
  let before: Promise<void> = Promise.resolve();
  return {
    onData: (chunk) => {
      before = before.then(async () => push(await rewriter.change(chunk)));
    },
    onEnding: (tell) => {
      before = before.then(() => {
        push(rewriter.rest());
        tell();
      });
    },
  };
}
