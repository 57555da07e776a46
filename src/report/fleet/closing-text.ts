import { formatDuration } from '../../clock/durations.ts';
import type { Layout } from '../layout.ts';
import { formatBytes } from '../sizes.ts';
import { type Cell, type Column, layOutTable } from '../table.ts';
import type { FileFigures, FleetFigures, JobFigures, StoredDistribution } from './figures.ts';

/** What a fleet ends with on a terminal: boots and checks, files, and how its phones ended. */
export function closingText(figures: FleetFigures, layout: Layout): readonly string[] {
  const blocks = [jobLines(figures, layout), fileLines(figures, layout), [endLine(figures)]];
  return blocks
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

const timeColumns: readonly Column[] = ['p50', 'p95', 'p99', 'max'].map((title) => ({
  title,
  align: 'right',
}));

const jobColumns: readonly Column[] = [
  { title: 'protocol', align: 'left' },
  { title: 'what', align: 'left' },
  { title: 'due', align: 'right' },
  { title: 'done', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'unfinished', align: 'right' },
  ...timeColumns,
];

function jobLines({ jobs }: FleetFigures, layout: Layout): readonly string[] {
  const rows = Object.entries(jobs).flatMap(([protocol, kinds]) =>
    Object.entries(kinds).map(([kind, job]) => jobRow(protocol, kind, job)),
  );
  return rows.length === 0 ? [] : layOutTable(jobColumns, rows, layout);
}

function jobRow(protocol: string, kind: string, job: JobFigures): readonly Cell[] {
  const { due, done, failed, unfinished, latency } = job;
  return [
    { text: protocol },
    { text: kind },
    { text: String(due) },
    { text: String(done), tone: 'good' },
    count(failed),
    count(unfinished),
    ...times(latency),
  ];
}

const fileColumns: readonly Column[] = [
  { title: 'protocol', align: 'left' },
  { title: 'file', align: 'left' },
  { title: 'asked', align: 'right' },
  { title: 'received', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'bytes', align: 'right' },
  ...timeColumns,
  { title: 'why', align: 'left' },
];

function fileLines({ files }: FleetFigures, layout: Layout): readonly string[] {
  const rows = Object.entries(files).flatMap(([protocol, kinds]) =>
    Object.entries(kinds).map(([kind, file]) => fileRow(protocol, kind, file)),
  );
  return rows.length === 0 ? [] : layOutTable(fileColumns, rows, layout);
}

function fileRow(protocol: string, kind: string, file: FileFigures): readonly Cell[] {
  const { asked, received, failed, bytes, service, causes } = file;
  const why = Object.entries(causes).map(([cause, times]) => `${cause} ${times}`);
  return [
    { text: protocol },
    { text: kind },
    { text: String(asked) },
    { text: String(received), tone: 'good' },
    count(failed),
    { text: formatBytes(bytes) },
    ...times(service),
    { text: why.join(', ') },
  ];
}

function endLine({ phones: { scheduled, ends } }: FleetFigures): string {
  const told = Object.entries(ends).map(([end, phones]) => `${phones} ${endWords[end] ?? end}`);
  return `${scheduled} phones: ${told.join(', ')}`;
}

const endWords: Readonly<Record<string, string>> = {
  rest: 'at rest',
  'gave-up': 'gave up',
  'on-its-way': 'still on their way',
  'not-begun': 'never begun',
};

function count(amount: number): Cell {
  return { text: String(amount), tone: amount === 0 ? 'quiet' : 'bad' };
}

function times({ count: of, p50Us, p95Us, p99Us, maxUs }: StoredDistribution): readonly Cell[] {
  return [p50Us, p95Us, p99Us, maxUs].map((us) => ({ text: of === 0 ? '' : formatDuration(us / 1000) }));
}
