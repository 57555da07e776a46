import { isoInstant } from '../clock/instant.ts';
import { defaultQuirks } from '../provisioning/quirks.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import { urlOf } from '../transport/transport.ts';

/** What --print-config shows of a scenario: what came of its file, what it extends, and the options. */
export function caseConfig(scenario: ScenarioCase): Readonly<Record<string, unknown>> {
  const { id, title, seed, time, startsAtMs, timings, quirks, phones, steps, expect } = scenario;
  const chosen = Object.entries(quirks).filter(
    ([name, value]) => new Map(Object.entries(defaultQuirks)).get(name) !== value,
  );
  return {
    id,
    title,
    seed,
    time,
    starts: time === 'virtual' ? isoInstant(startsAtMs) : null,
    timings,
    quirks: Object.fromEntries(chosen),
    server: serverOf(scenario.server),
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

function serverOf(server: ScenarioCase['server']): string {
  if (server.kind === 'none') return 'none';
  if (server.kind === 'external') {
    const { protocol, host, port, path } = server.address;
    return withoutPassword(urlOf({ protocol, host, port: port ?? 0, path }));
  }
  return `embedded, ${server.protocol}`;
}
