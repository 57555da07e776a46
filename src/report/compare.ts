import type { z } from 'zod';
import { align } from './align.ts';
import { behaviourOf } from './behaviour.ts';
import type {
  comparisonSchema,
  differenceSchema,
  pairSchema,
  requestPairSchema,
} from './comparison.schema.ts';
import type { Outcome } from './outcome.ts';
import type { RequestOutcome } from './request-outcomes.ts';

/** What differs between two servers, trees or results. */
export type Comparison = Readonly<z.infer<typeof comparisonSchema>>;
/** A phone, or a scenario with its verdict, on both sides. */
export type Pair = Readonly<z.infer<typeof pairSchema>>;
export type RequestPair = Readonly<z.infer<typeof requestPairSchema>>;
export type Difference = Readonly<z.infer<typeof differenceSchema>>;

/** Both sides in the words of who gave them, without passwords. */
export interface Sides {
  readonly a: string;
  readonly b: string;
  readonly seed: string | null;
}

export function comparisonOf({ a, b, seed }: Sides, pairs: readonly Pair[]): Comparison {
  const differs = pairs.some((pair) => pair.differs);
  return { type: 'comparison', version: 1, a, b, seed, differs, pairs: [...pairs] };
}

/** One phone on both sides. Null: never switched on. */
export function comparePhone(
  { name, timed }: Pick<Pair, 'name' | 'timed'>,
  a: Outcome | null,
  b: Outcome | null,
): Pair {
  const requests = pairRequests(a?.requests ?? [], b?.requests ?? []);
  const differences = differencesOf(behaviourOf(a), behaviourOf(b));
  const differs = differences.length > 0 || requests.some((pair) => pair.differs);
  return { name, timed, differs, a: a && sumOf(a), b: b && sumOf(b), requests, differences };
}

/** What is said on both sides about the same, where the words are not the same. */
export function differencesOf(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): Difference[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((about) => ({ about, a: a.get(about) ?? null, b: b.get(about) ?? null }))
    .filter((one) => one.a !== one.b);
}

function pairRequests(a: readonly RequestOutcome[], b: readonly RequestOutcome[]): RequestPair[] {
  const sameProtocol = ownRequest(a)?.protocol === ownRequest(b)?.protocol;
  const [askedInA, askedInB] = [placesOf(a, sameProtocol), placesOf(b, sameProtocol)];
  const keyOf = (asked: readonly string[]) => (request: RequestOutcome, index: number) =>
    `${request.check} ${request.section ?? request.userFile ?? ''} ${asked[index]}`;
  return align(a.map(keyOf(askedInA)), b.map(keyOf(askedInB))).map(([inA, inB]) => {
    const first = inA === undefined ? undefined : a[inA];
    const second = inB === undefined ? undefined : b[inB];
    return {
      asked: (inA === undefined ? askedInB[inB ?? 0] : askedInA[inA]) ?? '',
      check: (first ?? second)?.check ?? 0,
      a: sideOf(first),
      b: sideOf(second),
      differs: requestDiffers(first, second),
    };
  });
}

function sideOf(request: RequestOutcome | undefined): RequestPair['a'] {
  if (request === undefined) return null;
  const { result, bytes, attempts, ms } = request;
  return { result, bytes, attempts, ms };
}

/**
 * Bytes of a failed transfer are those that came before a limit, and TFTP asks again after a silence: both
 * are latency in other clothes.
 */
function requestDiffers(a: RequestOutcome | undefined, b: RequestOutcome | undefined): boolean {
  if (a === undefined || b === undefined || a.result !== b.result) return true;
  if (a.result === 'ok' && a.bytes !== b.bytes) return true;
  return a.protocol !== 'tftp' && b.protocol !== 'tftp' && a.attempts !== b.attempts;
}

function sumOf({ ok, requests }: Outcome): NonNullable<Pair['a']> {
  return {
    ok,
    requests: requests.length,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
    ms: requests.reduce((sum, { ms }) => sum + ms, 0),
  };
}

/**
 * Where each file was asked for, seen from the folder of the provisioning file, so that two servers can be
 * held against each other. Ports are left out: servers of our own have others each time; so are protocols
 * where two are compared.
 */
function placesOf(requests: readonly RequestOutcome[], withProtocol: boolean): string[] {
  const own = ownRequest(requests);
  const base = own === undefined ? undefined : partsOf(own.url);
  if (own === undefined || base === undefined) return requests.map(({ url }) => url);
  const folder = base.path.endsWith(own.file)
    ? base.path.slice(0, base.path.length - own.file.length)
    : base.path.slice(0, base.path.lastIndexOf('/') + 1);
  return requests.map(({ url }) => {
    const parts = partsOf(url);
    if (parts === undefined || parts.host !== base.host) return url;
    const path = parts.path.startsWith(folder) ? parts.path.slice(folder.length) : parts.path;
    return !withProtocol || parts.scheme === base.scheme ? path : `${parts.scheme}:${path}`;
  });
}

/** The first one for the provisioning file: it went to the server that is compared. */
function ownRequest(requests: readonly RequestOutcome[]): RequestOutcome | undefined {
  return requests.find(({ section, userFile }) => section === null && userFile === undefined);
}

function partsOf(url: string) {
  const [, scheme, host, path] = /^([a-z]+):\/\/(\[[^\]]*\]|[^/:]*)(?::\d+)?(\/.*)?$/.exec(url) ?? [];
  return scheme === undefined || host === undefined ? undefined : { scheme, host, path: path ?? '/' };
}
