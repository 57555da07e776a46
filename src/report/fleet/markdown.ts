import { markdownText } from '../markdown-text.ts';
import type { FleetResult } from './result.ts';
import { fleetSentence, lookAtFirst } from './result-words.ts';
import { type FleetTable, resultTables, type TableRow } from './tables.ts';
import { verdictTable } from './verdict-table.ts';

/** GitHub cuts a comment at 65,536 characters; the other reports have them all. */
const ROWS_MAX = 40;

/** A run of a fleet as Markdown (GitHub's, with tables), for a pull request or the summary of a CI job. */
export function fleetMarkdown(result: FleetResult): string {
  const { scenario, seed, time, timings, stagger, environment } = result;
  const first = lookAtFirst(result).map((sentence) => `- ${markdownText(sentence)}`);
  const versions = [...new Set(environment.generators.map(sayGenerator))];
  const blocks = [
    `# ${markdownText(fleetSentence(result))}`,
    ...(first.length === 0 ? [] : [`Look at first:\n\n${first.join('\n')}`]),
    ...[verdictTable(result), ...resultTables(result)].filter(({ rows }) => rows.length > 0).map(tableText),
    markdownText(
      `scenario ${scenario}, seed ${seed}, ${time} time, timings ${timings}, stagger ${stagger}; ${versions.join('; ')}`,
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sayGenerator({ product, node, platform }: FleetResult['environment']['generators'][number]): string {
  return `deskphone-emulator ${product}, Node.js ${node}, ${platform}`;
}

function tableText({ title, columns, rows }: FleetTable): string {
  const left = rows.length - ROWS_MAX;
  return [
    `## ${markdownText(title)}`,
    '',
    rowText(columns.map((column) => column.title)),
    rowText(
      columns.map(({ align }) => (align === 'right' ? '--:' : '---')),
      'as-it-is',
    ),
    ...rows.slice(0, ROWS_MAX).map(boldIfBad),
    ...(left > 0 ? ['', `And ${left} more.`] : []),
  ].join('\n');
}

function boldIfBad({ cells: [first = '', ...others], tone }: TableRow): string {
  const name = tone === 'bad' ? `**${markdownText(first)}**` : markdownText(first);
  return rowText([name, ...others.map(markdownText)], 'as-it-is');
}

function rowText(cells: readonly string[], how: 'text' | 'as-it-is' = 'text'): string {
  return `| ${cells.map((cell) => (how === 'text' ? markdownText(cell) : cell)).join(' | ')} |`;
}
