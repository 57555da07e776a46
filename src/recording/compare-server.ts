import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneSurroundings } from '../scenario/live-phone.ts';
import type { Asked } from './compare-asked.ts';
import type { Play } from './compare-played.ts';

type EmbeddedServer = Extract<NonNullable<PhoneSurroundings['server']>, object>;
type Fault = NonNullable<EmbeddedServer['faults']>[number];

/** The files of the server in the capture. */
export interface RebuiltTree {
  readonly files: Readonly<Record<string, { readonly from: string }>>;
  /** Arrived, and the capture lacks a part of them. */
  readonly lost: readonly string[];
  /** Came with another content later on; the first is what is played with. */
  readonly changed: readonly string[];
  /** Removes what was written for it. */
  remove(): void;
}

/**
 * A tree of the bodies in the capture. They are written to a folder of their own under names of ours, never
 * under those that were asked for.
 */
export function rebuildTree(asked: readonly Asked[]): RebuiltTree {
  const bodies = new Map<string, Buffer>();
  const arrived = new Set<string>();
  const changed = new Set<string>();
  for (const { file, seen } of asked) {
    for (const { result, body } of seen) {
      if (file === null || result !== 'ok') continue;
      arrived.add(file);
      const known = bodies.get(file);
      if (known !== undefined && body !== undefined && !known.equals(body)) changed.add(file);
      if (known === undefined && body !== undefined) bodies.set(file, body);
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-compare-'));
  const files = [...bodies].map(([file, body], index) => {
    const from = join(folder, String(index));
    writeFileSync(from, body);
    return [file, { from }] as const;
  });
  return {
    files: Object.fromEntries(files),
    lost: [...arrived].filter((file) => !bodies.has(file)),
    changed: [...changed],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** As many rules as a scenario takes. */
const FAULTS_MAX = 100;

/** What the server in the capture did wrong, as the rules of ours that make it do so again. */
export function faultsIn(
  asked: readonly Asked[],
  unheard: Play['unheard'],
  silent: 'silence' | 'refuse',
): Fault[] {
  const closed = unheard.map((protocol): Fault => ({ match: '*', protocol, fault: silent }));
  const names = new Set(asked.flatMap(({ file }) => file ?? []));
  const rules = [...names].filter((name) => !/[*?]/.test(name)).flatMap((name) => faultsOf(name, asked));
  return [...closed, ...rules].slice(0, FAULTS_MAX);
}

function faultsOf(name: string, asked: readonly Asked[]): readonly Fault[] {
  const all = asked.filter(({ file }) => file === name).flatMap(({ seen }) => seen);
  const [first] = all;
  if (first === undefined) return [];
  const { protocol } = first;
  const aim = { match: name, protocol };
  if (all.every(({ result }) => result === 'TIMEOUT')) return [{ ...aim, fault: 'silence' }];
  if (all.every(({ result }) => result === 'NOT_FOUND')) return [];
  let after = 0;
  return all.flatMap(({ result, attempts, bytes, user }): readonly Fault[] => {
    const from = { ...aim, after };
    after += attempts;
    switch (result) {
      case 'TIMEOUT':
        return [{ ...from, times: attempts, fault: 'silence' }];
      case 'NOT_FOUND':
        return [{ ...from, times: 1, fault: 'missing' }];
      case 'BUSY':
        return [{ ...from, times: 1, fault: 'status', status: 503 }];
      case 'ACCESS_DENIED':
        // Asked again as its user it was let in: ours lets it in at once.
        if (protocol === 'http' && user === undefined) after -= attempts;
        return protocol === 'http' && user === undefined
          ? []
          : [{ ...from, times: 1, fault: 'status', status: 403 }];
      case 'PROTOCOL':
        return [{ ...from, times: 1, fault: 'status', status: 400 }];
      case 'TRUNCATED':
        return [{ ...from, times: 1, fault: 'truncate', afterBytes: bytes }];
      default:
        // TFTP: the server took no notice of the first few.
        return attempts > 1 ? [{ ...from, times: attempts - 1, fault: 'silence' }] : [];
    }
  });
}
