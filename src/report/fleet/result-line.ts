import { gunzipSync, gzipSync } from 'node:zlib';

/** What a line of a log begins with, somewhere, that holds the result of a shard. */
const RESULT_LINE = 'deskphone-fleet-result:';

/** More than a result of a whole fleet has; what claims to unpack to more is none. */
const JSON_BYTES_MAX = 500 * 1024 * 1024;

/** A result in JSON as one line of a log: gzip, in base64. `packedResult` reads it. */
export function resultLine(json: string): string {
  return `${RESULT_LINE}${gzipSync(json, { level: 9 }).toString('base64')}\n`;
}

/** The JSON of a result in a line of a log, whatever stands before it; undefined: it holds none. */
export function packedResult(line: string): string | { readonly message: string } | undefined {
  const at = line.indexOf(RESULT_LINE);
  if (at === -1) return undefined;
  const packed = Buffer.from(line.slice(at + RESULT_LINE.length).trim(), 'base64');
  try {
    return gunzipSync(packed, { maxOutputLength: JSON_BYTES_MAX }).toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { message: `the result in it was cut or changed: ${why}` };
  }
}
