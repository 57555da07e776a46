import { coverageDemands, covered, missedIn, shareWords } from '../coverage.ts';
import type { Coverage } from '../result.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './scenario-part.ts';

/** What a run took of the statecharts: shares by machine, what was wanted, and what nobody took. */
export function coveragePart(coverage: Coverage): Markup {
  const { machines, states, transitions } = coverage;
  const table = dataTable({
    caption: 'What was taken, by machine',
    columns: [
      { title: 'Machine' },
      { title: 'States', align: 'right' },
      { title: 'Transitions', align: 'right' },
    ],
    rows: [...machines, { machine: 'together', states, transitions }].map((one) => ({
      cells: [one.machine, shareWords(one.states), shareWords(one.transitions)],
      ...(one.machine === 'together' && { tone: 'strong' }),
    })),
  });
  return html`<section aria-labelledby="coverage"><h2 id="coverage">Statechart coverage</h2>
${coverageDemands(coverage).map(
  ({ met, wanted, found }) => html`<p>${badge(met ? 'passed' : 'failed')} ${wanted}: found ${found}</p>\n`,
)}${table}${covered.map((kind) => missedList(kind, missedIn(coverage, kind)))}</section>`;
}

function missedList(kind: string, missed: readonly string[]): Markup | undefined {
  if (missed.length === 0) return undefined;
  return html`<details><summary>${kind} not taken: ${missed.length}</summary>
<ul>${missed.map((name) => html`<li><code>${name}</code></li>\n`)}</ul></details>\n`;
}
