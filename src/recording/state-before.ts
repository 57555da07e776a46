import { offeredLoad } from '../provisioning/decision.ts';
import { isOwnFamily } from '../provisioning/load.ts';
import type { Section } from '../provisioning/section.ts';
import { isVersionNumber } from '../provisioning/version.ts';
import { filesOf, type Offers } from './offers.ts';
import type { RecordedPhone } from './phones.ts';
import type { RecordedRequest } from './request.ts';

/** What a phone must have had before its first check, for it to ask for what it asked for. */
export interface StateBefore {
  /** The running load; absent: any that is usual. */
  readonly software?: string;
  /** Stored versions by section. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Of a section under AUTO the phone did not ask for, it had the version already. What it asked for says no
 * more than that it had less, or nothing: then nothing.
 */
export function stateBefore(phone: RecordedPhone, offers: Offers): StateBefore {
  const { model, mac, software } = phone;
  const asked = askedAtFirst(phone);
  const sections = model === undefined || asked === undefined ? [] : (offers.get(model) ?? []);
  const had = sections.filter((section) => wasSkipped(section, { mac, asked: asked ?? new Set() }));
  const firmware = had.find(({ name }) => name === 'FW');
  const running = software ?? (firmware && loadSkipped(firmware));
  const versions = had
    .filter(({ name, version }) => name !== 'FW' && isVersionNumber(version))
    .map(({ name, version }) => [name, version]);
  return { versions: Object.fromEntries(versions), ...(running !== undefined && { software: running }) };
}

/** The files of the first check and of what came of it; undefined: its provisioning file did not arrive. */
function askedAtFirst({ visits }: RecordedPhone): ReadonlySet<string> | undefined {
  const [first] = visits;
  if (first?.begins === undefined || !mayHaveArrived(first.requests[0])) return undefined;
  const end = visits.findIndex(({ why }, index) => index > 0 && why !== 'restart');
  const chain = visits.slice(0, end < 0 ? undefined : end);
  return new Set(chain.flatMap(({ requests }) => requests.map(({ file }) => file)));
}

function mayHaveArrived(request: RecordedRequest | undefined): boolean {
  return request?.result === 'ok' || request?.result === 'unknown';
}

/** The load that a phone had that skipped a [FW]; undefined: that of a sibling is skipped by all. */
function loadSkipped(firmware: Section): string | undefined {
  const offered = offeredLoad(firmware);
  return offered !== undefined && isOwnFamily(offered) ? offered.name : undefined;
}

function wasSkipped(
  section: Section,
  { mac, asked }: { readonly mac: string | undefined; readonly asked: ReadonlySet<string> },
): boolean {
  if (section.downloadMode === 'FORCED') return false;
  // Without its MAC the phone never asked for its own file.
  if (section.name === 'USER_CONFIG' && mac === undefined) return true;
  const files = filesOf(section, mac);
  return files.length > 0 && files.every((file) => !asked.has(file));
}
