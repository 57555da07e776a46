import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provisioningFileName, userConfigName } from '../provisioning/file-name.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import { defaultQuirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';
import { type Model, models } from '../provisioning/words.ts';

/** What a tree offers to the phones of each model: the sections of its provisioning file. */
export type Offers = ReadonlyMap<Model, readonly Section[]>;

/** Reads the provisioning files of a folder. A model whose file cannot be read is left out. */
export function offersOf(folder: string): Offers {
  const offers = new Map<Model, readonly Section[]>();
  for (const model of models) {
    const file = provisioningFileName(model);
    const bytes = readIfThere(join(folder, file));
    if (bytes === undefined) continue;
    offers.set(model, parseProvisioningFile(bytes, { file, quirks: defaultQuirks }).sections);
  }
  return offers;
}

/** Every file that sections name. */
export function namesIn(offers: Offers): readonly string[] {
  return [...offers.values()].flat().flatMap(({ files }) => files.map(({ name }) => name));
}

/** The files that a section stands for, for a phone. */
export function filesOf({ name, files }: Section, mac: string | undefined): readonly string[] {
  if (name === 'USER_CONFIG') return mac === undefined ? [] : [userConfigName(mac)];
  return files.map((file) => file.name);
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
