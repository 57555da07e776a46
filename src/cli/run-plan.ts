import { randomInt } from 'node:crypto';
import type { Problem } from '../provisioning/problem.ts';
import { parseServerAddress, type ServerAddress } from '../provisioning/server-address.ts';
import { demoStore } from '../scenario/demo-tree.ts';
import type { RunPlan } from '../scenario/world.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { faultRulesOf } from './fault-options.ts';
import { assertNotifiable } from './notified.ts';
import type { PhoneValues } from './phone-options.ts';

/** What the options make of a run. Throws `UsageError` for those that do not go together. */
export function planOf({ argument, values }: Call<PhoneValues>): RunPlan {
  assertNotifiable(values);
  if (argument !== undefined && values.time === 'virtual') {
    throw new UsageError('--time virtual goes without a URL: real servers obey no virtual clock');
  }
  const [unusable] = Object.entries(values.ports).filter(([, port]) => port === 0);
  if (argument !== undefined && unusable !== undefined) {
    const [protocol] = unusable;
    throw new UsageError(
      `--ports ${protocol}=0: only the embedded server takes a free port; with a URL name one`,
    );
  }
  const faults = faultRulesOf(values, values.time === 'virtual' ? 'loopback' : 'sockets');
  if (argument !== undefined && faults.length > 0) {
    throw new UsageError(
      '--fault goes without a URL: it is for the embedded server (deskphone serve DIR --fault serves a tree of yours)',
    );
  }
  const server: RunPlan['server'] =
    argument === undefined ? serverUntold(values) : { kind: 'external', address: addressOf(argument) };
  if (server.kind === 'none' && faults.length > 0) {
    throw new UsageError('--fault is for the embedded server; with DHCP option 66 there is none');
  }
  if (values.sntpPort === 0) throw new UsageError('--sntp-port 0: name the port of a time server');
  const dhcp = dhcpPlanOf(values);
  return {
    ...(dhcp && { dhcp }),
    time: values.time,
    seed: values.seed ?? String(randomInt(2 ** 32)),
    timings: values.timings ?? (values.time === 'real' ? 'none' : 'field'),
    quirks: values.quirk,
    ports: values.ports,
    faults,
    ...(values.sntpPort !== undefined && { sntpPort: values.sntpPort }),
    server,
  };
}

/** Without a URL the phone has the embedded server, unless DHCP is to tell it another. */
function serverUntold({ dhcp, lease = [], time }: PhoneValues): RunPlan['server'] {
  const told = dhcp !== undefined || lease.some(({ provisioningServer }) => provisioningServer !== undefined);
  return told && time !== 'virtual' ? { kind: 'none' } : { kind: 'embedded', store: demoStore() };
}

function dhcpPlanOf({ dhcp, lease, time }: PhoneValues): RunPlan['dhcp'] {
  if (dhcp === undefined) return lease && { kind: 'given', offers: lease };
  if (lease !== undefined)
    throw new UsageError('--dhcp asks real servers, --lease stands for them: give one');
  if (time !== 'real')
    throw new UsageError(`--dhcp goes with --time real only: real servers obey no ${time} clock`);
  return { kind: 'interface', name: dhcp };
}

function addressOf(text: string): ServerAddress {
  return addressRead(text).address;
}

/** What is doubtful about the address that was given: told at the head of the run. */
export function doubtsAbout(text: string | undefined): readonly Problem[] {
  return text === undefined ? [] : addressRead(text).problems;
}

function addressRead(text: string) {
  const parsed = parseServerAddress(text, 'typed');
  if (!parsed.ok) throw new UsageError(parsed.message);
  return parsed;
}
