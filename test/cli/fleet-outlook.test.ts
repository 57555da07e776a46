import { expect, test } from 'vitest';
import { outlookOf } from '../../src/cli/fleet-outlook.ts';
import type { Arrivals } from '../../src/fleet/arrival.ts';
import type { Life } from '../../src/fleet/fleet-plan.ts';
import { Distribution } from '../../src/report/fleet/distribution.ts';
import type { Outlook } from '../../src/report/fleet/live-line.ts';

const nothing = new Distribution().stored();
const once: Life = { kind: 'iterations', times: 1 };
const anHour: Life = { kind: 'duration', ms: 3_600_000 };

const cases: [title: string, life: Life, left: number, outlook: Outlook | undefined, draining?: true][] = [
  ['a duration says when it ends', anHour, 0, { kind: 'planned', leftMs: 3_540_000, time: 'real' }],
  ['of phones that are all on their way nobody can guess', once, 0, undefined],
  ['a few that left are no rate yet', once, 9, undefined],
  ['a tenth left in a minute: nine more', once, 20, { kind: 'guessed', leftMs: 540_000, time: 'real' }],
  ['the last second is a whole one', once, 199, { kind: 'guessed', leftMs: 1_000, time: 'real' }],
  ['all have left', once, 200, undefined],
  ['draining ends as phones do', anHour, 100, { kind: 'draining' }, true],
];
test.for(cases)('%s', ([, life, left, outlook, draining]) => {
  const progress = { atMs: 60_000, phones: 200, left, glance: { bootLatency: nothing } };
  const plan = { life, arrivals: { kind: 'at-once' }, time: 'real' } as const;
  expect(outlookOf(plan, progress, draining === true)).toEqual(outlook);
});

const spread: [title: string, arrivals: Arrivals, leftMs: number][] = [
  ['phones that come one after the other leave so', { kind: 'ramp', ms: 80_000 }, 40_000],
  ['at a rate too', { kind: 'rate', perSecond: 2.5 }, 40_000],
  ['of those that came at once nobody knows more', { kind: 'at-once' }, 60_000],
  ['nor of those that wait for each other', { kind: 'closed', atOnce: 5 }, 60_000],
];
test.for(spread)('half of them left in a minute, after boots of 20 s: %s', ([, arrivals, leftMs]) => {
  const boots = new Distribution();
  for (let boot = 0; boot < 100; boot++) boots.record(20_000_000);
  const progress = { atMs: 60_000, phones: 200, left: 100, glance: { bootLatency: boots.stored() } };
  const leaping = { kind: 'guessed', leftMs, time: 'leaping' };
  for (const time of ['virtual', 'jump'] as const) {
    expect(outlookOf({ life: { kind: 'boot' }, arrivals, time }, progress, false)).toEqual(leaping);
  }
});
