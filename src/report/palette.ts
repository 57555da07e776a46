/** What a piece of text means to its reader. */
export type Tone = 'plain' | 'quiet' | 'strong' | 'good' | 'doubtful' | 'bad';

const ESCAPE = '\u001b';

/** Paints text for a terminal, or leaves it alone. Who has the terminal (and NO_COLOR) chooses. */
export type Palette = Readonly<Record<Tone, (text: string) => string>>;

export const plainPalette: Palette = {
  plain: same,
  quiet: same,
  strong: same,
  good: same,
  doubtful: same,
  bad: same,
};

/** The eight basic colours only, which every terminal maps to something readable on its own background. */
export const ansiPalette: Palette = {
  plain: same,
  quiet: sgr(2, 22),
  strong: sgr(1, 22),
  good: sgr(32, 39),
  doubtful: sgr(33, 39),
  bad: sgr(31, 39),
};

/** What `ansiPalette` sets before and after a text: a group, to split by. */
export const paint = new RegExp(`(${ESCAPE}\\[(?:1|2|22|31|32|33|39)m)`);

function same(text: string): string {
  return text;
}

function sgr(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `${ESCAPE}[${on}m${text}${ESCAPE}[${off}m`);
}
