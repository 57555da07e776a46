import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import { DAY_MS, HOUR_MS } from '../../src/clock/durations.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';

/** A clock at 1000 ms and what its timers wrote down, each with the time it saw. */
function clockWithNotes() {
  const clock = new VirtualClock(1000);
  const notes: string[] = [];
  const note = (text: string) => () => notes.push(`${text}@${clock.now()}`);
  return { clock, notes, note };
}

test('time stands still until it is run', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(note('a'), 0);
  await Promise.resolve();
  expect([clock.now(), notes, clock.pendingTimers]).toEqual([1000, [], 1]);
});

test('a timer sees its own due time, and the run ends at the time asked for', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(note('late'), 70);
  clock.setTimeout(note('early'), 0.5);
  clock.setTimeout(note('never'), 101);
  await clock.runUntil(1100);
  expect([notes, clock.now(), clock.pendingTimers]).toEqual([['early@1000.5', 'late@1070'], 1100, 1]);
});

test('a timer due at the very end of the run still runs, those it sets for the same instant too', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(() => {
    note('first')();
    clock.setTimeout(note('second'), 0);
  }, 100);
  await clock.runFor(100);
  expect(notes).toEqual(['first@1100', 'second@1100']);
});

test('equal times run in the order they were set, however they were reached', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(() => clock.setTimeout(note('set at 1005'), 5), 5);
  clock.setTimeout(note('one'), 10);
  clock.setTimeout(note('two'), 10);
  await clock.runFor(10);
  expect(notes).toEqual(['one@1010', 'two@1010', 'set at 1005@1010']);
});

test('a timer re-armed daily fires daily, also when a week is run at once', async () => {
  const { clock, notes, note } = clockWithNotes();
  const poll = () => {
    note('poll')();
    clock.setTimeout(poll, DAY_MS);
  };
  clock.setTimeout(poll, DAY_MS);
  await clock.runFor(7.5 * DAY_MS);
  expect(notes).toHaveLength(7);
});

test('promises settle between two timers, chains and all', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(() => void settleSlowly(note('chain')), 1);
  clock.setTimeout(note('next timer'), 1);
  await clock.runFor(1);
  expect(notes).toEqual(['chain@1001', 'next timer@1001']);
});

test('what a promise sets before the first timer counts from the start', async () => {
  const { clock, notes, note } = clockWithNotes();
  void settleSlowly(() => clock.setTimeout(note('from a promise'), 3));
  clock.setTimeout(note('timer'), 5);
  await clock.runFor(10);
  expect(notes).toEqual(['from a promise@1003', 'timer@1005']);
});

test('a negative wait is due at once and never turns time back', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(note('a'), -50);
  await clock.runFor(1);
  await clock.runUntil(3);
  expect([notes, clock.now()]).toEqual([['a@1000'], 1001]);
});

test.for([Number.NaN, Number.POSITIVE_INFINITY])('a wait of %s is a mistake of ours and crashes', (ms) => {
  expect(() => new VirtualClock(0).setTimeout(() => {}, ms)).toThrow(RangeError);
});

test('a cleared timer does not run: before the run, from another timer, twice, after it ran', async () => {
  const { clock, notes, note } = clockWithNotes();
  const before = clock.setTimeout(note('before'), 1);
  const during = clock.setTimeout(note('during'), 3);
  const ran = clock.setTimeout(() => {
    note('ran')();
    clock.clearTimeout(during);
  }, 2);
  clock.clearTimeout(before);
  clock.clearTimeout(before);
  await clock.runFor(10);
  clock.clearTimeout(ran);
  expect([notes, clock.pendingTimers]).toEqual([['ran@1002'], 0]);
});

test("another clock's timer, or none at all, clears nothing", () => {
  const { clock, note } = clockWithNotes();
  const other = new VirtualClock(0);
  clock.setTimeout(note('a'), 1);
  clock.clearTimeout(other.setTimeout(note('b'), 1));
  clock.clearTimeout(undefined);
  expect([clock.pendingTimers, other.pendingTimers]).toEqual([1, 1]);
});

test('runWhile stops as soon as its condition no longer holds', async () => {
  const { clock, notes, note } = clockWithNotes();
  for (const ms of [10, 20, 30]) clock.setTimeout(note('tick'), ms);
  expect(await clock.runWhile(() => notes.length < 2, HOUR_MS)).toBe('condition');
  expect([notes, clock.now()]).toEqual([['tick@1010', 'tick@1020'], 1020]);
});

test('runWhile runs nothing when its condition does not hold', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(note('tick'), 0);
  expect(await clock.runWhile(() => false, HOUR_MS)).toBe('condition');
  expect([notes, clock.now()]).toEqual([[], 1000]);
});

test('runWhile stops where the last timer ran when nothing is left to wait for', async () => {
  const { clock, note } = clockWithNotes();
  clock.setTimeout(note('tick'), 10);
  expect(await clock.runWhile(() => true, HOUR_MS)).toBe('idle');
  expect(clock.now()).toBe(1010);
});

test('runWhile stops at its limit, counted from where time stood', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(note('at the limit'), 50);
  clock.setTimeout(note('beyond'), 51);
  expect(await clock.runWhile(() => true, 50)).toBe('limit');
  expect([notes, clock.now()]).toEqual([['at the limit@1050'], 1050]);
});

test('what a timer throws comes out of the run, which can be taken up again', async () => {
  const { clock, notes, note } = clockWithNotes();
  clock.setTimeout(() => {
    throw new Error('a bug');
  }, 5);
  clock.setTimeout(note('after'), 6);
  await expect(clock.runFor(10)).rejects.toThrow('a bug');
  expect(clock.now()).toBe(1005);
  await clock.runFor(1);
  expect(notes).toEqual(['after@1006']);
});

test('a run inside a run is refused', async () => {
  const { clock } = clockWithNotes();
  const running = clock.runFor(10);
  await expect(clock.runFor(1)).rejects.toThrow('The virtual clock is running already');
  await running;
  expect(clock.now()).toBe(1010);
});

test('holds are counted and nothing waits for them; giving one back twice counts once', async () => {
  const { clock } = clockWithNotes();
  const release = clock.hold();
  clock.hold();
  await clock.runFor(10);
  release();
  release();
  expect([clock.now(), clock.openHolds]).toEqual([1010, 1]);
});

test('sleep wakes at its time, and at once with the reason when it is aborted', async () => {
  const { clock, notes, note } = clockWithNotes();
  const abort = new AbortController();
  void sleep(clock, 20).then(note('woken'));
  sleep(clock, 40, abort.signal).catch((reason: unknown) => note(String(reason))());
  clock.setTimeout(() => abort.abort('power cut'), 30);
  await clock.runFor(100);
  expect([notes, clock.pendingTimers]).toEqual([['woken@1020', 'power cut@1030'], 0]);
});

test('sleep of an aborted signal sets no timer', async () => {
  const { clock } = clockWithNotes();
  await expect(sleep(clock, 20, AbortSignal.abort('off'))).rejects.toBe('off');
  expect(clock.pendingTimers).toBe(0);
});

test('any mix of set, clear and run does what a sorted list does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commandArbitrary, { maxLength: 120 }), async (commands) => {
      const clock = new VirtualClock(0);
      const timers: unknown[] = [];
      const ran: string[] = [];
      const model = new SortedList();
      for (const command of commands) {
        if (command.do === 'set') {
          const id = timers.length;
          timers.push(clock.setTimeout(() => ran.push(`${id}@${clock.now()}`), command.ms));
          model.set(id, command.ms);
        } else if (command.do === 'clear' && timers.length > 0) {
          const id = command.which % timers.length;
          clock.clearTimeout(timers[id]);
          model.clear(id);
        } else if (command.do === 'run') {
          await clock.runFor(command.ms);
          model.runFor(command.ms);
        }
      }
      expect([ran, clock.now(), clock.pendingTimers]).toEqual([model.ran, model.nowMs, model.pending.length]);
    }),
    { numRuns: 300 },
  );
});

const commandArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), ms: fc.nat({ max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('run' as const), ms: fc.nat({ max: 20 }) }) },
);

/** What the clock should do, in the plainest way: sort, take from the front. */
class SortedList {
  nowMs = 0;
  pending: { readonly id: number; readonly dueMs: number }[] = [];
  readonly ran: string[] = [];

  set(id: number, ms: number): void {
    this.pending.push({ id, dueMs: this.nowMs + ms });
  }

  clear(id: number): void {
    this.pending = this.pending.filter((timer) => timer.id !== id);
  }

  runFor(ms: number): void {
    this.nowMs += ms;
    // Stable: equal times stay in the order they were set.
    const due = this.pending.filter((timer) => timer.dueMs <= this.nowMs).sort((a, b) => a.dueMs - b.dueMs);
    this.ran.push(...due.map((timer) => `${timer.id}@${timer.dueMs}`));
    this.pending = this.pending.filter((timer) => timer.dueMs > this.nowMs);
  }
}

async function settleSlowly(then: () => void): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  then();
}
