import { resultPage } from './html/result-page.ts';
import type { Result } from './result.ts';
import { resultJunit } from './result-junit.ts';
import { resultMarkdown } from './result-markdown.ts';
import { storedResult } from './stored-result.ts';

/** The reports there are of a run, each written by the function of its name. */
const renderers: Readonly<Record<ReportKind, (result: Result) => string>> = {
  json: (result) => `${JSON.stringify(storedResult(result), null, 2)}\n`,
  junit: resultJunit,
  html: resultPage,
  markdown: resultMarkdown,
};

export const reportKinds = ['json', 'junit', 'html', 'markdown'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** A run as the text of one report. */
export function renderReport(kind: ReportKind, result: Result): string {
  return renderers[kind](result);
}
