import { isoInstant } from '../clock/instant.ts';
import { type Evidence, provisioningProtocol } from './expected-requests.ts';
import type { RecordedPhone } from './phones.ts';
import type { StateBefore } from './state-before.ts';

/** What a file is made of that does again what logs tell. */
export interface Recorded extends Evidence {
  readonly phones: readonly RecordedPhone[];
  /** What it is told against; `folder` as the file is to name it. */
  readonly server: { readonly folder: string } | { readonly url: string };
}

export function titleOf(phones: readonly RecordedPhone[]): string {
  const [first, last] = spanOf(phones);
  const who = phones.length === 1 ? '1 phone' : `${phones.length} phones`;
  return `${who} as recorded from ${isoInstant(first)} to ${isoInstant(last)}`;
}

/** From the first request to the last. */
function spanOf(phones: readonly RecordedPhone[]): readonly [first: number, last: number] {
  const times = phones.flatMap(({ visits }) =>
    visits.flatMap(({ requests }) => requests.map(({ atMs }) => atMs)),
  );
  return times.reduce<readonly [number, number]>(
    ([first, last], atMs) => [Math.min(first, atMs), Math.max(last, atMs)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** With colons. Without its own it gets one that is nobody's: locally administered. */
export function macOf({ mac }: RecordedPhone, index: number): string {
  return (mac ?? `02${String(index).padStart(10, '0')}`).replaceAll(/(..)(?!$)/g, '$1:');
}

/** The lowest that a SIP image converts. */
const UNISTIM_LOAD = '062AC5L';

/** The load before its first check; undefined: any that is usual. */
export function softwareBefore(
  { visits, software }: RecordedPhone,
  before: StateBefore | undefined,
): string | undefined {
  return visits[0]?.begins?.by === 'UNIStim' ? UNISTIM_LOAD : (before?.software ?? software);
}

export function serverLines({ server, readings }: Recorded): readonly string[] {
  if ('url' in server) return ['server:', `  url: ${quoted(server.url)}`];
  const protocol = provisioningProtocol(readings);
  return [
    'server:',
    `  files: ${quoted(server.folder)}`,
    ...(protocol === undefined ? [] : [`  protocol: ${protocol}`]),
  ];
}

/** JSON's texts are YAML's. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
