import { html, type Markup } from '../../html/markup.ts';

/** A picture of a few numbers, one beside the other. */
export interface Bars {
  readonly title: string;
  readonly says: string;
  /** `part`: how much of the room it takes, from 0 to 1. */
  readonly bars: readonly { readonly name: string; readonly text: string; readonly part: number }[];
}

/** More would be a table, and there is one. */
const BARS_MAX = 16;

/** Bars as a figure: every number is written beside its bar, so nothing depends on seeing it. */
export function barsFigure({ title, says, bars }: Bars): Markup {
  return html`<figure class="chart"><h3>${title}</h3>
<table class="bars"><caption class="unseen">${title}</caption><tbody>
${bars.slice(0, BARS_MAX).map(({ name, text, part }) => {
  const width = Math.round(Math.min(1, Math.max(0, part)) * 100);
  return html`<tr><th scope="row">${name}</th><td class="number">${text}</td><td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="8"/></svg></td></tr>
`;
})}</tbody></table>
<figcaption>${says}</figcaption></figure>
`;
}
