import { readFileSync } from 'node:fs';
import { HOUR_MS, SECOND_MS } from '../clock/durations.ts';
import { parseThreshold } from '../report/fleet/threshold.ts';
import { Complaints } from '../scenario/complaints.ts';
import { demoFileForAny } from '../scenario/demo-tree.ts';
import { readInherited } from '../scenario/inherit.ts';
import { phoneCase } from '../scenario/phone-cases.ts';
import type { Layer } from '../scenario/published-tree.ts';
import type { ScenarioProblem } from '../scenario/scenario-problem.ts';
import { judgeNode } from '../scenario/schema-problems.ts';
import { CERTIFICATES, layersOf } from '../scenario/server-case.ts';
import { nodeOf, type SourceNode } from '../scenario/source-node.ts';
import { surroundingsOf } from '../scenario/surroundings.ts';
import type { LinkPlan } from '../transport/link-plan.ts';
import { type AddressRange, parseAddressRange } from './address-range.ts';
import { type Arrivals, windowHours } from './arrival.ts';
import { complainAboutPlan } from './doubtful-plan.ts';
import { fleetSchema } from './fleet.schema.ts';
import type { Fleet, FleetBlock } from './fleet.ts';
import { type FlagValue, withFlags } from './fleet-flags.ts';
import type { FleetEvent, FleetPlan, Life, PhoneKind } from './fleet-plan.ts';
import { type Identity, readIdentities } from './identities.ts';
import { sharesTogether } from './share.ts';

/** Where a fleet is described: in a file, or by a server and flags alone. */
export type FleetSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'server'; readonly url: string | undefined };

/** A fleet, and what was read for it. */
export interface FleetRead {
  readonly plan: FleetPlan;
  /** The file, those it extends, its list of phones, and the certificates it trusts. */
  readonly files: readonly string[];
}

export type FleetReading = FleetRead | { readonly problems: readonly ScenarioProblem[] };

/**
 * Reads a fleet with what flags say over it, to a plan; or tells everything that is wrong with it. A problem
 * of a flag is told with the flag for its file.
 */
export function readFleet(source: FleetSource, flags: readonly FlagValue[]): FleetReading {
  const base =
    source.kind === 'file' ? readInherited(source.file) : { node: nodeOfServer(source.url), files: [] };
  if ('problems' in base) return base;
  const judged = judgeNode(fleetSchema, withFlags(base.node, flags));
  if ('problems' in judged) return judged;
  const complaints = new Complaints(judged.node);
  const plan = planOf(judged.value, complaints);
  if (complaints.problems.length === 0 && plan !== undefined) complainAboutPlan(plan, complaints);
  if (complaints.problems.length > 0 || plan === undefined) return { problems: complaints.problems };
  return { plan, files: [...base.files, ...filesNamedIn(judged.value, complaints)] };
}

/** Files that the plan was read from beside those of the fleet itself. */
function filesNamedIn({ server, fleet: { identities } }: Fleet, complaints: Complaints): readonly string[] {
  const ca = server === 'none' ? undefined : server?.ca;
  return [
    ...(identities === undefined ? [] : [complaints.resolve(IDENTITIES, identities)]),
    ...(ca === undefined ? [] : [complaints.resolve(CERTIFICATES, ca)]),
  ];
}

function nodeOfServer(url: string | undefined): SourceNode {
  const server = url === undefined ? { files: 'demo' } : { url };
  const fleet = { version: 1, title: 'A fleet from the command line', server, fleet: {} };
  return nodeOf(fleet, { file: url === undefined ? 'the command line' : 'URL', line: 0, column: 0 });
}

/** A fleet is for load: in real time, and with phones that take as long as phones do. */
const usual = { time: 'real', timings: () => 'field' as const } as const;

const COUNT = 10;
const MAC_BASE = '001B4FA00000';
const LIMIT_MS = 3 * HOUR_MS;
const DARK_MS = 10 * SECOND_MS;

function planOf(fleet: Fleet, complaints: Complaints): FleetPlan | undefined {
  const { title, fleet: block } = fleet;
  const around = surroundingsOf(fleet, { variant: {}, overrides: {}, complaints, usual });
  const { firstIndex = 0, macBase = MAC_BASE, measureFrom = 0, limit = LIMIT_MS } = block;
  const identities = identitiesOf(block, complaints);
  const sources = sourcesOf(block, complaints);
  const arrivals = arrivalsOf(block, { identities, stagger: around.quirks.stagger, complaints });
  const [protocol, ...others] = block.protocols ?? [protocolOf(around.server)];
  if (arrivals === undefined || protocol === undefined) return undefined;
  return {
    ...around,
    server: forAnyPhone(around.server),
    title,
    count: block.count ?? identities?.length ?? COUNT,
    firstIndex,
    macBase,
    ...(identities && { identities }),
    protocols: [protocol, ...others],
    ...(sources && { sources }),
    ...(block.link && { link: linkOf(block.link) }),
    arrivals,
    kinds: kindsOf(fleet, complaints),
    life: lifeOf(block, complaints),
    limitMs: limit,
    measureFromMs: measureFrom,
    events: eventsOf(block, complaints),
    ...releaseOf(block),
    thresholds: thresholdsOf(block, complaints),
  };
}

/** The demo tree has a file for one phone. */
function forAnyPhone(server: FleetPlan['server']): FleetPlan['server'] {
  if (server.kind !== 'embedded') return server;
  const layers = server.layers.flatMap((layer): readonly Layer[] =>
    layer.kind === 'demo' ? [{ kind: 'files', files: demoFileForAny() }, layer] : [layer],
  );
  return { ...server, layers };
}

function protocolOf(server: FleetPlan['server']): FleetPlan['protocols'][0] {
  if (server.kind === 'none') return 'tftp';
  return server.kind === 'external' ? server.address.protocol : server.protocol;
}

/** Where a list of phones is named. */
const IDENTITIES = ['fleet', 'identities'];

function identitiesOf(
  { identities, macBase }: FleetBlock,
  complaints: Complaints,
): readonly Identity[] | undefined {
  if (identities === undefined) return undefined;
  if (macBase !== undefined) {
    const message = 'goes without identities: each phone has the MAC of its line there';
    complaints.tell(['fleet', 'macBase'], message);
  }
  const place = IDENTITIES;
  const file = complaints.resolve(place, identities);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return complaints.tell(place, `${identities} cannot be read; expected a CSV file with a column mac`);
  }
  const reading = readIdentities(text);
  if ('identities' in reading) return reading.identities;
  for (const { line, message } of reading.problems)
    complaints.tell(place, `${identities}:${line}: ${message}`);
  return undefined;
}

function sourcesOf({ sources }: FleetBlock, complaints: Complaints): AddressRange | undefined {
  if (sources === undefined) return undefined;
  const range = parseAddressRange(sources);
  return 'message' in range ? complaints.tell(['fleet', 'sources'], range.message) : range;
}

function linkOf({ rtt, jitter = 0, down }: NonNullable<FleetBlock['link']>): LinkPlan {
  return {
    ...(rtt !== undefined && { rttMs: rtt }),
    jitterMs: jitter,
    ...(down !== undefined && { bytesPerSecond: down }),
  };
}

interface ArrivalsAround {
  readonly identities: readonly Identity[] | undefined;
  readonly stagger: FleetPlan['quirks']['stagger'];
  readonly complaints: Complaints;
}

function arrivalsOf(
  { arrivals }: FleetBlock,
  { identities = [], stagger, complaints }: ArrivalsAround,
): Arrivals | undefined {
  if (identities.some(({ at }) => at !== undefined)) {
    if (arrivals === undefined) return { kind: 'listed' };
    const message = 'goes without moments in identities: the column at says when each phone gets power';
    return complaints.tell(['fleet', 'arrivals'], message);
  }
  if (arrivals === undefined || arrivals === 'at-once') return { kind: 'at-once' };
  const { ramp, rate, poisson, pollWindow, concurrency } = arrivals;
  if (ramp !== undefined) return { kind: 'ramp', ms: ramp };
  if (rate !== undefined) return { kind: 'rate', perSecond: rate };
  if (poisson !== undefined) return { kind: 'poisson', perSecond: poisson };
  if (concurrency !== undefined) return { kind: 'closed', atOnce: concurrency };
  const hours = windowHours(pollWindow ?? 0);
  if (hours !== undefined) return { kind: 'poll-window', hours, stagger };
  const message = 'a poll window is whole hours, as AUTO_UPDATE_TIME_RANGE is; expected one such as 1h';
  return complaints.tell(['fleet', 'arrivals', 'pollWindow'], message);
}

function kindsOf({ phone = {}, fleet: { mix } }: Fleet, complaints: Complaints): readonly PhoneKind[] {
  complainOfIdentity(phone, ['phone'], complaints);
  const common = phoneCase(phone, { path: ['phone'], index: 0, variant: {}, complaints });
  if (mix === undefined) return [{ share: 1, state: 'factory', phone: common }];
  const total = mix.reduce((sum, { share }) => sharesTogether(sum, share), 0);
  if (total !== 1) {
    const percent = Math.round(total * 1e6) / 1e4;
    complaints.tell(['fleet', 'mix'], `the shares of the kinds sum to ${percent}%; expected 100%`);
  }
  return mix.map(({ share, state = 'factory', phone: own }, index) => {
    const path = ['fleet', 'mix', index, 'phone'];
    if (own !== undefined) complainOfIdentity(own, path, complaints);
    const spec = own === undefined ? phone : { ...phone, ...own };
    const made = own === undefined ? common : phoneCase(spec, { path, index: 0, variant: {}, complaints });
    return { share, state, phone: made };
  });
}

/** What each phone has for itself. */
function complainOfIdentity(
  { name, mac }: { readonly name?: string | undefined; readonly mac?: string | undefined },
  path: readonly (string | number)[],
  complaints: Complaints,
): void {
  if (name !== undefined) complaints.tell([...path, 'name'], 'phones of a fleet have no names, but numbers');
  if (mac !== undefined)
    complaints.tell([...path, 'mac'], 'each phone has its own; expected fleet.macBase, or fleet.identities');
}

function lifeOf({ duration, iterations, measureFrom = 0 }: FleetBlock, complaints: Complaints): Life {
  if (duration === 0) complaints.tell(['fleet', 'duration'], 'a run of no time at all; expected more than 0');
  else if (duration !== undefined && measureFrom >= duration)
    complaints.tell(['fleet', 'measureFrom'], 'the run is over by then; expected less than its duration');
  if (duration !== undefined && iterations !== undefined)
    complaints.tell(['fleet', 'iterations'], 'goes without duration: one says when a phone is done');
  if (duration !== undefined) return { kind: 'duration', ms: duration };
  return iterations === undefined ? { kind: 'boot' } : { kind: 'iterations', times: iterations };
}

function thresholdsOf({ thresholds = [] }: FleetBlock, complaints: Complaints): readonly string[] {
  for (const [index, text] of thresholds.entries()) {
    const read = parseThreshold(text);
    if ('message' in read) complaints.tell(['fleet', 'thresholds', index], read.message);
  }
  return thresholds;
}

function releaseOf({ release = {} }: FleetBlock): Pick<FleetPlan, 'release'> {
  const [section] = Object.keys(release) as (keyof typeof release)[];
  const version = section === undefined ? undefined : release[section];
  return section === undefined || version === undefined ? {} : { release: { section, version } };
}

function eventsOf({ events = [] }: FleetBlock, complaints: Complaints): readonly FleetEvent[] {
  return events.map((event, index): FleetEvent => {
    const { at: atMs, publish, blackout, restart, checkSync, cutPower } = event;
    const path = ['fleet', 'events', index];
    if (publish !== undefined)
      return { atMs, kind: 'publish', layers: layersOf(publish, [...path, 'publish'], complaints) };
    if (blackout !== undefined) return { atMs, kind: 'blackout', ms: blackout };
    if (restart !== undefined) return { atMs, kind: 'restart', ...whoOf(restart) };
    if (checkSync !== undefined) return { atMs, kind: 'check-sync', ...whoOf(checkSync) };
    const { share = 1, atFirmware = 0, for: darkMs = DARK_MS } = cutPower ?? {};
    return { atMs, kind: 'cut-power', share, atFirmware, darkMs };
  });
}

function whoOf({
  share = 1,
  over = 0,
}: {
  readonly share?: number | undefined;
  readonly over?: number | undefined;
}) {
  return { share, overMs: over };
}
