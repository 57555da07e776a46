import type { Protocol } from '../provisioning/words.ts';
import type { Offers } from './offers.ts';
import type { RecordedPhone } from './phones.ts';
import type { Reading } from './reading.ts';
import { readName } from './request.ts';

/** What a scenario may expect of a phone's requests, and why it can be no more. */
export interface ExpectedRequests {
  readonly word: 'requests' | 'requests.set' | 'requests.some';
  readonly requests: readonly { readonly file: string; readonly result?: string }[];
  readonly why?: string;
}

export interface Evidence {
  readonly readings: readonly Reading[];
  /** Absent: nobody knows what the server has. */
  readonly offers?: Offers;
}

/** The requests of a phone as strictly as the logs allow. */
export function expectedRequests(phone: RecordedPhone, evidence: Evidence): ExpectedRequests {
  const requests = phone.visits.flatMap((visit) =>
    visit.requests.map(({ file, result }) => (result === 'unknown' ? { file } : { file, result })),
  );
  const gap = whyNotAll(phone, evidence);
  if (gap !== undefined) return { word: 'requests.some', requests, why: gap };
  const disorder = whyNoOrder(phone, evidence);
  return disorder === undefined
    ? { word: 'requests', requests }
    : { word: 'requests.set', requests, why: disorder };
}

function whyNotAll({ model, visits }: RecordedPhone, { readings, offers }: Evidence): string | undefined {
  if (visits.some(({ begins }) => begins === undefined)) {
    return 'its provisioning file is not in the logs';
  }
  const silent = readings.find(({ omitsMissing }) => omitsMissing === true);
  if (silent !== undefined) return `${silent.file} does not tell of files that were missing`;
  const unseen = unseenProtocol(model === undefined ? [] : (offers?.get(model) ?? []), readings);
  return unseen && `its provisioning file names ${unseen} too, of which no log was given`;
}

function unseenProtocol(
  sections: readonly { readonly protocol?: Protocol }[],
  readings: readonly Reading[],
): Protocol | undefined {
  // Asked for each phone: a protocol that was seen is soon found again.
  const isSeen = (protocol: Protocol) =>
    readings.some(({ sightings }) => sightings.some((sighting) => sighting.protocol === protocol));
  // Documented: M44 p52, a section without PROTOCOL means TFTP.
  const named = sections.map(({ protocol = 'tftp' }) => protocol);
  // A log of a web server does not tell TLS.
  return named.find((protocol) => !isSeen(protocol) && !(protocol === 'https' && isSeen('http')));
}

function whyNoOrder({ visits }: RecordedPhone, { readings }: Evidence): string | undefined {
  const late = readings.find(({ asSent }) => asSent === true);
  if (late !== undefined) return `${late.file} tells files in the order in which they had arrived`;
  const all = visits.flatMap(({ requests }) => requests);
  const doubt = all.find(({ atMs, source }, index) => {
    const next = all[index + 1];
    return next !== undefined && next.atMs === atMs && next.source.file !== source.file;
  });
  return doubt && 'two logs tell requests of the same second';
}

/** How phones asked for their provisioning file; absent: nobody was seen to. */
export function provisioningProtocol(readings: readonly Reading[]): Protocol | undefined {
  const counts = new Map<Protocol, number>();
  for (const { protocol, file } of readings.flatMap(({ sightings }) => sightings)) {
    if (readName(file).kind === 'provisioning') counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
