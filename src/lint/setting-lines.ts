import { readConfiguration } from '../provisioning/configuration.ts';
import { parseConfigurationFile } from '../provisioning/configuration-file.ts';
import { defaultOf, keptName, parameterNamed, parameterSpeltAs } from '../provisioning/parameters.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { SectionName } from '../provisioning/words.ts';

/** The settings a configuration file gives, by name, and where each of them stands. */
export interface SettingLines {
  readonly values: Readonly<Record<string, string>>;
  readonly lines: ReadonlyMap<string, number>;
}

export const noSettings: SettingLines = { values: {}, lines: new Map() };

/** Reads a device or phone-specific configuration file as a phone does, and remembers the lines. */
export function readSettings(
  bytes: Uint8Array,
  where: { readonly file: string; readonly section: SectionName; readonly quirks: Quirks },
): { readonly settings: SettingLines; readonly problems: readonly Problem[] } {
  const parsed = parseConfigurationFile(bytes, where);
  const read = readConfiguration(parsed, where);
  const lines = new Map<string, number>();
  for (const { name, line } of parsed.values) {
    const known = parameterNamed(name) ?? parameterSpeltAs(name)?.parameter;
    if (known === undefined) continue;
    lines.set(keptName(known, parameterSpeltAs(name)?.name ?? name), line);
  }
  return { settings: { values: read.settings, lines }, problems: [...parsed.problems, ...read.problems] };
}

/** The value in force after a file, on top of those that came before it. */
export function inForce(
  name: string,
  { values }: SettingLines,
  before: Readonly<Record<string, string>> = {},
): string {
  return values[name] ?? before[name] ?? defaultOf(name);
}
