import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { isoInstant } from '../clock/instant.ts';
import { provisioningFileName } from '../provisioning/file-name.ts';
import { parseServerAddress } from '../provisioning/server-address.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { models } from '../provisioning/words.ts';
import { InputError } from '../recording/input-error.ts';
import { namesIn, type Offers, offersOf } from '../recording/offers.ts';
import { phonesOf, type RecordedPhone, type RecordedPhones } from '../recording/phones.ts';
import type { Reading } from '../recording/reading.ts';
import type { Recorded } from '../recording/recorded.ts';
import { fleetOf } from '../recording/recorded-fleet.ts';
import { scenarioText } from '../recording/recorded-scenario.ts';
import { counted } from '../report/result-words.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import type { CommonValues } from './command.ts';
import { UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { RecordValues } from './record.ts';
import { whyOverwriting } from './same-file.ts';

/** A scenario or a fleet that is asked for: against which server, and where it goes. */
interface RecordingOrder {
  readonly kind: 'scenario' | 'fleet';
  readonly server: { readonly folder: string } | { readonly url: string };
  readonly out: string | undefined;
}

/** What is asked for; undefined: neither. Throws `UsageError` before anything is read of `paths`. */
export function recordingOrder(
  paths: readonly string[],
  { files, url, out, force, fleet }: RecordValues,
): RecordingOrder | undefined {
  if (files !== undefined && url !== undefined) {
    throw new UsageError('--files and --url: expected one of them, the files of the server or its address');
  }
  if (files === undefined && url === undefined) {
    if (out === undefined && !fleet) return undefined;
    const flag = fleet ? '--fleet' : `--out ${out}`;
    throw new UsageError(
      `${flag}: a ${fleet ? 'fleet' : 'scenario'} needs a server; expected --files DIR with the files it had, or --url URL`,
    );
  }
  if (fleet && out === undefined) {
    throw new UsageError('--fleet: it is two files, the fleet and its phones; expected --out FILE');
  }
  if (fleet && out !== undefined && !YAML_NAME.test(out)) {
    throw new UsageError(
      `--out ${out}: a fleet file is YAML, with its phones beside it as CSV; expected a name such as monday.yaml`,
    );
  }
  for (const file of out === undefined ? [] : [out, ...(fleet ? [listOf(out)] : [])]) {
    const lost = whyOverwriting(file, paths);
    if (lost !== undefined) throw new UsageError(`--out ${file}: ${lost}`);
    if (existsSync(file) && !force)
      throw new UsageError(`--out ${file}: there is a file already; --force writes over it`);
  }
  return {
    server: files === undefined ? { url: checkedUrl(url ?? '') } : { folder: checkedFolder(files) },
    out,
    kind: fleet ? 'fleet' : 'scenario',
  };
}

const YAML_NAME = /\.ya?ml$/;

/** The list of phones of a fleet file, beside it. */
function listOf(out: string): string {
  return out.replace(YAML_NAME, '.csv');
}

function checkedUrl(url: string): string {
  const parsed = parseServerAddress(url, 'typed');
  if (!parsed.ok) throw new UsageError(`--url ${withoutPassword(url)}: ${parsed.message}`);
  return url;
}

function checkedFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new UsageError(`--files ${folder}: no such folder; expected the one with 1230SIP.cfg in it`);
}

/** Tells the phones behind the requests, and writes what was asked for. Throws `UsageError`. */
export function recordPhones(
  readings: readonly Reading[],
  order: RecordingOrder | undefined,
  { json, quiet }: CommonValues,
  io: Io,
): void {
  const offers = order !== undefined && 'folder' in order.server ? offersOf(order.server.folder) : undefined;
  const seen = phonesOf(
    readings.flatMap(({ sightings }) => sightings),
    offers === undefined ? [] : namesIn(offers),
  );
  if (json) for (const phone of seen.phones) io.out(`${JSON.stringify(factOf(phone))}\n`);
  if (!quiet) io.err(sayPhones(seen, order));
  if (!quiet && offers !== undefined) io.err(sayNotOffered(seen.phones, offers));
  if (order === undefined) return;
  const { server, out } = order;
  const told = 'url' in server ? server : { folder: fromScenario(server.folder, out) };
  const recorded = { readings, phones: seen.phones, server: told, ...(offers !== undefined && { offers }) };
  if (order.kind === 'fleet') {
    recordFleet(recorded, out ?? '', json, io);
    return;
  }
  const text = unlessRefused(() => scenarioText(recorded));
  if (json)
    io.out(
      `${JSON.stringify({ type: 'scenario.recorded', ...(out === undefined ? { text } : { file: out }) })}\n`,
    );
  else if (out === undefined) io.out(text);
  if (out !== undefined) write(out, text);
}

function recordFleet(recorded: Recorded, out: string, json: boolean, io: Io): void {
  const list = listOf(out);
  const { text, phones } = unlessRefused(() => fleetOf(recorded, basename(list)));
  write(list, phones);
  write(out, text);
  if (json) io.out(`${JSON.stringify({ type: 'fleet.recorded', file: out, phones: list })}\n`);
}

function unlessRefused<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    throw error;
  }
}

/** A scenario names folders from where it lies; one that is printed is taken to lie here. */
function fromScenario(folder: string, out: string | undefined): string {
  const path = relative(out === undefined ? '.' : dirname(out), folder).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--out ${file}: ${sayFileFailure(error)}`);
  }
}

function factOf({ visits, ...phone }: RecordedPhone): object {
  return {
    type: 'phone.seen',
    ...phone,
    checks: visits.map(({ why, requests }) => ({
      at: isoInstant(requests[0]?.atMs ?? 0),
      why,
      requests: requests.map(({ file, protocol, result, tries }) => ({ file, protocol, result, tries })),
    })),
  };
}

function sayPhones(
  { phones, strangers, entangled }: RecordedPhones,
  order: RecordingOrder | undefined,
): string {
  const checks = phones.reduce((sum, { visits }) => sum + visits.length, 0);
  const again = phones.some(({ visits }) => visits.some(({ why }) => why === 'again'));
  return [
    `${counted(phones.length, 'phone')}, ${counted(checks, 'check')}`,
    ...(strangers.requests === 0
      ? []
      : [`note: left out: ${counted(strangers.requests, 'request')} of ${strangersOf(strangers.addresses)}`]),
    ...entangled.map(
      (address) =>
        `warning: ${address}: several phones asked at the same moment (NAT); which of them asked for what is guessed`,
    ),
    ...(order !== undefined && again
      ? [`note: a log does not tell why a phone asked again: in the ${order.kind} it is switched off and on`]
      : []),
    ...(order === undefined && phones.length > 0
      ? ['--files DIR (what the server had) or --url URL makes a scenario of it']
      : []),
    '',
  ].join('\n');
}

/** Phones whose provisioning file is not in the folder will not do as they did. */
function sayNotOffered(phones: readonly RecordedPhone[], offers: Offers): string {
  const lacking = models.filter(
    (model) => !offers.has(model) && phones.some((phone) => phone.model === model),
  );
  return lacking
    .map(
      (model) =>
        `warning: --files has no ${provisioningFileName(model)} that could be read; phones asked for it\n`,
    )
    .join('');
}

function strangersOf(addresses: number): string {
  return `${counted(addresses, 'address', 'addresses')} that ${addresses === 1 ? 'is no phone' : 'are no phones'}`;
}
