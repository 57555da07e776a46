import { protocols } from '../../provisioning/words.ts';
import { formatBytes } from '../sizes.ts';
import { countText, durationText, figureText, shareText } from './figure-text.ts';
import type { FileFigures, FleetFigures, StoredDistribution } from './figures.ts';
import { fileKinds } from './file-kind.ts';
import { amplificationOf, errorsOf } from './file-totals.ts';
import { filesOf, merged } from './metric.ts';
import type { FleetResult } from './result.ts';
import { causeSentences, eachJob, failuresByCause, jobWords, ownerOf } from './result-words.ts';
import { searchTable } from './search-table.ts';
import { dndTable, notifyTable, spreadTable, wireTable } from './wire-tables.ts';

/** A table of a report, before it is written in the report's own form. */
export interface FleetTable {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  /** Which column names a row; absent: the first. */
  readonly head?: number;
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly title: string;
  readonly align?: 'right';
  /** Left out where there is little room. */
  readonly spare?: true;
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly tone?: 'good' | 'bad' | 'doubtful';
}

/** Every table of figures that has something in it. */
export function resultTables(result: FleetResult): readonly FleetTable[] {
  return [
    ...(result.search === undefined ? [] : [searchTable(result.search)]),
    ...figureTables(result.figures),
    ...[generatorTable(result), steeringTable(result)].filter(hasRows),
  ];
}

/** The same of figures alone. */
export function figureTables(figures: FleetFigures): readonly FleetTable[] {
  return [
    protocolTable(figures),
    wireTable(figures),
    jobTable(figures),
    dndTable(figures),
    notifyTable(figures),
    fileTable(figures),
    failureTable(figures),
    spreadTable(figures),
    releaseTable(figures),
    phoneTable(figures),
  ].filter(hasRows);
}

function hasRows({ rows }: FleetTable): boolean {
  return rows.length > 0;
}

const timeColumns: readonly TableColumn[] = [
  { title: 'p50', align: 'right' },
  { title: 'p75', align: 'right', spare: true },
  { title: 'p90', align: 'right', spare: true },
  { title: 'p95', align: 'right' },
  { title: 'p99', align: 'right' },
  { title: 'p99.9', align: 'right', spare: true },
  { title: 'max', align: 'right' },
];

function times(stored: StoredDistribution): readonly string[] {
  const { count, p50Us, p75Us, p90Us, p95Us, p99Us, p999Us, maxUs } = stored;
  return [p50Us, p75Us, p90Us, p95Us, p99Us, p999Us, maxUs].map((us) =>
    count === 0 ? '' : durationText(us),
  );
}

/** Protocols side by side. */
function protocolTable(figures: FleetFigures): FleetTable {
  return {
    title: 'Protocols side by side',
    columns: [
      { title: 'Protocol' },
      { title: 'Files', align: 'right' },
      { title: 'Errors', align: 'right' },
      { title: 'Bytes', align: 'right', spare: true },
      { title: 'Sent', align: 'right', spare: true },
      { title: 'Amplification', align: 'right' },
      ...timeColumns,
    ],
    rows: protocols.flatMap((protocol): TableRow[] => {
      const files = filesOf(figures, protocol, undefined);
      if (files.length === 0) return [];
      const errors = errorsOf(files);
      const cells = [
        protocol,
        countText(sum(files, ({ asked }) => asked)),
        errors === 0 ? '0' : `${countText(errors)} (${shareText(errors / sum(files, ({ asked }) => asked))})`,
        formatBytes(sum(files, ({ bytes }) => bytes)),
        countText(sum(files, ({ sent }) => sent)),
        figureText(amplificationOf(files) ?? 1, 'factor'),
        ...times(merged(files.map(({ service }) => service))),
      ];
      return [errors === 0 ? { cells } : { cells, tone: 'bad' }];
    }),
  };
}

function jobTable(figures: FleetFigures): FleetTable {
  return {
    title: 'Boots and checks, from when they were due',
    columns: [
      { title: 'What' },
      { title: 'Due', align: 'right' },
      { title: 'Done', align: 'right' },
      { title: 'Failed', align: 'right' },
      { title: 'Unfinished', align: 'right' },
      ...timeColumns,
      { title: 'Service p95', align: 'right', spare: true },
    ],
    rows: eachJob(figures).map(({ protocol, kind, job }) => {
      const cells = [
        `${jobWords[kind]} over ${protocol}`,
        ...[job.due, job.done, job.failed, job.unfinished].map(countText),
        ...times(job.latency),
        times(job.service)[3] ?? '',
      ];
      return job.failed + job.unfinished === 0 ? { cells } : { cells, tone: 'bad' };
    }),
  };
}

function fileTable({ files }: FleetFigures): FleetTable {
  return {
    title: 'Files, from request to last byte',
    columns: [
      { title: 'File' },
      { title: 'Asked', align: 'right' },
      { title: 'Received', align: 'right', spare: true },
      { title: 'Failed', align: 'right' },
      { title: 'Repeats', align: 'right' },
      { title: 'First byte p95', align: 'right', spare: true },
      ...timeColumns,
    ],
    rows: protocols.flatMap((protocol) =>
      fileKinds.flatMap((kind): TableRow[] => {
        const file = files[protocol]?.[kind];
        if (file === undefined) return [];
        const cells = [
          `${kind} over ${protocol}`,
          ...[file.asked, file.received, file.failed, repeatsOf(file)].map(countText),
          times(file.firstByte)[3] ?? '',
          ...times(file.service),
        ];
        return [file.failed === 0 ? { cells } : { cells, tone: 'bad' }];
      }),
    ),
  };
}

function repeatsOf({ repeatedRequests, repeatedAcknowledgements }: FileFigures): number {
  return repeatedRequests + repeatedAcknowledgements;
}

function failureTable(figures: FleetFigures): FleetTable {
  return {
    title: 'Why files did not arrive',
    columns: [
      { title: 'Cause' },
      { title: 'Protocol' },
      { title: 'Files', align: 'right' },
      { title: 'Whose doing' },
      { title: 'What it means', spare: true },
    ],
    rows: [
      ...failuresByCause(figures).map(({ cause, protocol, count }) => ({
        cells: [cause, protocol, countText(count), ownerOf(cause), causeSentences[cause]],
      })),
      ...Object.entries(figures.refusals).map(([code, count]) => ({
        cells: [code, '', countText(count), 'server', 'the file arrived and was not taken'],
      })),
    ],
  };
}

function releaseTable({ release }: FleetFigures): FleetTable {
  const columns: readonly TableColumn[] = [
    { title: 'Why' },
    { title: 'Phones', align: 'right' },
    { title: 'Among them' },
  ];
  const title = release === null ? '' : `Phones without ${release.section} ${release.version}`;
  const rows = Object.entries(release?.leftBehindBecause ?? {}).map(([because, count]) => ({
    cells: [because, countText(count), namedPhones(release, because)],
  }));
  return { title, columns, rows };
}

function namedPhones(release: FleetFigures['release'], because: string): string {
  const named = release?.leftBehind.filter((one) => one.because === because) ?? [];
  return named.map(({ phone }) => phone).join(', ');
}

function phoneTable({ slowest, failures }: FleetFigures): FleetTable {
  return {
    title: 'Phones to look at',
    columns: [{ title: 'Phone', align: 'right' }, { title: 'Over' }, { title: 'What' }],
    rows: [
      ...slowest.slice(0, PHONES_MAX).map(({ phone, protocol, latencyUs, failed }) => ({
        cells: [
          String(phone),
          protocol,
          `${failed ? 'failed after' : 'booted in'} ${durationText(latencyUs)}`,
        ],
      })),
      ...failures.slice(0, PHONES_MAX).map(({ phone, protocol, atUs, kind, cause }) => ({
        cells: [String(phone), protocol, `${kind} failed at ${durationText(atUs)}: ${causeSentences[cause]}`],
      })),
    ],
  };
}

const PHONES_MAX = 5;

function generatorTable({ environment: { generators } }: FleetResult): FleetTable {
  return {
    title: 'The generator',
    columns: [
      { title: 'Shard and worker' },
      { title: 'Starts', align: 'right' },
      { title: 'Late', align: 'right' },
      { title: 'Latest start', align: 'right' },
      { title: 'Loop delay p99', align: 'right' },
      { title: 'Loop delay max', align: 'right', spare: true },
      { title: 'Busy', align: 'right' },
      { title: 'Longest GC', align: 'right', spare: true },
      { title: 'Sockets', align: 'right', spare: true },
    ],
    rows: generators.flatMap(({ shard, workers, invalid }) =>
      workers.map(({ starts, loopDelayMs, busyShare, collections, socketsMax }, index) => {
        const cells = [
          `${shard.index} of ${shard.of}, ${index + 1}`,
          countText(starts.count),
          countText(starts.late),
          ...[starts.maxMs, loopDelayMs.p99, loopDelayMs.max].map(msText),
          shareText(busyShare),
          msText(collections.maxMs),
          countText(socketsMax),
        ];
        return invalid === null ? { cells } : { cells, tone: 'doubtful' as const };
      }),
    ),
  };
}

/** Of a run that somebody had a hand in, so that nobody takes it for one that can be repeated. */
function steeringTable({ environment: { generators } }: FleetResult): FleetTable {
  return {
    title: 'Steered on the way',
    columns: [{ title: 'When' }, { title: 'Order' }],
    rows: generators
      .flatMap(({ steered = [] }) => steered)
      .map(({ atMs, order }) => ({ cells: [msText(atMs), order], tone: 'doubtful' })),
  };
}

function msText(ms: number): string {
  return durationText(Math.round(ms * 1_000));
}

function sum<T>(all: readonly T[], amount: (one: T) => number): number {
  return all.reduce((total, one) => total + amount(one), 0);
}
