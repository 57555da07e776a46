import { isoInstant } from '../clock/instant.ts';
import { defaultQuirks } from '../provisioning/quirks.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import type { ScenarioCase, Surroundings } from '../scenario/scenario-case.ts';
import { urlOf } from '../transport/transport.ts';

/** What --print-config shows of a scenario: what came of its file, what it extends, and the options. */
export function caseConfig(scenario: ScenarioCase): Readonly<Record<string, unknown>> {
  const { id, title, phones, steps, expect } = scenario;
  return {
    id,
    title,
    ...aroundConfig(scenario),
    phones: phones.map(({ name, model, flash }) => ({
      name,
      model,
      mac: flash.mac,
      software: flash.software,
    })),
    steps: steps.map(({ word }) => word),
    expectations: expect.length,
  };
}

/** What it shows of what is around phones. */
export function aroundConfig(around: Surroundings): Readonly<Record<string, unknown>> {
  const { seed, time, startsAtMs, timings, quirks, server } = around;
  const chosen = Object.entries(quirks).filter(
    ([name, value]) => new Map(Object.entries(defaultQuirks)).get(name) !== value,
  );
  return {
    seed,
    time,
    starts: time === 'virtual' ? isoInstant(startsAtMs) : null,
    timings,
    quirks: Object.fromEntries(chosen),
    server: serverOf(server),
  };
}

function serverOf(server: ScenarioCase['server']): string {
  if (server.kind === 'none') return 'none';
  if (server.kind === 'external') {
    const { protocol, host, port, path } = server.address;
    return withoutPassword(urlOf({ protocol, host, port: port ?? 0, path }));
  }
  return `embedded, ${server.protocol}`;
}
