import { expect, test } from 'vitest';
import { outlookOf } from '../../src/cli/fleet-outlook.ts';
import type { Life } from '../../src/fleet/fleet-plan.ts';
import type { Outlook } from '../../src/report/fleet/live-line.ts';

const once: Life = { kind: 'iterations', times: 1 };
const anHour: Life = { kind: 'duration', ms: 3_600_000 };

const cases: [title: string, life: Life, left: number, outlook: Outlook | undefined, draining?: true][] = [
  ['a duration says when it ends', anHour, 0, { kind: 'planned', leftMs: 3_540_000 }],
  ['of phones that are all on their way nobody can guess', once, 0, undefined],
  ['a few that left are no rate yet', once, 9, undefined],
  ['a tenth left in a minute: nine more', once, 20, { kind: 'guessed', leftMs: 540_000 }],
  ['the last second is a whole one', once, 199, { kind: 'guessed', leftMs: 1_000 }],
  ['all have left', once, 200, undefined],
  ['draining ends as phones do', anHour, 100, { kind: 'draining' }, true],
];
test.for(cases)('%s', ([, life, left, outlook, draining]) => {
  expect(outlookOf({ life }, { atMs: 60_000, phones: 200, left }, draining === true)).toEqual(outlook);
});
