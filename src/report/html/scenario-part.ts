import { formatDuration } from '../../clock/durations.ts';
import type { ScenarioResult } from '../result.ts';
import { repeatWords, scenarioName, scenarioSentence, type Verdict } from '../result-words.ts';
import { differences, heldTable } from './differences.ts';
import { html, type Markup } from './markup.ts';
import { phonePart } from './phone-part.ts';

/** A scenario with all that is known of it: open at first where it did not pass. */
export function scenarioPart(scenario: ScenarioResult, id: string): Markup {
  const { verdict, error, why, phones } = scenario;
  return html`<details class="scenario ${verdict}"${verdict === 'passed' ? undefined : html` open`}>
<summary>${badge(verdict)}<h3>${scenarioName(scenario)}</h3> <span class="quiet">${scenarioSentence(scenario)}</span></summary>
<div class="story" id="${id}">
${why === undefined ? undefined : html`<p>${why}</p>`}
${error === undefined ? undefined : html`<pre class="error">${error}</pre>`}
${aboutList(scenario)}
${differences(scenario)}
${heldTable(scenario)}
${phones.map((phone, index) => phonePart(phone, scenario, `${id}-${index + 1}`))}
</div>
</details>\n`;
}

const marks: Readonly<Record<Verdict, string>> = { passed: '\u2713', failed: '\u2717', error: '!' };

/** A verdict by colour, by mark and by word. */
export function badge(verdict: Verdict): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${marks[verdict]} </span>${verdict}</span>`;
}

function aboutList(scenario: ScenarioResult): Markup {
  const { id, seed, time, startedAt, tookMs, repeats, replay } = scenario;
  const items: readonly (readonly [name: string, value: Markup | string])[] = [
    ['Scenario', html`<code>${id}</code>`],
    ['Seed', html`<code>${seed}</code>`],
    [
      'Time',
      `${time}${startedAt === null ? '' : `, from ${startedAt}`}${tookMs === null ? '' : `, ${formatDuration(tookMs)}`}`,
    ],
    ...(repeats === undefined ? [] : [['Repeated', repeatWords(repeats)] as const]),
    ['Replay', html`<code>${replay}</code>`],
  ];
  return html`<dl class="about">${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
