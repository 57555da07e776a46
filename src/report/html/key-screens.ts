import type { PhoneStory } from '../result.ts';

export type StoryScreen = PhoneStory['screens'][number];

/**
 * The panels a story is told by: those that stood longest, in the order in which they did, the last one
 * always among them. Panels that differ in figures only, as those of a progress do, count as one.
 */
export function keyScreens(
  screens: readonly StoryScreen[],
  endMs: number,
  max: number,
): readonly StoryScreen[] {
  const held = new Map<string, Held>();
  screens.forEach((screen, index) => {
    if (textOf(screen) === '') return;
    const ms = (screens[index + 1]?.at ?? endMs) - screen.at;
    const key = textOf(screen).replace(/\d+/g, '0');
    const known = held.get(key);
    if (known === undefined) held.set(key, { screen, ms, longest: ms });
    else {
      known.ms += ms;
      if (ms > known.longest) Object.assign(known, { screen, longest: ms });
    }
  });
  const last = screens.findLast((screen) => textOf(screen) !== '');
  const longest = [...held.values()]
    .filter(({ screen }) => last === undefined || textOf(screen) !== textOf(last))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, last === undefined ? max : max - 1)
    .map(({ screen }) => screen);
  return [...longest, ...(last === undefined ? [] : [last])].sort((a, b) => a.at - b.at);
}

interface Held {
  screen: StoryScreen;
  /** In all. */
  ms: number;
  /** At one time. */
  longest: number;
}

/** What stands on a panel; empty: nothing, it has no power. */
export function textOf({ lines, softKeys }: StoryScreen): string {
  return [...lines.map((line) => line.trimEnd()), softKeys.join('|').replace(/^\|+$/, '')].join('\n').trim();
}
