import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseServerAddress } from '../provisioning/server-address.ts';
import type { Protocol } from '../provisioning/words.ts';
import { complaintsOnTheWire } from '../server/fault-rules.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { certificatesIn } from './certificates.ts';
import type { Complaints } from './complaints.ts';
import { complaintsAboutFolders } from './older-trees.ts';
import type { Layer, LayerFile } from './published-tree.ts';
import type { Scenario, ServerSpec } from './scenario.ts';
import type { ScenarioCase, ServerCase } from './scenario-case.ts';
import type { Path } from './source-node.ts';
import type { FileSpec, TreeLayer } from './tree.schema.ts';
import type { ServerTrust } from './world.ts';

interface Surroundings {
  readonly time: ScenarioCase['time'];
  readonly protocol: Protocol | undefined;
}

/** What only a server of yours has: how phones trust it. */
export const wordsOfUrl = ['ca', 'tlsVerify'] as const;

/** The server of a case; what cannot be is told. */
export function serverCase(
  server: Scenario['server'],
  { time, protocol }: Surroundings,
  complaints: Complaints,
): ServerCase {
  if (server === 'none') return { kind: 'none' };
  if (server?.url !== undefined) return externalCase(server, server.url, { time, protocol }, complaints);
  for (const word of wordsOfUrl) {
    if (server?.[word] !== undefined)
      complaints.tell(['server', word], `${word} goes with url only: phones take our own server as it is`);
  }
  const { rtt, bandwidth, users, faults = [] } = server ?? {};
  if (time !== 'virtual') {
    for (const [word, value] of Object.entries({ rtt, bandwidth })) {
      if (value !== undefined) complaints.tell(['server', word], `${word} goes with virtual time only`);
    }
  }
  return {
    kind: 'embedded',
    layers:
      server?.files === undefined
        ? [{ kind: 'demo' }]
        : layersOf(server.files, ['server', 'files'], complaints),
    protocol: protocol ?? server?.protocol ?? 'http',
    faults: rulesOf(faults, ['server', 'faults'], { time, complaints }),
    ...(rtt !== undefined && { rttMs: rtt }),
    ...(bandwidth && { bandwidth: withoutUndefined(bandwidth) }),
    ...(users && { users }),
  };
}

function externalCase(
  server: ServerSpec,
  url: string,
  { time, protocol }: Surroundings,
  complaints: Complaints,
): ServerCase {
  const path = ['server', 'url'];
  if (time === 'virtual') {
    complaints.tell(path, 'a server of yours obeys no virtual clock; expected time: {mode: jump} or real');
  }
  if (protocol !== undefined)
    complaints.tell(['matrix', 'protocols'], 'goes with server files only: a url names its protocol');
  for (const word of ['protocol', 'faults', 'rtt', 'bandwidth', 'users'] as const) {
    if (server[word] !== undefined)
      complaints.tell(['server', word], `${word} goes with files only, not with url`);
  }
  const parsed = parseServerAddress(url, 'typed');
  if (parsed.ok) return { kind: 'external', address: parsed.address, ...trustOf(server, complaints) };
  complaints.tell(path, parsed.message);
  return { kind: 'none' };
}

/** Where the certificates to trust are named. */
export const CERTIFICATES = ['server', 'ca'];

function trustOf(
  { ca, tlsVerify = 'verify' }: ServerSpec,
  complaints: Complaints,
): { readonly trust?: ServerTrust } {
  if (ca === undefined) return tlsVerify === 'verify' ? {} : { trust: { ca: [], verify: tlsVerify } };
  const read = certificatesIn(complaints.resolve(CERTIFICATES, ca));
  if ('pem' in read) return { trust: { ca: [read.pem], verify: tlsVerify } };
  complaints.tell(CERTIFICATES, `${ca}: ${read.message}`);
  return {};
}

/** Rules as they are to be run: folders of older trees count from the file that names them. */
export function rulesOf(
  rules: readonly FaultRule[],
  path: Path,
  { time, complaints }: { readonly time: ScenarioCase['time']; readonly complaints: Complaints },
): readonly FaultRule[] {
  const resolved = rules.map((rule, index) =>
    'from' in rule ? { ...rule, from: complaints.resolve([...path, index], rule.from) } : rule,
  );
  const wrong = [
    ...complaintsAboutFolders(resolved),
    ...(time === 'virtual' ? [] : complaintsOnTheWire(resolved)),
  ];
  for (const complaint of wrong) complaints.tell([...path, ...complaint.path], complaint.message);
  return wrong.length === 0 ? resolved : [];
}

/** The layers of a tree, folders and files found. */
export function layersOf(layers: readonly TreeLayer[], path: Path, complaints: Complaints): readonly Layer[] {
  return layers.map((layer, index): Layer => {
    const place = layers.length === 1 ? path : [...path, index];
    if (typeof layer !== 'string') {
      const files = Object.entries(layer).map(([name, file]) => [
        name,
        fileOf(file, [...place, name], complaints),
      ]);
      return { kind: 'files', files: Object.fromEntries(files) };
    }
    if (layer === 'demo') return { kind: 'demo' };
    const folder = complaints.resolve(place, layer);
    if (isThere(folder, 'folder')) return { kind: 'folder', path: folder };
    complaints.tell(place, `${layer} is no folder beside this file; expected one, or demo`);
    return { kind: 'files', files: {} };
  });
}

function fileOf(file: FileSpec, path: Path, complaints: Complaints): LayerFile {
  if (typeof file === 'string') return file;
  const { from, image, size } = file;
  if (from !== undefined) {
    const found = complaints.resolve(path, from);
    if (!isThere(found, 'file')) complaints.tell([...path, 'from'], `${from} is no file beside this one`);
    return isThere(found, 'file') ? { folder: dirname(found), name: basename(found) } : '';
  }
  if (image !== undefined) return { image, ...(size !== undefined && { sizeBytes: size }) };
  return { sizeBytes: size ?? 0 };
}

function isThere(path: string, kind: 'file' | 'folder'): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return (kind === 'file' ? found?.isFile() : found?.isDirectory()) === true;
}

function withoutUndefined<K extends string>(
  given: Readonly<Partial<Record<K, number | undefined>>>,
): Partial<Record<K, number>> {
  const entries = Object.entries<number | undefined>(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Record<K, number>>;
}
