import type { Model } from '../provisioning/words.ts';
import { pathsOf } from './paths.ts';
import { joinTries, type RecordedRequest, readName } from './request.ts';
import type { Sighting } from './sighting.ts';
import { type Visit, visitsOf } from './visit.ts';

/** A phone as its requests show it. */
export interface RecordedPhone {
  /** How it is called: its address, and its MAC where several phones had that. */
  readonly name: string;
  /** The first it was seen with. */
  readonly address: string;
  /** 12 upper-case hex digits; absent: it never asked for its own file. */
  readonly mac?: string;
  /** Absent: it was never seen to ask for its provisioning file. */
  readonly model?: Model;
  /** The load it ran at first; absent: not over HTTP, or nobody wrote the User-Agent down. */
  readonly software?: string;
  /** The junk byte in its User-Agent, two hex digits. */
  readonly userAgentByte?: string;
  /** In order of time, not empty. */
  readonly visits: readonly Visit[];
}

export interface RecordedPhones {
  /** In order of their first request. */
  readonly phones: readonly RecordedPhone[];
  /** Requests of others than phones, and of how many addresses. */
  readonly strangers: { readonly requests: number; readonly addresses: number };
  /** Addresses of several phones that asked at the same moment: which of them asked for what is guessed. */
  readonly entangled: readonly string[];
}

/** Observed: captured User-Agents, see `device/wire-identity.ts`. One character a byte. */
const USER_AGENT = /^AVAYA\/SIP12x0([^/]?)\/(\d\d\.\d\d\.\d\d\.\d\d)$/s;

/**
 * The phones behind requests. One is known by its address and, where it asks for `SIP<MAC>.cfg`, by its MAC:
 * phones that share an address are told apart by it, and one that changes its address stays one.
 */
export function phonesOf(sightings: readonly Sighting[], names: readonly string[] = []): RecordedPhones {
  const pathOf = pathsOf(sightings, names);
  const byAddress = groupBy(inOrder(sightings.filter(maybePhone)), ({ address }) => address);
  const phones = [...byAddress].filter(([, own]) => own.some(provesPhone));
  const seen = phones.flatMap(([address, own]) =>
    identified(visitsOf(joinTries(own.map((one) => requestOf(one, pathOf))))).map((visit) => ({
      address,
      ...visit,
    })),
  );
  const byIdentity = groupBy(seen, ({ mac, address, model }) => mac ?? `${address} ${model}`);
  const made = [...byIdentity.values()].map(phoneOf).toSorted((a, b) => startOf(a) - startOf(b));
  const taken = phones.reduce((sum, [, own]) => sum + own.length, 0);
  return {
    phones: named(made),
    strangers: {
      requests: sightings.length - taken,
      addresses: new Set(sightings.map(({ address }) => address)).size - phones.length,
    },
    entangled: [...new Set(seen.filter(isOfSeveral).map(({ address }) => address))],
  };
}

/** In one check no phone asks for the own files of two. */
function isOfSeveral({ visit }: Identified): boolean {
  return new Set(macsIn(visit)).size > 1;
}

/**
 * In order of time, whatever the order of the logs. Of one moment as its log has them; a log with
 * provisioning files comes before others, since checks begin with these.
 */
function inOrder(sightings: readonly Sighting[]): readonly Sighting[] {
  const beginners = new Set(
    sightings.flatMap(({ file, source }) => (readName(file).kind === 'provisioning' ? [source.file] : [])),
  );
  const rank = ({ source }: Sighting) => (beginners.has(source.file) ? 0 : 1);
  return sightings.toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b));
}

/** A browser or a script says in its User-Agent that it is none. */
function maybePhone({ userAgent }: Sighting): boolean {
  return userAgent === undefined || USER_AGENT.test(userAgent);
}

function provesPhone({ userAgent, file }: Sighting): boolean {
  return userAgent !== undefined || ['provisioning', 'own'].includes(readName(file).kind);
}

function requestOf(sighting: Sighting, pathOf: (sighting: Sighting) => string): RecordedRequest {
  const { atMs, protocol, result, userAgent, source } = sighting;
  return {
    ...{ atMs, protocol, file: pathOf(sighting), result, tries: 1, source },
    ...(userAgent !== undefined && { userAgent }),
  };
}

interface Identified {
  readonly visit: Visit;
  readonly mac: string | undefined;
  readonly model: Model | undefined;
}

/** Whose each visit of one address is. */
function identified(visits: readonly Visit[]): readonly Identified[] {
  return visits.map((visit, index) => ({
    visit,
    mac: macsIn(visit)[0] ?? macOfRestart(visits.slice(index + 1)) ?? onlyMac(visits, visit),
    model: visit.begins?.model,
  }));
}

/** One that took an image asks for its own file after its restart. */
function macOfRestart([next, ...others]: readonly Visit[]): string | undefined {
  return next?.why === 'restart' ? (macsIn(next)[0] ?? macOfRestart(others)) : undefined;
}

/** One that asks for nothing of its own is the only phone of that model at the address, if there is one. */
function onlyMac(visits: readonly Visit[], { begins }: Visit): string | undefined {
  const alike = visits.filter((visit) => begins === undefined || visit.begins?.model === begins.model);
  const macs = new Set(alike.flatMap((visit) => macsIn(visit)[0] ?? []));
  return macs.size === 1 ? [...macs][0] : undefined;
}

function macsIn({ requests }: Visit): readonly string[] {
  return requests.flatMap(({ file }) => {
    const name = readName(file);
    return name.kind === 'own' ? [name.mac] : [];
  });
}

function phoneOf(seen: readonly (Identified & { readonly address: string })[]): RecordedPhone {
  const visits = seen.map(({ visit }) => visit).toSorted((a, b) => startOfVisit(a) - startOfVisit(b));
  const [{ address, mac } = { address: '', mac: undefined }] = seen;
  const model = seen.find((one) => one.model !== undefined)?.model;
  const [first] = visits.flatMap(({ requests }) => requests.flatMap(({ userAgent }) => userAgent ?? []));
  const [, byte = '', groups] = USER_AGENT.exec(first ?? '') ?? [];
  return {
    ...{ name: address, address },
    ...(mac !== undefined && { mac }),
    ...(model !== undefined && { model }),
    ...(groups !== undefined && { software: `SIP12x0${groups}` }),
    ...(byte !== '' && { userAgentByte: byte.charCodeAt(0).toString(16).padStart(2, '0') }),
    visits: visits.map((visit, index) => ({ ...visit, why: whyOf(visit, index) })),
  };
}

/** What was the first at one address may be a later one of the phone. */
function whyOf({ why }: Visit, index: number): Visit['why'] {
  if (index === 0) return 'first';
  return why === 'first' ? 'again' : why;
}

function named(phones: readonly RecordedPhone[]): readonly RecordedPhone[] {
  const byAddress = groupBy(phones, ({ address }) => address);
  return phones.map((phone) => {
    const { address, mac, model } = phone;
    if (byAddress.get(address)?.length === 1) return phone;
    return { ...phone, name: `${address} ${mac ?? model ?? 'of no known model'}` };
  });
}

/** Its first request, in ms since 1970. */
export function startOf({ visits }: RecordedPhone): number {
  return visits[0] === undefined ? 0 : startOfVisit(visits[0]);
}

function startOfVisit({ requests }: Visit): number {
  return requests[0]?.atMs ?? 0;
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
