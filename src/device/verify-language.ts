import type { Circumstances } from './circumstances.ts';
import { verifyMaker } from './proof.ts';
import { Readings } from './readings.ts';
import type { ReceivedFile } from './received-file.ts';
import { refuse, type Verdict } from './verdict.ts';

/** Whether a file is a language, and what its signature says (`authenticity`). */
export function verifyLanguage(file: ReceivedFile, circumstances: Circumstances): Verdict {
  const missing = missingMarks.of({ file }, () => missingHeaderMark(file.head) ?? 'none');
  if (missing !== 'none') {
    return refuse('WRONG_FORMAT', `${file.name} has no header line ${missing}; expected a language file`);
  }
  return verifyMaker('LANGUAGE', file, circumstances);
}

const missingMarks = new Readings<string>();

/** A header is within the first bytes of a file. */
const HEADER_BYTES = 4096;

/**
 * Observed: the official file of 4.4.9 begins with header lines ##1, ##2, ##3 ... Assumed: one without them
 * is none.
 */
export function missingHeaderMark(bytes: Uint8Array): string | undefined {
  const lines = Buffer.from(bytes.subarray(0, HEADER_BYTES)).toString('latin1').split(/\r?\n/);
  return ['##1', '##2', '##3'].find((mark, index) => !lines[index]?.startsWith(mark));
}
