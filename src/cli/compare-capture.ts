import { statSync } from 'node:fs';
import { readCapture } from '../recording/capture.ts';
import { compareCapture } from '../recording/compare.ts';
import { CompareError } from '../recording/compare-phone.ts';
import { readInput } from '../recording/input.ts';
import { InputError } from '../recording/input-error.ts';
import { isCapture } from '../recording/pcap-file.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import type { StepInput } from '../scenario/live-phone.ts';
import { captureComparisonLines, captureSentence } from './capture-comparison-text.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { RecordValues } from './record.ts';

/** Plays our phone against a capture and shows what that says; what `record --compare` does. */
export async function compareWithCapture(call: Call<RecordValues>, io: Io): Promise<ExitCode> {
  const { values } = call;
  const [path, ...others] = call.arguments;
  if (path === undefined || others.length > 0) {
    throw new UsageError(`--compare with ${call.arguments.length} captures; expected one`);
  }
  const { files, phone, software, then = [] } = values;
  if (files !== undefined && !statSync(files, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--files ${files}: no such folder; expected the tree of the server`);
  }
  const comparison = await refusing(io, async () => {
    const { name, bytes } = await readInput(path);
    if (!isCapture(bytes)) throw new UsageError(`${name}: no capture; expected one of tcpdump or Wireshark`);
    return compareCapture(readCapture(bytes), {
      name,
      signal: io.stop,
      steps: then.flatMap((step) => stepsFor[step]),
      ...(files !== undefined && { files }),
      ...(phone !== undefined && { address: phone }),
      ...(software !== undefined && { software }),
    });
  });
  if (comparison === undefined) {
    io.err('stopped: nothing was compared to its end\n');
    return stoppedBy(io.stop);
  }
  if (values.json) io.out(`${JSON.stringify(comparison)}\n`);
  else if (values.quiet) io.out(`${captureSentence(comparison)}\n`);
  else {
    const palette = io.color ? ansiPalette : plainPalette;
    const layout = { columns: io.columns(), palette, letters: io.letters };
    for (const line of captureComparisonLines(comparison, layout)) io.out(`${line}\n`);
  }
  const refuted = [...comparison.switches, ...comparison.rules].some(({ verdict }) => verdict === 'refuted');
  const asAssumed = Object.keys(comparison.best).length === 0 && comparison.reproduced && !refuted;
  return asAssumed ? exitCodes.asExpected : exitCodes.failed;
}

/** Undefined: it was told to stop. */
async function refusing<T>(io: Io, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (io.stop.aborted) return undefined;
    if (error instanceof InputError || error instanceof CompareError) throw new UsageError(error.message);
    throw error;
  }
}

const rest: StepInput = { wait: 'rest' };

/** The words of --then as steps of a scenario; each comes to rest before the next. */
const stepsFor: Readonly<Record<NonNullable<RecordValues['then']>[number], readonly StepInput[]>> = {
  check: ['check', rest],
  poll: [{ wait: 'poll' }, rest],
  notify: [{ notify: 'check-sync' }, rest],
  reset: ['reset', rest],
  off: ['power.off'],
  on: ['power.on', rest],
};
