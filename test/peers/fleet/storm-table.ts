import type { Peer } from '../peer.ts';
import type { Storm } from './storm.ts';

/** One storm against one server. */
export interface StormRow {
  readonly peer: Peer;
  readonly what: string;
  readonly phones: number;
  readonly storm: Storm;
  readonly lines: number;
  readonly serverCpuMs: number;
}

const heads = [
  ...['server', 'protocol', 'phones', 'files', 'requests', 'answered', 'repeats', 'log lines'],
  ...['without any answer', 'broken off', 'boot p50', 'boot max', 'server CPU', 'our CPU', 'took'],
];

/** How the table of docs/fleet-peers.md begins, in Markdown. */
export function stormHeads(): string {
  return [heads, heads.map(() => '---')].map(rowOf).join('\n');
}

/** A row of it. */
export function stormRow({ peer, what, phones, storm, lines, serverCpuMs }: StormRow): string {
  const { requests, figures, cpuMs, tookMs } = storm;
  const boots = figures.jobs[peer.protocol]?.boot?.latency;
  const { asked, answered, repeated, unanswered, brokenOff } = requests;
  return rowOf([
    ...[peer.name, peer.protocol, count(phones), what],
    ...[count(asked), count(answered), count(repeated), count(lines)],
    ...[byCause(unanswered), byCause(brokenOff)],
    ...[seconds((boots?.p50Us ?? 0) / 1000), seconds((boots?.maxUs ?? 0) / 1000)],
    ...[seconds(serverCpuMs), seconds(cpuMs), seconds(tookMs)],
  ]);
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function byCause(causes: Readonly<Record<string, number>>): string {
  const words = Object.entries(causes).map(([cause, times]) => `${count(times)} ${cause}`);
  return words.length === 0 ? 'none' : words.join(', ');
}
