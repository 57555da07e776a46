import { expect, test } from 'vitest';
import { fleetView, type ViewIo } from '../../src/cli/fleet-view.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { FleetTally } from '../../src/report/fleet/tally.ts';

const glance = new FleetTally({ measureFromMs: 0 }).glance();

/** A terminal: what it shows, what has scrolled away, and the streams that write to it. */
function terminal(columns: number, rows: number) {
  const lines = [''];
  const err = (text: string) => {
    // The one sequence that is used: so many rows up, and all below is gone.
    for (const piece of text.split(/(.\[\d+A\r.\[J)/)) {
      const up = /\[(\d+)A/.exec(piece)?.[1];
      if (up === undefined) write(piece);
      else lines.splice(lines.length - 1 - Math.min(Number(up), rows - 1), Number(up) + 1, '');
    }
  };
  const write = (text: string) => {
    const [first = '', ...others] = text.split('\n');
    lines.push(`${lines.pop()}${first}`, ...others);
  };
  const io: ViewIo = {
    out: err,
    err,
    draw: err,
    drawsProgress: true,
    letters: 'ascii',
    progressColumns: () => columns,
    progressRows: () => rows,
    clock: new SystemClock(),
  };
  return { io, shown: () => lines.slice(-rows), scrolled: () => lines.slice(0, -rows) };
}

/** A fleet of a hundred whose phones leave one a second. */
function at(seconds: number) {
  return { atMs: seconds * 1_000, phones: 100, begun: seconds, left: seconds, glance };
}

const life = { kind: 'iterations', times: 1 } as const;

test.for([
  [20, 5],
  [10, 2],
  [80, 24],
] as const)('on %i columns and %i rows no line of the past is left behind', ([columns, rows]) => {
  const { io, shown, scrolled } = terminal(columns, rows);
  const view = fleetView({ values: { quiet: false, every: 1_000 } }, io, {
    life,
    arrivals: { kind: 'at-once' },
    time: 'virtual',
  });
  for (let seconds = 1; seconds <= 9; seconds++) view.tell(at(seconds));
  expect(scrolled()).toEqual([]);
  expect(shown()[0]?.slice(0, 2)).toBe('9s');
  view.end();
  expect(shown()).toEqual(['']);
});

test('what is said stays above, and an order to drain is seen at once', () => {
  const { io, shown } = terminal(80, 24);
  const view = fleetView({ values: { quiet: false, every: 1_000 } }, io, {
    life,
    arrivals: { kind: 'at-once' },
    time: 'virtual',
  });
  view.tell(at(10));
  view.drain();
  view.say('no more phones begin');
  expect(shown()).toEqual([
    'no more phones begin',
    '10s, draining: 100 waiting',
    '0 requests, 0/s, 0 B/s',
    'boots: 0 done, 0 failed; 0 errors',
    '',
  ]);
});
