import { type Stats, statSync } from 'node:fs';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import type { FleetResult } from '../report/fleet/result.ts';
import type { Result } from '../report/result.ts';
import { UsageError } from './exit-codes.ts';
import { resultIn } from './result-file.ts';

interface ServerSide {
  readonly kind: 'server';
  readonly shown: string;
  readonly address: ServerAddress;
}

interface TreeSide {
  readonly kind: 'tree';
  readonly shown: string;
  readonly folder: string;
}

interface ResultSide {
  readonly kind: 'result';
  readonly shown: string;
  readonly result: Result;
}

interface FleetSide {
  readonly kind: 'fleet result';
  readonly shown: string;
  readonly fleet: FleetResult;
}

/** A side that phones are sent to. */
export type PhoneSide = ServerSide | TreeSide;

/** What A and B turned out to be. */
export type TwoSides =
  | { readonly kind: 'phones'; readonly a: PhoneSide; readonly b: PhoneSide }
  | { readonly kind: 'results'; readonly a: ResultSide; readonly b: ResultSide }
  | { readonly kind: 'fleets'; readonly a: FleetSide; readonly b: FleetSide };

/** The two sides that were given. Throws `UsageError` for others than two, or two that do not go together. */
export function twoSides(given: readonly string[]): TwoSides {
  const [first = '', second = ''] = given;
  if (given.length !== 2) {
    throw new UsageError(`found ${given.length} of A and B; expected two: URLs, folders or results`);
  }
  const [a, b] = [sideOf('A', first), sideOf('B', second)];
  if (a.kind === 'result' && b.kind === 'result') return { kind: 'results', a, b };
  if (a.kind === 'fleet result' && b.kind === 'fleet result') return { kind: 'fleets', a, b };
  if (isPhoneSide(a) && isPhoneSide(b)) return { kind: 'phones', a, b };
  const expected = isPhoneSide(a) || isPhoneSide(b) ? 'two results, or neither' : 'two results of one kind';
  throw new UsageError(`A (${a.shown}) is a ${a.kind}, B (${b.shown}) a ${b.kind}; expected ${expected}`);
}

type Side = PhoneSide | ResultSide | FleetSide;

function isPhoneSide(side: Side): side is PhoneSide {
  return side.kind === 'server' || side.kind === 'tree';
}

function sideOf(which: 'A' | 'B', text: string): Side {
  const shown = withoutPassword(text);
  if (/^[a-z]+:\/\//i.test(text)) {
    const parsed = parseServerAddress(text, 'typed');
    if (!parsed.ok) throw new UsageError(parsed.message);
    return { kind: 'server', shown, address: parsed.address };
  }
  const stats = statsOf(text);
  if (stats === undefined) {
    throw new UsageError(
      `${which} is "${shown}": no file or folder of that name; expected a URL such as http://127.0.0.1:8080, a folder, or a result`,
    );
  }
  if (stats.isDirectory()) return { kind: 'tree', shown, folder: text };
  const read = resultIn(text);
  return 'fleet' in read
    ? { kind: 'fleet result', shown, fleet: read.fleet }
    : { kind: 'result', shown, result: read.result };
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
