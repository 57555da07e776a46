import { formatDuration } from '../../clock/durations.ts';
import { printable } from '../../display/wrap.ts';
import { clockTime } from '../clock-time.ts';
import { verdictSentence } from '../closing-table.ts';
import type { Outcome } from '../outcome.ts';
import { decisionReasons, sayNoPoll } from '../reasons.ts';
import type { PhoneResult, PhoneStory, ScenarioResult, ToldLine } from '../result.ts';
import { counted } from '../result-words.ts';
import { formatBytes } from '../sizes.ts';
import { type DataTable, dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { timelinePicture } from './timeline-picture.ts';

/** One phone of a scenario: what came of it, its story as a picture, and all of it in tables. */
export function phonePart(phone: PhoneResult, scenario: ScenarioResult, id: string): Markup {
  const { name, mac, model, outcome, story } = phone;
  const expectations = scenario.expectations.filter((one) => one.phone === null || one.phone === mac);
  return html`<section class="phone">
<h4>${name === mac ? 'The phone' : name} <span class="quiet">${model}, <code>${mac.replace(/(..)(?=.)/g, '$1:')}</code></span></h4>
<p>${outcome === null ? 'It was never switched on.' : verdictSentence(outcome)}${
    outcome === null ? undefined : html`. <span class="quiet">${pollWords(outcome)}</span>`
  }</p>
<figure>${timelinePicture({ phone, expectations, tookMs: scenario.tookMs, id })}
<figcaption>Time since the start of the scenario, in seconds, from 1,000 s on in hours, minutes and seconds. The axis is drawn out where much happens: a gap is as wide as the logarithm of its length. Numbers are those of the requests.</figcaption></figure>
${requestsTable(story.transfers, outcome?.requests ?? [])}
${outcome === null ? undefined : [sectionsTable(outcome), flashTable(outcome), problemsTable(outcome)]}
${toldDetails(story)}
</section>`;
}

function pollWords({ nextPoll, noPollBecause }: Outcome): string {
  return nextPoll === null ? `No poll: ${sayNoPoll(noPollBecause ?? 'not-up')}.` : `Next poll: ${nextPoll}.`;
}

/** The two lists are made by one fold, in one order. */
function requestsTable(transfers: PhoneStory['transfers'], requests: Outcome['requests']): Markup {
  if (transfers.length === 0) return html`<p>It asked for no file.</p>`;
  const repeated = requests.some(({ attempts }) => attempts > 1);
  const rows = transfers.map(({ at, ms, file, protocol, result, bytes }, index) => {
    const request = requests[index];
    const tone = result === 'ok' ? undefined : 'bad';
    const nothing = bytes === 0 && result !== 'ok';
    return {
      ...(tone && { tone }),
      cells: [
        index + 1,
        clockTime(at).trim(),
        html`<code>${file}</code>`,
        html`<span title="${request?.url ?? ''}">${protocol}</span>`,
        result,
        nothing ? '' : formatBytes(bytes),
        formatDuration(ms),
        ...(repeated ? [request?.attempts] : []),
      ],
    };
  });
  return dataTable({
    caption: 'Requests',
    columns: [
      { title: 'No.', align: 'right' },
      { title: 'At', align: 'right' },
      { title: 'File' },
      { title: 'Protocol', spare: true },
      { title: 'Result' },
      { title: 'Size', align: 'right', spare: true },
      { title: 'Took', align: 'right', spare: true },
      ...(repeated ? ([{ title: 'Tries', align: 'right', spare: true }] as const) : []),
    ],
    rows,
  });
}

function sectionsTable({ sections }: Outcome): Markup | undefined {
  if (sections.length === 0) return undefined;
  return dataTable({
    caption: 'Sections',
    columns: [
      { title: 'Check', align: 'right' },
      { title: 'Section' },
      { title: 'Decision' },
      { title: 'Why' },
      { title: 'Result' },
      { title: 'Version stored', spare: true },
    ],
    head: 1,
    rows: sections.map(({ check, section, decision, why, result, version, error }) => ({
      ...(result === 'kept' ? { tone: 'bad' } : decision === 'skip' ? { tone: 'quiet' } : {}),
      cells: [
        check,
        `[${section}]`,
        decision,
        decisionReasons[why],
        error === undefined ? result : `${result} (${error})`,
        version === '' ? 'empty' : (version ?? 'none'),
      ],
    })),
  });
}

function flashTable({ flash, phone }: Outcome): Markup {
  const files = new Map<string, readonly string[]>(Object.entries(flash.files));
  const names = [...new Set([...Object.keys(flash.versions), ...files.keys()])];
  return dataTable({
    caption: 'Flash at the end',
    columns: [{ title: 'Section' }, { title: 'Version' }, { title: 'Files' }],
    rows: [
      { cells: ['software', phone.software, ''] },
      ...names.map((name) => ({
        cells: [name, flash.versions[name] ?? 'none', (files.get(name) ?? []).join(', ')],
      })),
    ],
  });
}

function problemsTable({ problems }: Outcome): Markup | undefined {
  if (problems.length === 0) return undefined;
  return dataTable({
    caption: 'Problems told',
    columns: [{ title: 'Severity' }, { title: 'Where' }, { title: 'Code', spare: true }, { title: 'What' }],
    head: 1,
    rows: problems.map(({ severity, code, message, ...about }) => ({
      ...(severity === 'error'
        ? { tone: 'bad' }
        : severity === 'note'
          ? { tone: 'quiet' }
          : { tone: 'doubtful' }),
      cells: [severity, placeOf(about), html`<code>${code}</code>`, withoutPlace(message, about)],
    })),
  });
}

type Place = Pick<Outcome['problems'][number], 'file' | 'line' | 'section'>;

function placeOf({ file, line, section }: Place): string {
  const place = file ?? (section === undefined ? 'the phone' : `[${section}]`);
  return line === undefined ? place : `${place}:${line}`;
}

/** It stands in the column before already. */
function withoutPlace(message: string, { file, line }: Place): string {
  const prefixes = [`${file}:${line}: `, `${file}: `];
  const prefix = prefixes.find((one) => message.startsWith(one)) ?? '';
  return message.slice(prefix.length);
}

function toldDetails({ lines, left }: PhoneStory): Markup {
  return html`<details><summary>All it told: ${counted(lines.length, 'line')}</summary>
${factsTable({ caption: 'What the phone told', captionShown: 'no', lines })}${
  left === 0
    ? undefined
    : html`<p class="quiet">${left} changes more were not kept: the story is too long.</p>`
}</details>`;
}

interface FactsTable extends Pick<DataTable, 'caption' | 'captionShown'> {
  readonly lines: readonly ToldLine[];
}

/** Facts in words, with their times. */
export function factsTable({ lines, ...named }: FactsTable): Markup {
  return dataTable({
    ...named,
    columns: [{ title: 'At', align: 'right' }, { title: 'What' }, { title: 'Told' }],
    head: 1,
    rows: lines.map(({ at, subject, text, tone, hint }) => ({
      ...(tone !== 'plain' && { tone }),
      cells: [
        clockTime(at).trim(),
        printable(subject),
        html`${printable(text)}${hint === undefined ? undefined : html` <em>Look at: ${hint}</em>`}`,
      ],
    })),
  });
}
