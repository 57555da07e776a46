import { formatDuration } from '../clock/durations.ts';
import { wrap } from '../display/wrap.ts';
import { COLUMNS_MIN, type Layout } from './layout.ts';
import { lookAt } from './look-at.ts';
import { spell } from './network-sayings.ts';
import type { Outcome } from './outcome.ts';
import type { Tone } from './palette.ts';
import { decisionReasons, sayNoPoll } from './reasons.ts';
import { counted } from './result-words.ts';
import { formatBytes } from './sizes.ts';
import { type Cell, type Column, layOutTable } from './table.ts';

/**
 * What a command ends with: sections, requests, flash, problems, the next poll, and the verdict with its
 * reasons last.
 */
export function closingTable(outcome: Outcome, layout: Layout): string[] {
  const blocks = [
    sectionsBlock(outcome, layout),
    requestsBlock(outcome, layout),
    flashBlock(outcome, layout),
    [
      ...wrap(leaseLine(outcome), Math.max(COLUMNS_MIN, layout.columns)).filter((line) => line !== ''),
      ...problemsLine(outcome),
      ...wrap(pollLine(outcome), Math.max(COLUMNS_MIN, layout.columns)),
    ],
    verdictBlock(outcome, layout),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** The verdict in one sentence: `ok: idle, 10 files, 1 reboot`, or `failed: ` and the first reason. */
export function verdictSentence(outcome: Outcome): string {
  const [first, ...others] = outcome.failures;
  if (first === undefined) {
    const files = outcome.requests.filter(({ result }) => result === 'ok').length;
    return `ok: ${stateWords[outcome.state]}, ${counted(files, 'file')}, ${counted(outcome.reboots, 'reboot')}`;
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `failed: ${first.message}${more}`;
}

const stateWords: Readonly<Record<Outcome['state'], string>> = {
  idle: 'idle',
  login: 'at the login screen',
  banner: 'the login banner waits for OK',
  recovery: 'in recovery',
  off: 'off',
  busy: 'still busy',
  'no-address': 'without an address',
};

const checkColumn: Column = { title: 'check', align: 'right' };

const sectionColumns: readonly Column[] = [
  { title: 'section', align: 'left' },
  { title: 'decision', align: 'left' },
  { title: 'why', align: 'left' },
  { title: 'result', align: 'left' },
  { title: 'version', align: 'left' },
];

/** The check's number is shown only when there was more than one. */
function sectionsBlock({ sections }: Outcome, layout: Layout): string[] {
  if (sections.length === 0) return [];
  const numbered = new Set(sections.map(({ check }) => check)).size > 1;
  const rows = sections.map(({ check, section, decision, why, result, version, error }): Cell[] => {
    const tone = result === 'kept' ? 'bad' : decision === 'skip' ? 'quiet' : 'plain';
    return [
      ...(numbered ? [{ text: String(check), tone } as const] : []),
      { text: `[${section}]`, tone },
      { text: decision, tone },
      { text: decisionReasons[why], tone },
      { text: error === undefined ? result : `${result} (${error})`, tone },
      { text: version === '' ? 'empty' : (version ?? '-'), tone },
    ];
  });
  return layOutTable([...(numbered ? [checkColumn] : []), ...sectionColumns], rows, layout);
}

const requestColumns: readonly Column[] = [
  { title: 'result', align: 'left' },
  { title: 'size', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'tries', align: 'right' },
  { title: 'asked for', align: 'left' },
];

function requestsBlock({ requests }: Outcome, layout: Layout): string[] {
  if (requests.length === 0) return [];
  const rows = requests.map(({ result, bytes, ms, attempts, url }): Cell[] => {
    const tone: Tone = result === 'ok' ? 'plain' : 'bad';
    return [
      { text: result, tone },
      { text: bytes === 0 && result !== 'ok' ? '' : formatBytes(bytes), tone },
      { text: formatDuration(ms), tone },
      { text: attempts === 1 ? '' : String(attempts), tone },
      { text: url, tone },
    ];
  });
  return layOutTable(requestColumns, rows, layout);
}

const flashColumns: readonly Column[] = [
  { title: 'flash', align: 'left' },
  { title: 'version', align: 'left' },
  { title: 'files', align: 'left' },
];

function flashBlock({ flash, phone }: Outcome, layout: Layout): string[] {
  const files = new Map<string, readonly string[]>(Object.entries(flash.files));
  const versions = new Map(Object.entries(flash.versions));
  const names = [...new Set([...versions.keys(), ...files.keys()])];
  const rows = names.map((name): Cell[] => [
    { text: name },
    { text: versions.get(name) ?? '-' },
    { text: (files.get(name) ?? []).join(', ') },
  ]);
  return layOutTable(
    flashColumns,
    [[{ text: 'software' }, { text: phone.software }, { text: '' }], ...rows],
    layout,
  );
}

function problemsLine({ problems }: Outcome): string[] {
  const count = (severity: string) => problems.filter((problem) => problem.severity === severity).length;
  const counts = [
    counted(count('error'), 'error'),
    counted(count('warning'), 'warning'),
    counted(count('note'), 'note'),
  ].filter((words) => !words.startsWith('0 '));
  return counts.length === 0 ? ['problems: none'] : [`problems: ${counts.join(', ')}`];
}

/** Empty for a phone whose address is set by hand. */
function leaseLine({ lease }: Outcome): string {
  if (lease === null) return '';
  const { address, mask, router, server, leaseS, t1S, t2S, provisioningServer } = lease;
  const whose =
    server === null || leaseS === null
      ? 'the last address, no server answered'
      : `from ${server} for ${spell(leaseS)} (T1 ${spell(t1S ?? 0)}, T2 ${spell(t2S ?? 0)})`;
  const ways = [
    ...(router === null ? [] : [`router ${router}`]),
    ...(provisioningServer === null ? [] : [`option 66 ${provisioningServer}`]),
  ];
  return [`lease: ${address} mask ${mask} ${whose}`, ...ways].join(', ');
}

function pollLine({ nextPoll, noPollBecause }: Outcome): string {
  return nextPoll === null ? `no poll: ${sayNoPoll(noPollBecause ?? 'not-up')}` : `next poll: ${nextPoll}`;
}

function verdictBlock(outcome: Outcome, { columns, palette }: Layout): string[] {
  const width = Math.max(COLUMNS_MIN, columns);
  const paint = palette[outcome.ok ? 'good' : 'bad'];
  const [first, ...others] = outcome.failures;
  return [
    ...wrap(verdictSentence(outcome), width).map(paint),
    ...hanging('  look at: ', lookAt(first?.code ?? '') ?? '', width),
    ...others.flatMap(({ message }) => hanging('  also: ', message, width)),
  ];
}

function hanging(label: string, text: string, width: number): string[] {
  if (text === '') return [];
  return wrap(text, width - label.length).map(
    (line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}`,
  );
}
