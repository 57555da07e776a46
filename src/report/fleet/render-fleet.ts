import { fleetCsv } from './csv.ts';
import { fleetPage } from './html/fleet-page.ts';
import { fleetJunit } from './junit.ts';
import { fleetLoadCsv } from './load-csv.ts';
import { fleetMarkdown } from './markdown.ts';
import type { FleetResult } from './result.ts';

/** The reports there are of a fleet, each written by the function of its name. */
const renderers: Readonly<Record<FleetReportKind, (result: FleetResult) => string>> = {
  json: (result) => `${JSON.stringify(result)}\n`,
  html: fleetPage,
  csv: fleetCsv,
  load: fleetLoadCsv,
  junit: fleetJunit,
  markdown: fleetMarkdown,
};

export const fleetReportKinds = ['json', 'html', 'csv', 'load', 'junit', 'markdown'] as const;
export type FleetReportKind = (typeof fleetReportKinds)[number];

/** A run of a fleet as the text of one report. */
export function renderFleetReport(kind: FleetReportKind, result: FleetResult): string {
  return renderers[kind](result);
}
