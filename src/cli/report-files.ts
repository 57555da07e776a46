import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type ReportKind, renderReport, reportKinds } from '../report/render-result.ts';
import type { Result } from '../report/result.ts';
import { UsageError } from './exit-codes.ts';

/** A report that is asked for, and where it goes. */
export interface ReportOrder {
  readonly kind: ReportKind;
  readonly file: string;
}

/** Reads `html=FILE`, on top of those given before. */
export function reportOrder(text: string, before: readonly ReportOrder[] = []): readonly ReportOrder[] {
  const [, word, file = ''] = /^([^=]*)=(.+)$/.exec(text) ?? [];
  const kind = reportKinds.find((known) => known === word);
  if (kind === undefined) {
    throw new InvalidArgumentError(`Expected KIND=FILE, KIND one of ${reportKinds.join(', ')}.`);
  }
  return [...before, { kind, file }];
}

/**
 * Writes every report that was asked for, with the folders it needs. `optionOf` says by which option; throws
 * `UsageError` with it for a file that cannot be written.
 */
export function writeReports(
  result: Result,
  orders: readonly ReportOrder[],
  optionOf: (order: ReportOrder) => string,
): void {
  for (const order of orders) writeReport(order.file, renderReport(order.kind, result), optionOf(order));
}

/** Writes one with the folders it needs. Throws `UsageError` with its option. */
export function writeReport(file: string, text: string, option: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
