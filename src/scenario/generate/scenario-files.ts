import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sayFileFailure } from '../file-failure.ts';
import { yamlText } from '../yaml-text.ts';
import type { GeneratedScenario } from './generate-scenarios.ts';

/** Where the JSON Schema of scenarios is shipped. */
const SCHEMA = join(import.meta.dirname, '..', '..', '..', 'scenarios', 'scenario.schema.json');
const NAME_LENGTH_MAX = 100;

export interface ScenarioFile {
  readonly path: string;
  readonly transition: string;
}

/** Which of these files in a folder are there already. */
export function filesInTheWay(scenarios: readonly GeneratedScenario[], folder: string): readonly string[] {
  return scenarios.map((one) => join(folder, fileName(one))).filter((path) => existsSync(path));
}

/** Writes a file each into a folder; none of them may be there. The answer is a sentence when one fails. */
export function writeScenarios(
  scenarios: readonly GeneratedScenario[],
  folder: string,
): { readonly files: readonly ScenarioFile[] } | { readonly message: string } {
  const files = scenarios.map((one) => ({ one, path: join(folder, fileName(one)) }));
  try {
    mkdirSync(folder, { recursive: true });
    for (const { one, path } of files) writeFileSync(path, fileText(one, folder), { flag: 'wx' });
  } catch (error) {
    return { message: `${folder}: ${sayFileFailure(error)}` };
  }
  return { files: files.map(({ one, path }) => ({ path, transition: one.transition })) };
}

/** `line-free-call-incoming-in-banner-stays.yaml` */
function fileName({ transition }: GeneratedScenario): string {
  const words = transition
    .replace(/^phone\.(powered\.)?/, '')
    .replaceAll(/-> (phone\.powered\.)?/g, ' ')
    .replaceAll(/[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return `${words.join('-').slice(0, NAME_LENGTH_MAX)}.yaml`;
}

function fileText({ scenario }: GeneratedScenario, folder: string): string {
  const schema = relative(folder, SCHEMA).split(sep).join('/');
  return `# yaml-language-server: $schema=${schema}\n${yamlText(scenario)}`;
}
