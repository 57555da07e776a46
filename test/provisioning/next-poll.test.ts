import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY_MS,
  dateText,
  dayAt,
  dayOfDate,
  type LocalZone,
  midnightOf,
  offsetAt,
} from '../../src/provisioning/local-time.ts';
import { nextPoll } from '../../src/provisioning/next-poll.ts';
import {
  type PolledDays,
  spanOf,
  spanText,
  wasPolled,
  withPolled,
} from '../../src/provisioning/polled-days.ts';
import { drawOf, staggerMs } from '../../src/provisioning/stagger.ts';

const HOUR_MS = 3_600_000;
const eastern: LocalZone = { offsetMs: -5 * HOUR_MS, daylightSaving: 'north-american-2007' };
const utc: LocalZone = { offsetMs: 0, daylightSaving: 'none' };

/** The day of a date that is known to be one. */
function day(text: string): number {
  return dayOfDate(text) ?? Number.NaN;
}

describe('local time', () => {
  const cases: [instant: string, zone: LocalZone, hours: number][] = [
    ['2026-03-08T06:59:59Z', eastern, -5],
    ['2026-03-08T07:00:00Z', eastern, -4],
    ['2026-11-01T05:59:59Z', eastern, -4],
    ['2026-11-01T06:00:00Z', eastern, -5],
    ['2027-03-14T07:00:00Z', eastern, -4],
    ['2028-11-05T06:00:00Z', eastern, -5],
    ['2026-07-01T00:00:00Z', { ...eastern, daylightSaving: 'none' }, -5],
    ['2026-07-01T00:00:00Z', utc, 0],
    ['2026-07-01T00:00:00Z', { offsetMs: 0, daylightSaving: 'north-american-2007' }, 1],
  ];
  test.for(cases)('at %s the offset is that of the rules of 2007', ([instant, zone, hours]) => {
    expect(offsetAt(zone, Date.parse(instant))).toBe(hours * HOUR_MS);
  });

  test('it agrees with the time zone database on New York, hour by hour over six years', () => {
    const hourOf = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/New_York',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    for (let instant = Date.UTC(2024, 0, 1); instant < Date.UTC(2030, 0, 1); instant += HOUR_MS) {
      const local = new Date(instant + offsetAt(eastern, instant)).getUTCHours();
      if (local !== Number(hourOf.format(instant)))
        expect(local, new Date(instant).toISOString()).toBe(hourOf.format(instant));
    }
  });

  test('a midnight is the first instant of its day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -12, max: 14 }), (number, hours) => {
        const zone: LocalZone = { offsetMs: hours * HOUR_MS, daylightSaving: 'north-american-2007' };
        const midnight = midnightOf(zone, number);
        expect([dayAt(zone, midnight - 1), dayAt(zone, midnight)]).toEqual([number - 1, number]);
      }),
    );
  });

  test('a date read and written is the same date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 2_000_000 }), (number) => {
        expect(dateText(number)).toBe(new Date(number * DAY_MS).toISOString().slice(0, 10));
        expect(dayOfDate(dateText(number))).toBe(number);
      }),
    );
  });

  test.for(['2026-02-29', '2026-13-01', '26-01-01', 'today', '2026-01-01T00'])('%s is no date', (text) => {
    expect(dayOfDate(text)).toBeUndefined();
  });
});

describe('stagger', () => {
  test('the one phone whose log is known: seed 5B52998E draws 24264 and polls after 44 minutes', () => {
    expect(drawOf('3CB15B52998E')).toBe(24_264);
    expect(staggerMs('3CB15B52998E', 1, 'lcg-minutes')).toBe(44 * 60_000);
  });

  test('none means none', () => {
    expect(staggerMs('3CB15B52998E', 6, 'none')).toBe(0);
  });

  test.for(['lcg-minutes', 'uniform-seconds'] as const)(
    '%s: a thousand phones in a row spread over the window',
    (kind) => {
      for (const range of [1, 6]) {
        const quarters = [0, 0, 0, 0];
        for (let index = 0; index < 1000; index++) {
          const mac = (0x001b4f123000 + index).toString(16).toUpperCase().padStart(12, '0');
          const share = staggerMs(mac, range, kind) / (range * HOUR_MS);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThan(1);
          quarters[Math.floor(share * 4)] = (quarters[Math.floor(share * 4)] ?? 0) + 1;
        }
        for (const count of quarters) expect(count).toBeGreaterThan(200);
      }
    },
  );
});

describe('next poll', () => {
  const at3 = (zone: LocalZone) => ({ zone, afterMidnightMs: 3 * HOUR_MS });
  const cases: [title: string, now: string, polled: string[], date: string, at: string][] = [
    ['today when the instant is ahead', '2026-05-04T06:59:59Z', [], '2026-05-04', '2026-05-04T07:00:00.000Z'],
    ['tomorrow at the instant itself', '2026-05-04T07:00:00Z', [], '2026-05-05', '2026-05-05T07:00:00.000Z'],
    [
      'tomorrow when today was polled',
      '2026-05-04T05:00:00Z',
      ['2026-05-04'],
      '2026-05-05',
      '2026-05-05T07:00:00.000Z',
    ],
    [
      "on the spring day 3 h after midnight is 4 o'clock",
      '2026-03-08T05:00:00Z',
      [],
      '2026-03-08',
      '2026-03-08T08:00:00.000Z',
    ],
    [
      "on the autumn day 3 h after midnight is 2 o'clock",
      '2026-11-01T04:00:00Z',
      [],
      '2026-11-01',
      '2026-11-01T07:00:00.000Z',
    ],
  ];
  test.for(cases)('%s', ([, now, polled, date, at]) => {
    const poll = nextPoll(at3(eastern), Date.parse(now), (number) => polled.includes(dateText(number)));
    expect([dateText(poll.day), new Date(poll.atMs).toISOString()]).toEqual([date, at]);
  });

  test('an instant that lies on the next date still belongs to the day it counts from', () => {
    const plan = { zone: utc, afterMidnightMs: 25 * HOUR_MS };
    const poll = nextPoll(plan, Date.parse('2026-05-05T00:30:00Z'), () => false);
    expect([dateText(poll.day), new Date(poll.atMs).toISOString()]).toEqual([
      '2026-05-04',
      '2026-05-05T01:00:00.000Z',
    ]);
  });

  test('over four years every day has exactly one poll, whatever zone and time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -12, max: 14 }),
        fc.integer({ min: 0, max: 86_399 }),
        fc.integer({ min: 0, max: 6 * 3600 }),
        (hours, timeS, staggerS) => {
          const plan = {
            zone: { offsetMs: hours * HOUR_MS, daylightSaving: 'north-american-2007' as const },
            afterMidnightMs: (timeS + staggerS) * 1000,
          };
          let now = midnightOf(plan.zone, day('2026-01-01')) + plan.afterMidnightMs - 1;
          for (let expected = day('2026-01-01'); expected < day('2030-01-01'); expected++) {
            const poll = nextPoll(plan, now, () => false);
            if (poll.day !== expected) expect(dateText(poll.day)).toBe(dateText(expected));
            now = poll.atMs;
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('polled days', () => {
  test('days are remembered exactly, in few spans', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20_000, max: 20_060 }), { maxLength: 80 }), (days) => {
        const polled = days.reduce<PolledDays>(withPolled, []);
        for (let number = 19_999; number <= 20_061; number++)
          expect(wasPolled(polled, number)).toBe(days.includes(number));
        expect(polled.length).toBeLessThanOrEqual(new Set(days).size);
      }),
    );
  });

  test('a year without gaps is one span', () => {
    let polled: PolledDays = [];
    for (let number = day('2026-01-01'); number <= day('2026-12-31'); number++)
      polled = withPolled(polled, number);
    expect(polled.map(spanText)).toEqual(['2026-01-01/2026-12-31']);
    expect(spanOf('2026-01-01/2026-12-31')).toEqual(polled[0]);
  });

  test.for(['2026-01-02/2026-01-01', '2026-01-01', 'x/y', ''])('"%s" is no span', (text) => {
    expect(spanOf(text)).toBeUndefined();
  });
});
