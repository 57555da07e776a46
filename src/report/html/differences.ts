import { clockTime } from '../clock-time.ts';
import type { ExpectationResult, ScenarioResult } from '../result.ts';
import { counted, phoneNamed, placeWords, unmet } from '../result-words.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { factsTable } from './phone-part.ts';

/** What does not hold, each as expected and found side by side, with the facts around it. */
export function differences(scenario: ScenarioResult): Markup {
  return html`${unmet(scenario).map((one) => difference(one, scenario))}`;
}

function difference(expectation: ExpectationResult, scenario: ScenarioResult): Markup {
  const { word, phone, expected, found, where, at, facts } = expectation;
  const name = phoneNamed(phone, scenario);
  const [wanted, is] = [expected.split('\n'), found.split('\n')];
  return html`<section class="difference">
<h4><span class="mark" aria-hidden="true">\u2717</span> ${word}${
    name === undefined ? undefined : html` <span class="quiet">of ${name}</span>`
  }</h4>
<p class="quiet"><code>${placeWords(where)}</code>, at ${clockTime(at).trim()}</p>
<dl class="sides">
<div><dt>Expected</dt><dd>${sideLines(wanted, is, 'missing')}</dd></div>
<div><dt>Found</dt><dd>${sideLines(is, wanted, 'surplus')}</dd></div>
</dl>
${facts.length === 0 ? undefined : factsTable({ caption: 'The facts around it', lines: facts })}
</section>\n`;
}

/** What the other side lacks is marked, unless that is all there is. */
function sideLines(lines: readonly string[], other: readonly string[], tone: string): Markup {
  const marks = lines.some((line) => other.includes(line));
  return html`${lines.map((line) =>
    marks && !other.includes(line)
      ? html`<span class="line ${tone}">${line}</span>`
      : html`<span class="line">${line}</span>`,
  )}`;
}

/** Longer ones say no more to a reader of what holds. */
const HELD_LETTERS_MAX = 200;

/** What holds, in one table that is closed at first. */
export function heldTable(scenario: ScenarioResult): Markup | undefined {
  const held = scenario.expectations.filter(({ holds }) => holds);
  if (held.length === 0) return undefined;
  const several = scenario.phones.length > 1;
  return html`<details><summary>As expected: ${counted(held.length, 'expectation')}</summary>
${dataTable({
  caption: 'As expected',
  captionShown: 'no',
  columns: [
    { title: 'What' },
    ...(several ? [{ title: 'Phone' }] : []),
    { title: 'Expected, and found' },
    { title: 'Where', spare: true },
  ],
  rows: held.map(({ word, phone, expected, where }) => ({
    cells: [
      word,
      ...(several ? [phoneNamed(phone, scenario)] : []),
      shortened(expected),
      html`<code>${placeWords(where)}</code>`,
    ],
  })),
})}</details>`;
}

function shortened(text: string): string {
  const line = text.split('\n').join(', ');
  return line.length <= HELD_LETTERS_MAX ? line : `${line.slice(0, HELD_LETTERS_MAX)}...`;
}
