import type { FlashChange } from '../events/phone-event.ts';
import { readConfiguration } from '../provisioning/configuration.ts';
import type { InfoBlock } from '../provisioning/info-block.ts';
import type { Lease } from '../provisioning/lease.ts';
import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import { quote } from '../provisioning/quote.ts';
import { parseServerAddress } from '../provisioning/server-address.ts';
import type { FlashContents, KeptLease, StoredSetting } from './flash-contents.ts';
import { manualStays, type Settings } from './settings.ts';

/** What a lease does to flash, and what there is to say about it. */
export interface LeaseReception {
  readonly changes: readonly FlashChange[];
  readonly problems: readonly Problem[];
}

/**
 * Keeps what outlives a lease: the address for a network whose servers are silent, the address of the
 * provisioning server, and the settings of the info block.
 * Documented: A44 p140, values of DHCP win over files, manual ones over both; A44 p141, a value that is not
 * supplied this time keeps the last received one.
 */
export function receiveLease(flash: FlashContents, lease: Lease, quirks: Quirks): LeaseReception {
  const server = receiveServer(lease.provisioningServer, flash.lease?.provisioningServer ?? null);
  const block = receiveInfoBlock(flash.settings, lease.infoBlock, quirks);
  const kept: KeptLease = {
    address: lease.address,
    mask: lease.mask,
    router: lease.router ?? null,
    dns: lease.dns,
    domain: lease.domain ?? null,
    provisioningServer: server.kept,
  };
  const isNew = JSON.stringify(kept) !== JSON.stringify(flash.lease);
  return {
    changes: [
      ...(isNew ? [{ change: 'lease' as const, lease: { ...kept, dns: [...kept.dns] } }] : []),
      ...block.changes,
    ],
    problems: [...server.problems, ...block.problems],
  };
}

function receiveServer(
  offered: string | undefined,
  before: string | null,
): { readonly kept: string | null; readonly problems: readonly Problem[] } {
  if (offered === undefined) return { kept: before, problems: [] };
  const parsed = parseServerAddress(offered, 'option-66');
  if (parsed.ok) return { kept: offered, problems: parsed.problems };
  const message = `DHCP option 66: ${parsed.message}`;
  return { kept: before, problems: [problem('DHCP_SERVER_ADDRESS', { message })] };
}

/** Under which name its problems are told; the lines are its pieces. */
const INFO_BLOCK = 'Nortel-SIP-Phone-B';

/**
 * Assumed: an info block carries parameters of configuration files by their names, since of its own nothing
 * was printed; one that leaves it becomes a value received some time, which a file overwrites.
 */
function receiveInfoBlock(settings: Settings, block: InfoBlock | undefined, quirks: Quirks): LeaseReception {
  const entries = (block?.entries ?? []).map((entry, index) => ({ ...entry, line: index + 1 }));
  const read = readConfiguration({ values: entries }, { file: INFO_BLOCK, quirks });
  const values: Record<string, StoredSetting> = {};
  const stay: Problem[] = [];
  for (const [name, { value, from }] of Object.entries(settings)) {
    if (from === 'dhcp' && read.settings[name] === undefined) values[name] = { value, from: 'file' };
  }
  for (const [name, value] of Object.entries(read.settings)) {
    const stored = settings[name];
    if (stored?.from === 'manual') {
      if (stored.value !== value) stay.push(manualStays(name, stored.value, { file: INFO_BLOCK }));
    } else if (stored?.value !== value || stored.from !== 'dhcp') values[name] = { value, from: 'dhcp' };
  }
  const unread = (block?.unread ?? []).map((piece) =>
    problem('INFO_BLOCK', { message: `${quote(piece)} in the DHCP info block is no name=value` }),
  );
  return {
    changes: Object.keys(values).length === 0 ? [] : [{ change: 'settings', values }],
    problems: [...unread, ...read.problems, ...stay],
  };
}
