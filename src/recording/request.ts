import { parseLoad } from '../provisioning/load.ts';
import { type Model, models, type Protocol } from '../provisioning/words.ts';
import type { Sighting, Source } from './sighting.ts';

/** A file as one phone asked for it, however often until it had an answer. */
export interface RecordedRequest {
  /** Of the first try. */
  readonly atMs: number;
  readonly protocol: Protocol;
  /** Below the folder of the provisioning file, as its sections name files. */
  readonly file: string;
  readonly result: Sighting['result'];
  readonly tries: number;
  readonly userAgent?: string;
  readonly source: Source;
}

/** What the name of a file says of the phone that asks for it. */
export type NameOfFile =
  | { readonly kind: 'provisioning'; readonly model: Model; readonly by: 'SIP' | 'UNIStim' | 'boot loader' }
  | { readonly kind: 'own'; readonly mac: string }
  | { readonly kind: 'image' }
  | { readonly kind: 'other' };

const askers = { 'SIP.cfg': 'SIP', '.cfg': 'UNIStim', 'Boot.cfg': 'boot loader' } as const;

/** Reads `1230SIP.cfg`, `1230.cfg`, `1230Boot.cfg`, `SIP001B4F123001.cfg`, `SIP12x004.04.09.00.bin`. */
export function readName(path: string): NameOfFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const model = models.find((known) => name.startsWith(known));
  const rest = Object.entries(askers).find(([ending]) => name === `${model}${ending}`);
  if (model !== undefined && rest !== undefined) return { kind: 'provisioning', model, by: rest[1] };
  const [, mac] = /^SIP([0-9A-F]{12})\.cfg$/.exec(name) ?? [];
  if (mac !== undefined) return { kind: 'own', mac };
  return { kind: parseLoad(name) === undefined ? 'other' : 'image' };
}

/** A busy server is asked again within this time (Retry-After is honoured up to a minute). */
const AFTER_BUSY_MS = 90_000;
/** A user and password follow at once. */
const AFTER_CHALLENGE_MS = 5_000;
/** The phone sends its request again after so long without an answer. */
const AFTER_SILENCE_MS = 8_000;

/** Requests of one phone in order of time: tries of the same file are one. */
export function joinTries(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  const joined: RecordedRequest[] = [];
  let lastTryMs = 0;
  for (const request of requests) {
    const before = joined.at(-1);
    if (before !== undefined && isRepeat(before, request, request.atMs - lastTryMs)) {
      joined[joined.length - 1] = { ...request, atMs: before.atMs, tries: before.tries + 1 };
    } else joined.push(request);
    lastTryMs = request.atMs;
  }
  return joined;
}

function isRepeat(before: RecordedRequest, request: RecordedRequest, gapMs: number): boolean {
  if (before.file !== request.file || before.protocol !== request.protocol) return false;
  if (before.result === 'BUSY') return gapMs <= AFTER_BUSY_MS;
  if (before.protocol === 'tftp') return before.result === 'unknown' && gapMs <= AFTER_SILENCE_MS;
  return before.result === 'ACCESS_DENIED' && before.protocol !== 'ftp' && gapMs <= AFTER_CHALLENGE_MS;
}
