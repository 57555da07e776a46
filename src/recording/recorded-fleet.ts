import { formatDuration, SECOND_MS } from '../clock/durations.ts';
import { isoInstant } from '../clock/instant.ts';
import { beginningsOf } from './arrivals.ts';
import { expectedRequests, provisioningProtocol } from './expected-requests.ts';
import { InputError } from './input-error.ts';
import { type RecordedPhone, startOf } from './phones.ts';
import { macOf, quoted, type Recorded, serverLines, softwareBefore, titleOf } from './recorded.ts';
import { stateBefore } from './state-before.ts';

/** A fleet file, and the list of its phones. */
export interface RecordedFleet {
  readonly text: string;
  /** CSV. */
  readonly phones: string;
}

const SCHEMA = './node_modules/deskphone-emulator/fleets/fleet.schema.json';

/**
 * The recording as a fleet file whose list of phones is called `listName`. Throws `InputError` where no phone
 * asked for anything.
 */
export function fleetOf(order: Recorded, listName: string): RecordedFleet {
  const { phones, readings } = order;
  const names = readings.map(({ file }) => file).join(', ');
  const [first] = phones;
  if (first === undefined) throw new InputError('NO_PHONES', names, 'no phone asked for its files');
  const startMs = Math.floor(startOf(first));
  const lines = phones.map((phone, index) => listLine(phone, { index, startMs, order }));
  const text = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    'version: 1',
    `title: ${quoted(titleOf(phones))}`,
    `why: ${quoted(`Recorded by deskphone record from ${names}.`)}`,
    ...timeOf(order, startMs),
    '# A log has moments of requests: nothing is to come before them.',
    'timings: none',
    ...phoneLines(phones),
    ...serverLines(order),
    'fleet:',
    `  # Who they are, when each got power, and what it had. ${sayArrivals(phones, startMs)}`,
    `  identities: ${quoted(listName)}`,
    ...thresholdLines(order),
  ];
  return { text: `${text.join('\n')}\n`, phones: `${[COLUMNS, ...lines].join('\n')}\n` };
}

/** Somebody's server has no virtual time. */
function timeOf({ server }: Recorded, startMs: number): readonly string[] {
  if ('url' in server) return ['time: { mode: real }'];
  return [`time: { mode: virtual, starts: ${quoted(isoInstant(startMs))} }`];
}

/** What all have in common, as far as a list has no column for it. */
function phoneLines(phones: readonly RecordedPhone[]): readonly string[] {
  const bytes = new Set(phones.map(({ userAgentByte }) => userAgentByte));
  const [byte] = bytes;
  if (bytes.size === 1) return byte === undefined ? [] : ['phone:', `  userAgentByte: ${quoted(byte)}`];
  return ['# Phones had several junk bytes in their User-Agent, or some none: here all have none.'];
}

const COLUMNS = 'mac,model,software,protocol,at,versions';

function listLine(
  phone: RecordedPhone,
  { index, startMs, order }: { readonly index: number; readonly startMs: number; readonly order: Recorded },
): string {
  const { model = '', visits } = phone;
  const { offers, readings } = order;
  const before = offers === undefined ? undefined : stateBefore(phone, offers);
  const [first] = visits;
  const protocol = first?.requests[0]?.protocol ?? provisioningProtocol(readings) ?? '';
  const moments = beginningsOf(phone).map((atMs) => `${(atMs - startMs) / SECOND_MS}s`);
  const versions = Object.entries(before?.versions ?? {}).map(([name, version]) => `${name}=${version}`);
  return [
    macOf(phone, index),
    model,
    softwareBefore(phone, before) ?? '',
    protocol,
    moments.join(' '),
    versions.join(' '),
  ].join(',');
}

/** How one would make a larger fleet of the same kind. */
function sayArrivals(phones: readonly RecordedPhone[], startMs: number): string {
  const last = phones.at(-1);
  const spanMs = last === undefined ? 0 : Math.floor(startOf(last)) - startMs;
  if (spanMs === 0) return 'All began at once.';
  const perSecond = ((phones.length - 1) * SECOND_MS) / spanMs;
  const rate = perSecond.toPrecision(2);
  return `They began within ${formatDuration(spanMs)}, as arrivals: { rate: ${Number(rate)}/s } would.`;
}

/** The requests of all, if the logs tell every one. */
function thresholdLines(order: Recorded): readonly string[] {
  let asked = 0;
  for (const phone of order.phones) {
    const { word, requests, why } = expectedRequests(phone, order);
    if (word === 'requests.some') {
      const note = `  # No threshold for how much is asked for, since ${why}.`;
      return [note, '  thresholds:', ...mayFail];
    }
    asked += requests.length;
  }
  return ['  thresholds:', `    - files.asked == ${asked}`, ...mayFail];
}

const mayFail = ['    # What failed there may fail again.', '    - boot.failed >= 0'];
