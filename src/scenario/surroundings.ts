import { SECOND_MS } from '../clock/durations.ts';
import type { GivenOffer } from '../network/given-dhcp.ts';
import { defaultQuirks, type Quirks } from '../provisioning/quirks.ts';
import type { Complaints } from './complaints.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioCase, Surroundings } from './scenario-case.ts';
import { serverCase } from './server-case.ts';
import type { Variant } from './variants.ts';
import { VIRTUAL_START_MS } from './world.ts';
import { instantIn, minutesOf } from './zone.ts';

/** What a command says over what a file says. */
export interface Overrides {
  readonly seed?: string;
  readonly time?: ScenarioCase['time'];
}

/** As much of a scenario as is not about phones. */
export type AroundPhones = Pick<
  Scenario,
  'time' | 'seed' | 'server' | 'dhcp' | 'timeServer' | 'quirks' | 'timings'
>;

interface Reading {
  readonly variant: Variant;
  readonly overrides: Overrides;
  readonly complaints: Complaints;
  /** What holds where nothing is said. */
  readonly usual: {
    readonly time: Surroundings['time'];
    timings(time: Surroundings['time']): Surroundings['timings'];
  };
}

/** What is around the phones of a scenario; what cannot be is told. */
export function surroundingsOf(
  scenario: AroundPhones,
  { variant, overrides, complaints, usual }: Reading,
): Surroundings {
  const { quirks = {}, seed = '1' } = scenario;
  const time = overrides.time ?? scenario.time?.mode ?? usual.time;
  const starts = scenario.time?.starts;
  const zoneMinutes = minutesOf(scenario.time?.zone ?? 'Z');
  if (time !== 'virtual') {
    if (starts !== undefined)
      complaints.tell(['time', 'starts'], `goes with virtual time only; this is ${time} time`);
    if (scenario.timeServer !== undefined)
      complaints.tell(['timeServer'], `goes with virtual time only; this is ${time} time`);
  }
  return {
    seed: overrides.seed ?? seed,
    time,
    startsAtMs: starts === undefined ? VIRTUAL_START_MS : instantIn(starts, zoneMinutes),
    zoneMinutes,
    timings: scenario.timings ?? usual.timings(time),
    quirks: quirksOf(quirks),
    ...(scenario.dhcp && { dhcp: { kind: 'given', offers: scenario.dhcp.offers.map(offerOf) } }),
    ...(scenario.timeServer && {
      timeServer: {
        answers: scenario.timeServer.answers ?? 'yes',
        aheadMs: scenario.timeServer.ahead ?? -(scenario.timeServer.behind ?? 0),
      },
    }),
    server: serverCase(scenario.server, { time, protocol: variant.protocol }, complaints),
    ports: portsOf(scenario),
  };
}

type Offer = NonNullable<Scenario['dhcp']>['offers'][number];

function offerOf({ lease, after, ...terms }: Offer): GivenOffer {
  const given = Object.entries(terms).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    address: terms.address,
    ...(lease !== undefined && { leaseS: Math.round(lease / SECOND_MS) }),
    ...(after !== undefined && { afterMs: after }),
  };
}

function portsOf({ server }: AroundPhones): Surroundings['ports'] {
  const ports = server === 'none' ? undefined : server?.ports;
  return Object.fromEntries(Object.entries(ports ?? {}).filter(([, port]) => port !== undefined));
}

function quirksOf(given: NonNullable<Scenario['quirks']>): Quirks {
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultQuirks, ...Object.fromEntries(chosen) };
}
