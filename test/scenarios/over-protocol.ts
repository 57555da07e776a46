import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Protocol } from '../../src/provisioning/words.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { ScenarioCase } from '../../src/scenario/scenario-case.ts';
import { pathOf } from '../docs/markdown.ts';

/**
 * Copies scenarios/ and the demo tree into that folder, every section of a provisioning file moved to this
 * protocol. Returns where the scenarios are.
 */
export function copyOver(protocol: Protocol, folder: string): string {
  const home = join(folder, protocol, 'scenarios');
  cpSync(pathOf('scenarios'), home, { recursive: true });
  cpSync(pathOf('fixtures/demo'), join(folder, protocol, 'fixtures/demo'), { recursive: true });
  for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(name)) continue;
    const text = readFileSync(join(home, name), 'utf8');
    writeFileSync(
      join(home, name),
      text.replaceAll(/PROTOCOL (HTTP|TFTP|FTP)\b/g, `PROTOCOL ${protocol.toUpperCase()}`),
    );
  }
  return home;
}

/**
 * What there is of that scenario in jump time, its own server moved to this protocol. A matrix of protocols
 * goes its own way: of it those of this protocol. Throws when the scenario cannot be read.
 */
export function casesOver(protocol: Protocol, file: string): readonly ScenarioCase[] {
  const reading = readScenario(file, { time: 'jump' });
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.cases
    .filter(({ variant }) => variant.protocol === undefined || variant.protocol === protocol)
    .map((scenario) =>
      scenario.server.kind === 'embedded'
        ? { ...scenario, server: { ...scenario.server, protocol } }
        : scenario,
    );
}
