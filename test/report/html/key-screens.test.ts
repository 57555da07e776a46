import { expect, test } from 'vitest';
import { keyScreens } from '../../../src/report/html/key-screens.ts';

const at = (ms: number, ...lines: string[]) => ({ at: ms, lines, softKeys: ['', '', '', ''] });
const shown = (screens: Parameters<typeof keyScreens>[0], endMs: number, max: number) =>
  keyScreens(screens, endMs, max).map(({ at: ms, lines }) => `${ms} ${lines.join('/').trim()}`);

test('those that stood longest, in their order, and the last however short', () => {
  const screens = [at(0, 'Boot'), at(10, 'Brief'), at(11, 'Long'), at(100, 'Short'), at(105, 'Idle')];
  expect(shown(screens, 105, 3)).toEqual(['0 Boot', '11 Long', '105 Idle']);
});

test('a progress is one panel: the one that stood longest', () => {
  const screens = [at(0, 'File', '1 %'), at(1, 'File', '50 %'), at(9, 'File', '99 %'), at(10, 'Idle')];
  expect(shown(screens, 20, 5)).toEqual(['1 File/50 %', '10 Idle']);
});

test('a panel without power shows nothing', () => {
  expect(shown([at(0, '   '), at(5, 'Boot'), at(9, '')], 30, 5)).toEqual(['5 Boot']);
  expect(shown([at(0, '')], 30, 5)).toEqual([]);
});
