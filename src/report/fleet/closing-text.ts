import type { Layout } from '../layout.ts';
import { type Cell, type Column, layOutTable } from '../table.ts';
import type { FleetFigures } from './figures.ts';
import type { FleetResult } from './result.ts';
import { fleetSentence, lookAtFirst } from './result-words.ts';
import { type FleetTable, figureTables, resultTables } from './tables.ts';
import { verdictTable } from './verdict-table.ts';

/** What a fleet ends with on a terminal: its tables, what to look at first, and its verdict last. */
export function closingText(result: FleetResult, layout: Layout): readonly string[] {
  const tables = [...resultTables(result), verdictTable(result)].filter(({ rows }) => rows.length > 0);
  return [
    ...tables.flatMap((table) => [...tableLines(table, layout), '']),
    ...lookAtFirst(result).map(listed),
    verdictLine(result, layout),
  ];
}

/** The verdict alone, after the reasons for any other than passed. */
export function verdictText(result: FleetResult, layout: Layout): readonly string[] {
  return [...result.why.map(listed), verdictLine(result, layout)];
}

function listed(sentence: string): string {
  return `- ${sentence}`;
}

function verdictLine(result: FleetResult, { palette }: Layout): string {
  return palette[result.verdict === 'passed' ? 'good' : 'bad'](fleetSentence(result));
}

/** Figures of a run that goes on. */
export function figuresText(figures: FleetFigures, layout: Layout): readonly string[] {
  return figureTables(figures).flatMap((table) => [...tableLines(table, layout), '']);
}

/** Columns that a report can spare are left out: a terminal is narrow. */
function tableLines({ title, columns, rows }: FleetTable, layout: Layout): readonly string[] {
  const shown = columns.flatMap(({ spare }, place) => (spare === true ? [] : [place]));
  const heads = columns.map(({ title: head, align }): Column => ({ title: head, align: align ?? 'left' }));
  const lines = layOutTable(
    shown.flatMap((place) => heads[place] ?? []),
    rows.map(({ cells, tone }) =>
      shown.map((place): Cell => ({ text: cells[place] ?? '', ...(tone && { tone }) })),
    ),
    layout,
  );
  return [layout.palette.strong(title), ...lines];
}
