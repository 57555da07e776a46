import { formatDuration } from '../../clock/durations.ts';
import type { Result, ScenarioResult } from '../result.ts';
import { resultSentence, scenarioName, worstFirst } from '../result-words.ts';
import { coveragePart } from './coverage-part.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { pageOf } from './page.ts';
import { badge, scenarioPart } from './scenario-part.ts';

/** A run as one HTML file. */
export function resultPage(result: Result): string {
  const { scenarios, verdict, coverage } = result;
  const numbered = worstFirst(scenarios).map((scenario, index) => ({ scenario, id: `s${index + 1}` }));
  const title = resultSentence(result);
  return pageOf({
    title,
    header: html`<p class="quiet">deskphone run</p>
<h1>${badge(verdict)} ${title}</h1>
${tally(result)}`,
    main: html`<section aria-labelledby="overview"><h2 id="overview">Overview</h2>
${overview(numbered, result)}</section>
${coverage === undefined ? undefined : coveragePart(coverage)}
<section aria-labelledby="scenarios"><h2 id="scenarios">Scenarios</h2>
${scenarios.length === 0 ? undefined : showChoice()}
${numbered.map(({ scenario, id }) => scenarioPart(scenario, id))}</section>
`,
    footer: environmentLine(result),
  });
}

interface Numbered {
  readonly scenario: ScenarioResult;
  readonly id: string;
}

function tally({ summary, environment }: Result): Markup {
  const { scenarios, passed, failed, errors, expectations, phones } = summary;
  const items: readonly (readonly [name: string, count: number | string])[] = [
    ['scenarios', scenarios],
    ['passed', passed],
    ['failed', failed],
    ...(errors === 0 ? [] : [['errors', errors] as const]),
    ['expectations', expectations],
    ['phones', phones],
    ['on this machine', formatDuration(environment.tookMs)],
  ];
  return html`<dl class="tally">${items.map(
    ([name, count]) => html`<div><dt>${name}</dt><dd>${count}</dd></div>`,
  )}</dl>`;
}

function overview(numbered: readonly Numbered[], { environment }: Result): Markup {
  if (numbered.length === 0) return html`<p>There was nothing to run.</p>`;
  const foldered = new Set(numbered.map(({ scenario }) => scenario.group)).size > 1;
  return dataTable({
    caption: 'Every scenario and its verdict',
    columns: [
      { title: 'Verdict' },
      { title: 'Scenario' },
      ...(foldered ? ([{ title: 'Folder', spare: true }] as const) : []),
      { title: 'Held', align: 'right' },
      { title: 'By the phone', align: 'right', spare: true },
      { title: 'By this machine', align: 'right', spare: true },
    ],
    head: 1,
    rows: numbered.map(({ scenario, id }) => {
      const { verdict, group, expectations, tookMs } = scenario;
      const held = expectations.filter(({ holds }) => holds).length;
      const machineMs = environment.scenarioMs[scenario.id];
      return {
        cells: [
          badge(verdict),
          html`<a href="#${id}">${scenarioName(scenario)}</a>`,
          ...(foldered ? [group] : []),
          `${held} of ${expectations.length}`,
          tookMs === null ? '' : formatDuration(tookMs),
          machineMs === undefined ? '' : formatDuration(machineMs),
        ],
      };
    }),
  });
}

/** Done by the style sheet alone: it hides what passed while the second is chosen. */
function showChoice(): Markup {
  return html`<fieldset class="choice"><legend>Show</legend>
<label><input type="radio" name="shown" id="shown-all" checked> all</label>
<label><input type="radio" name="shown" id="shown-unmet"> what did not pass</label>
</fieldset>`;
}

function environmentLine({ environment }: Result): Markup {
  const { product, node, platform, startedAt, workers, directory } = environment;
  return html`<p>deskphone-emulator ${product}, Node.js ${node}, ${platform}, ${workers} at a time, started ${startedAt} in <code>${directory}</code>.</p>`;
}
