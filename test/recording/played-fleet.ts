import { expect } from 'vitest';
import { doShare } from '../../src/fleet/do-share.ts';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import type { RecordedFleet } from '../../src/recording/recorded-fleet.ts';
import { judgeThreshold, parseThreshold } from '../../src/report/fleet/threshold.ts';
import { sayProblem } from '../../src/scenario/scenario-problem.ts';
import { writeFiles } from '../scenario/scenario-file.ts';

/** Runs a recorded fleet in this thread: what each phone asked for, by MAC, and thresholds that fail. */
export async function playedFleet({ text, phones }: RecordedFleet) {
  const file = writeFiles({ 'fleet.yaml': text, 'phones.csv': phones });
  const reading = readFleet({ kind: 'file', file }, []);
  expect('problems' in reading ? reading.problems.map(sayProblem) : []).toEqual([]);
  if ('problems' in reading) throw new Error('A recorded fleet cannot be read');
  const { plan } = reading;
  const asked: Record<string, { atMs: number; file: string }[]> = {};
  const whole = { index: 0, of: 1 };
  const trace = Array.from({ length: plan.count }, (_, index) => index);
  const { figures } = await doShare(
    { plan, shard: whole, worker: whole, trace },
    {
      heed: (listener) => listener({ kind: 'begin', atHostMs: 0 }),
      report: (report) => {
        if (report.kind !== 'fact' || report.entry.event.type !== 'file.requested') return;
        const { at, phone, event } = report.entry;
        asked[phone] ??= [];
        asked[phone].push({ atMs: at, file: event.file });
      },
    },
  );
  const missed = plan.thresholds.filter((threshold) => {
    const read = parseThreshold(threshold);
    return 'message' in read || !judgeThreshold(read, figures).holds;
  });
  return { plan, asked, missed };
}
