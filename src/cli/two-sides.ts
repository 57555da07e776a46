import { type Stats, statSync } from 'node:fs';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
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

/** A side that phones are sent to. */
export type PhoneSide = ServerSide | TreeSide;

/** What A and B turned out to be. */
export type TwoSides =
  | { readonly kind: 'phones'; readonly a: PhoneSide; readonly b: PhoneSide }
  | { readonly kind: 'results'; readonly a: ResultSide; readonly b: ResultSide };

/** The two sides that were given. Throws `UsageError` for others than two, or two that do not go together. */
export function twoSides(given: readonly string[]): TwoSides {
  const [first = '', second = ''] = given;
  if (given.length !== 2) {
    throw new UsageError(`found ${given.length} of A and B; expected two: URLs, folders or results`);
  }
  const [a, b] = [sideOf('A', first), sideOf('B', second)];
  if (a.kind === 'result' && b.kind === 'result') return { kind: 'results', a, b };
  if (a.kind !== 'result' && b.kind !== 'result') return { kind: 'phones', a, b };
  throw new UsageError(
    `A (${a.shown}) is a ${a.kind}, B (${b.shown}) a ${b.kind}; expected two results, or neither`,
  );
}

function sideOf(which: 'A' | 'B', text: string): PhoneSide | ResultSide {
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
  return { kind: 'result', shown, result: resultIn(text) };
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
