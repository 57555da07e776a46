import { dataTable } from '../../html/data-table.ts';
import { html, type Markup } from '../../html/markup.ts';
import { pageOf } from '../../html/page.ts';
import { countText, durationText, figureText, shareText } from '../figure-text.ts';
import { amplificationOf } from '../file-totals.ts';
import { filesOf, jobsOf, merged } from '../metric.ts';
import type { FleetResult } from '../result.ts';
import { errorShare, fleetSentence, lookAtFirst, phonesCovered } from '../result-words.ts';
import { saySearch } from '../search.ts';
import { type FleetTable, resultTables } from '../tables.ts';
import { verdictTable } from '../verdict-table.ts';
import { barsFigure } from './bars.ts';
import { chartFigure } from './chart.ts';
import { fleetBars } from './fleet-bars.ts';
import { fleetCharts } from './fleet-charts.ts';
import { fleetStyle } from './fleet-style.ts';
import { generatorCharts } from './generator-charts.ts';
import { searchCharts } from './search-charts.ts';

/** A run of a fleet as one HTML file with its charts. */
export function fleetPage(result: FleetResult): string {
  const title = fleetSentence(result);
  const first = lookAtFirst(result);
  const verdicts = verdictTable(result);
  const overLoad = result.search === undefined ? [] : searchCharts(result.search);
  const ofGenerators = generatorCharts(result.environment.generators);
  return pageOf({
    title,
    style: fleetStyle,
    header: html`<p class="quiet">deskphone fleet</p>
<h1><span class="badge ${result.verdict}">${result.verdict}</span> ${result.title}</h1>
${result.search === undefined ? undefined : html`<p>${saySearch(result.search)}</p>\n`}${figuresAtTop(result)}`,
    main: html`${first.length === 0 ? undefined : html`<section aria-labelledby="first"><h2 id="first">Look at first</h2><ol class="first">${first.map((one) => html`<li>${one}</li>`)}</ol></section>\n`}
${verdicts.rows.length === 0 ? undefined : tableSection(verdicts)}<section aria-labelledby="charts"><h2 id="charts">Charts</h2>
<div class="charts">${[...overLoad, ...fleetCharts(result.figures), ...ofGenerators].map(chartFigure)}${fleetBars(result).map(barsFigure)}</div></section>
${resultTables(result).map(tableSection)}`,
    footer: runLine(result),
  });
}

function tableSection({ title, columns, rows, head = 0 }: FleetTable): Markup {
  const id = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${dataTable({ caption: title, captionShown: 'no', columns, rows, head })}</section>
`;
}

function figuresAtTop(result: FleetResult): Markup {
  const { figures, phones, shards } = result;
  const boots = jobsOf(figures, undefined, 'boot');
  const boot = merged(boots.map(({ latency }) => latency));
  const files = filesOf(figures, undefined, undefined);
  const all = countText(phones.count);
  const items: readonly (readonly [name: string, value: string])[] = [
    ['phones', shards.of === 1 ? all : `${countText(phonesCovered(result))} of ${all}`],
    ['files asked for', countText(files.reduce((sum, { asked }) => sum + asked, 0))],
    ['errors', shareText(errorShare(figures))],
    ...(boot.count === 0 ? [] : [['boot p95', durationText(boot.p95Us)] as const]),
    ['amplification', figureText(amplificationOf(files) ?? 1, 'factor')],
    ['it took', durationText(figures.endUs)],
  ];
  return html`<dl class="tally">${items.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function runLine({ scenario, seed, time, timings, stagger, shards, environment }: FleetResult): Markup {
  const generators = [
    ...new Set(
      environment.generators.map(
        ({ product, node, platform, cores }) =>
          `deskphone-emulator ${product}, Node.js ${node}, ${platform}, ${cores} cores`,
      ),
    ),
  ];
  const part = shards.of === 1 ? '' : `, shards ${shards.covered.join(', ')} of ${shards.of}`;
  return html`<p>Scenario ${scenario}, seed ${seed}, ${time} time, timings ${timings}, stagger ${stagger}${part}. ${generators.join('; ')}.</p>`;
}
