import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, sleep, type Timer } from '../../src/clock/clock.ts';
import { DAY_MS, HOUR_MS } from '../../src/clock/durations.ts';
import { JumpClock } from '../../src/clock/jump-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';

/** A jumping clock on a host whose time stands at 1000 ms until it is run, and what its timers wrote down. */
function clockWithNotes() {
  const host = new VirtualClock(1000);
  const clock = new JumpClock(host);
  const notes: string[] = [];
  const note = (text: string) => () => notes.push(`${text}@${clock.now()}`);
  return { host, clock, notes, note };
}

/** Enough rounds of the event loop for a clock to do all that it will do without the host's time. */
async function rounds(count = 10): Promise<void> {
  for (let round = 0; round < count; round++) await new Promise((resolve) => setImmediate(resolve));
}

describe('without a hold', () => {
  test('time leaps from timer to timer, and each sees its own due time', async () => {
    const { host, clock, notes, note } = clockWithNotes();
    clock.setTimeout(note('late'), DAY_MS);
    clock.setTimeout(note('early'), 0.5);
    await rounds();
    expect([notes, clock.now(), host.now()]).toEqual([
      ['early@1000.5', `late@${1000 + DAY_MS}`],
      1000 + DAY_MS,
      1000,
    ]);
  });

  test('no timer runs in the call that sets it, however short it is', async () => {
    const { clock, notes, note } = clockWithNotes();
    clock.setTimeout(note('at once'), 0);
    clock.setTimeout(note('before that'), -50);
    await Promise.resolve();
    expect(notes).toEqual([]);
    await rounds();
    expect(notes).toEqual(['at once@1000', 'before that@1000']);
  });

  test('promises settle between two timers of one instant', async () => {
    const { clock, notes, note } = clockWithNotes();
    clock.setTimeout(() => void settleSlowly(note('chain')), 1);
    clock.setTimeout(note('next timer'), 1);
    await rounds();
    expect(notes).toEqual(['chain@1001', 'next timer@1001']);
  });

  test('the host goes on: without a timer, time is the host time and what was leapt over', async () => {
    const { host, clock } = clockWithNotes();
    await sleep(clock, DAY_MS);
    await host.runFor(250);
    expect(clock.now()).toBe(1000 + DAY_MS + 250);
  });

  test('a cleared timer does not run and is not leapt to: before, from another timer, after it ran', async () => {
    const { clock, notes, note } = clockWithNotes();
    const before = clock.setTimeout(note('before'), 1);
    const during = clock.setTimeout(note('during'), 3);
    const ran = clock.setTimeout(() => {
      note('ran')();
      clock.clearTimeout(during);
    }, 2);
    clock.clearTimeout(before);
    clock.clearTimeout(before);
    await rounds();
    clock.clearTimeout(ran);
    expect([notes, clock.now()]).toEqual([['ran@1002'], 1002]);
  });

  test("another clock's timer, or none at all, clears nothing", async () => {
    const { clock, notes, note } = clockWithNotes();
    clock.setTimeout(note('a'), 1);
    clock.clearTimeout(new VirtualClock(0).setTimeout(note('b'), 1));
    clock.clearTimeout(undefined);
    await rounds();
    expect(notes).toEqual(['a@1001']);
  });

  test.for([Number.NaN, Number.POSITIVE_INFINITY])('a wait of %s is a mistake of ours and crashes', (ms) => {
    expect(() => new JumpClock().setTimeout(() => {}, ms)).toThrow(RangeError);
  });
});

describe('with a hold', () => {
  test('time is the host time, and timers wait for it', async () => {
    const { host, clock, notes, note } = clockWithNotes();
    clock.hold();
    clock.setTimeout(note('soon'), 100);
    clock.setTimeout(note('later'), 200);
    await rounds();
    expect([notes, clock.now()]).toEqual([[], 1000]);
    await host.runFor(99);
    expect(notes).toEqual([]);
    await host.runFor(51);
    await rounds();
    expect([notes, clock.now()]).toEqual([['soon@1100'], 1150]);
    await host.runFor(50);
    await rounds();
    expect(notes).toEqual(['soon@1100', 'later@1200']);
  });

  test('an earlier timer that comes later, and one that is cleared, move the alarm', async () => {
    const { host, clock, notes, note } = clockWithNotes();
    clock.hold();
    const cleared = clock.setTimeout(note('cleared'), 100);
    clock.setTimeout(note('late'), 300);
    await rounds();
    clock.setTimeout(note('early'), 50);
    clock.clearTimeout(cleared);
    for (const ms of [50, 50, 199]) {
      await host.runFor(ms);
      await rounds();
    }
    expect(notes).toEqual(['early@1050']);
    await host.runFor(1);
    await rounds();
    expect(notes).toEqual(['early@1050', 'late@1300']);
  });

  test('when it ends time leaps, by as much as is left', async () => {
    const { host, clock, notes, note } = clockWithNotes();
    const release = clock.hold();
    clock.setTimeout(note('timer'), HOUR_MS);
    await host.runFor(1_000);
    await rounds();
    release();
    expect(notes).toEqual([]);
    await rounds();
    expect([notes, host.pendingTimers]).toEqual([[`timer@${1000 + HOUR_MS}`], 0]);
  });

  test('nested and concurrent holds all count; giving one back twice counts once', async () => {
    const { clock, notes, note } = clockWithNotes();
    const first = clock.hold();
    const others = [clock.hold(), clock.hold()];
    clock.setTimeout(note('timer'), HOUR_MS);
    for (const release of others) {
      release();
      release();
      await rounds();
      expect(notes).toEqual([]);
    }
    first();
    await rounds();
    expect(notes).toEqual([`timer@${1000 + HOUR_MS}`]);
  });

  test('one given back in a timer ends there: the next timer is leapt to', async () => {
    const { host, clock, notes, note } = clockWithNotes();
    const release = clock.hold();
    clock.setTimeout(() => {
      note('limit')();
      release();
    }, 10);
    clock.setTimeout(note('a day later'), DAY_MS);
    await rounds();
    await host.runFor(10);
    await rounds();
    expect(notes).toEqual(['limit@1010', `a day later@${1000 + DAY_MS}`]);
  });

  test('one taken by a timer stops time there, also for what is due at that very instant', async () => {
    const { clock, notes, note } = clockWithNotes();
    clock.setTimeout(() => void clock.hold(), 10);
    clock.setTimeout(note('same instant'), 10);
    clock.setTimeout(note('a millisecond on'), 11);
    await rounds();
    expect([notes, clock.now()]).toEqual([['same instant@1010'], 1010]);
  });

  test('one taken as soon as another ends leaves no gap to leap through', async () => {
    const { clock, notes, note } = clockWithNotes();
    const release = clock.hold();
    clock.setTimeout(note('timer'), DAY_MS);
    await rounds();
    release();
    void settleSlowly(() => setImmediate(() => clock.hold()));
    await rounds();
    expect([notes, clock.now()]).toEqual([[], 1000]);
  });

  test('with nothing to wait for sets nothing on the host', async () => {
    const { host, clock } = clockWithNotes();
    clock.hold();
    const timer = clock.setTimeout(() => {}, 100);
    await rounds();
    expect(host.pendingTimers).toBe(1);
    clock.clearTimeout(timer);
    await rounds();
    expect(host.pendingTimers).toBe(0);
  });
});

test('a year of days takes milliseconds, and each comes at its time', async () => {
  const clock = new JumpClock();
  const host = new SystemClock();
  const [startedAt, startedAtHost] = [clock.now(), host.now()];
  for (let day = 1; day <= 365; day++) {
    await sleep(clock, startedAt + day * DAY_MS - clock.now());
    expect(clock.now()).toBeGreaterThanOrEqual(startedAt + day * DAY_MS);
  }
  const tookMs = host.now() - startedAtHost;
  expect(clock.now() - startedAt - 365 * DAY_MS).toBeLessThanOrEqual(tookMs);
  expect(tookMs).toBeLessThan(1_000);
});

test('a century in one wait, beyond what Node can wait for', async () => {
  const clock = new JumpClock();
  const startedAt = clock.now();
  await sleep(clock, 36_525 * DAY_MS);
  expect(Math.round((clock.now() - startedAt) / DAY_MS)).toBe(36_525);
});

test('timers that set timers for ever keep neither sockets nor promises from their turn', async () => {
  const clock = new JumpClock();
  let runs = 0;
  let timer: Timer;
  const again = () => {
    runs++;
    timer = clock.setTimeout(again, 0);
  };
  again();
  const server = createServer((_, response) => response.end('heard'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  expect(await textFrom(server)).toBe('heard');
  clock.clearTimeout(timer);
  expect(runs).toBeGreaterThan(1);
  server.close();
});

type Program = readonly { readonly ms: number; readonly clears: number | null; readonly sets: Program }[];

const programs = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.array(
    fc.record({
      ms: fc.oneof(fc.nat({ max: 5 }), fc.constantFrom(-1, 0.25, HOUR_MS, 2 ** 31, 40 * DAY_MS)),
      clears: fc.option(fc.nat({ max: 30 }), { freq: 3 }),
      sets: fc.oneof({ depthSize: 'small' }, fc.constant([]), tie('program')),
    }),
    { maxLength: 6 },
  ),
})).program;

/** Sets the timers of a program, which set and clear others in turn; what ran, and when. */
function start(clock: Clock, program: Program): readonly string[] {
  const timers: Timer[] = [];
  const ran: string[] = [];
  const set = (steps: Program) => {
    for (const { ms, clears, sets } of steps) {
      const id = timers.length;
      timers.push(
        clock.setTimeout(() => {
          ran.push(`${id}@${clock.now()}`);
          if (clears !== null) clock.clearTimeout(timers[clears % timers.length]);
          void settleSlowly(() => set(sets));
        }, ms),
      );
    }
  };
  set(program);
  return ran;
}

test('timers run in the order and at the times of virtual time', async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const virtual = new VirtualClock(1000);
      const expected = start(virtual, program);
      await virtual.runWhile(() => true, 10_000 * DAY_MS);
      const jump = new JumpClock(new VirtualClock(1000));
      const ran = start(jump, program);
      await sleep(jump, 10_000 * DAY_MS);
      expect(ran).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('whatever is held when, time never goes back and never leaps while a hold is open', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('set' as const), ms: fc.nat({ max: 50 }) }),
      fc.record({ do: fc.constant('hold' as const), ms: fc.nat({ max: 50 }) }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.nat({ max: 20 }) }),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (program) => {
      const host = new VirtualClock(0);
      const clock = new JumpClock(host);
      let holds = 0;
      let leapt = 0;
      let seenMs = 0;
      const look = () => {
        const leaptNow = clock.now() - host.now();
        if (holds > 0) expect(leaptNow).toBe(leapt);
        leapt = leaptNow;
        expect(clock.now()).toBeGreaterThanOrEqual(seenMs);
        seenMs = clock.now();
      };
      let pending = 0;
      for (const step of program) {
        look();
        if (step.do === 'pass') {
          await host.runFor(step.ms);
          await rounds(3);
        } else if (step.do === 'set') {
          pending++;
          const dueMs = clock.now() + step.ms;
          clock.setTimeout(() => {
            pending--;
            expect(clock.now()).toBeGreaterThanOrEqual(dueMs);
          }, step.ms);
        } else {
          const release = clock.hold();
          holds++;
          host.setTimeout(() => {
            look();
            holds--;
            release();
          }, step.ms);
        }
      }
      await host.runFor(100);
      await rounds(2 * program.length + 4);
      look();
      expect([pending, holds, host.pendingTimers]).toEqual([0, 0, 0]);
    }),
    { numRuns: 200 },
  );
});

describe('on real sockets', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Answers after `afterMs` of its own time, which is the host's. */
  async function slowServer(afterMs: number) {
    const own = new SystemClock();
    const server = createServer((_, response) => void sleep(own, afterMs).then(() => response.end('file')));
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return server;
  }

  test('a fetch under a hold takes the time it takes; a day between two fetches takes none', async () => {
    const server = await slowServer(60);
    const clock = new JumpClock();
    const host = new SystemClock();
    const startedAtHost = host.now();
    let limitReached = false;
    for (let fetch = 0; fetch < 3; fetch++) {
      const askedAt = clock.now();
      const release = clock.hold();
      const timer = clock.setTimeout(() => {
        limitReached = true;
      }, 30_000);
      expect(await textFrom(server)).toBe('file');
      clock.clearTimeout(timer);
      release();
      const tookMs = clock.now() - askedAt;
      expect(tookMs).toBeGreaterThanOrEqual(59);
      expect(tookMs).toBeLessThan(10_000);
      await sleep(clock, DAY_MS);
      expect(clock.now() - askedAt).toBeGreaterThanOrEqual(DAY_MS);
    }
    expect(limitReached).toBe(false);
    expect(host.now() - startedAtHost).toBeLessThan(10_000);
  });

  test('what has arrived when a hold ends is heard before time leaps', async () => {
    const clock = new JumpClock();
    const startedAt = clock.now();
    const listener = createTcpServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const sender = connect((listener.address() as AddressInfo).port, '127.0.0.1');
    const [receiver]: Socket[] = await once(listener, 'connection');
    for (let packet = 0; packet < 50; packet++) {
      const release = clock.hold();
      const day = sleep(clock, DAY_MS).then(() => 'leapt' as const);
      const heard = once(receiver ?? sender, 'data').then(() => 'heard' as const);
      sender.write('x');
      release();
      expect(await Promise.race([day, heard])).toBe('heard');
      await day;
    }
    expect(Math.floor((clock.now() - startedAt) / DAY_MS)).toBe(50);
    sender.destroy();
    listener.close();
  });

  test('a silent server is waited for in real time, up to the limit and not beyond', async () => {
    const server = await slowServer(5_000);
    const clock = new JumpClock();
    const release = clock.hold();
    const askedAt = new SystemClock().now();
    const power = new AbortController();
    clock.setTimeout(() => power.abort(), 80);
    await expect(textFrom(server, power.signal)).rejects.toThrow('aborted');
    release();
    const tookMs = new SystemClock().now() - askedAt;
    expect(tookMs).toBeGreaterThanOrEqual(79);
    expect(tookMs).toBeLessThan(4_000);
    server.closeAllConnections();
  });
});

describe('the process', () => {
  const program = (body: string) =>
    promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { JumpClock } from ${JSON.stringify(new URL('../../dist/clock/jump-clock.js', import.meta.url).href)};
       const clock = new JumpClock();
       const day = 86_400_000;
       ${body}`,
    ]);

  test('lives as long as a timer is set, and ends by itself', async () => {
    const { stdout } = await program(
      `let days = 0;
       const next = () => { if (++days < 365) clock.setTimeout(next, day); else console.log(days); };
       clock.setTimeout(next, day);`,
    );
    expect(stdout).toBe('365\n');
  });

  test('is not kept by a hold, nor by a timer that was cleared under one', async () => {
    const { stdout } = await program(
      `clock.hold();
       const timer = clock.setTimeout(() => console.log('ran'), day);
       setTimeout(() => clock.clearTimeout(timer), 20);
       process.on('exit', () => console.log('over'));`,
    );
    expect(stdout).toBe('over\n');
  });

  test('what a timer throws is an uncaught exception as ever, and the others still run', async () => {
    const { stdout } = await program(
      `process.on('uncaughtException', (error) => console.log(error.message));
       clock.setTimeout(() => { throw new Error('a bug'); }, day);
       clock.setTimeout(() => console.log('the next'), 2 * day);`,
    );
    expect(stdout).toBe('a bug\nthe next\n');
  });
});

async function settleSlowly(then: () => void): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  then();
}

async function textFrom(server: ReturnType<typeof createServer>, signal?: AbortSignal): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const request = get({ host: '127.0.0.1', port, agent: false, ...(signal && { signal }) });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('There is no response');
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}
