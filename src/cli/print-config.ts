import type { Option } from 'commander';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { shownKeys } from '../report/secrets.ts';
import { withoutSecretSettings } from './lease-option.ts';

const MASK = '***';

/** Options whose value is a secret, by attribute. */
const secretOptions: ReadonlySet<string> = new Set(['user', 'answer']);

/** Options whose text may hold a secret: what is wrong with one is said without it. */
export const unsaidOptions: ReadonlySet<string> = new Set([...secretOptions, 'keys', 'lease']);

/** The configuration of a command: what it was given, and what follows from that. */
export interface Configuration {
  readonly arguments: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly more: Readonly<Record<string, unknown>>;
}

/** The merged configuration of a command as JSON, with passwords masked. */
export function printConfig(given: Configuration, options: readonly Option[]): string {
  const { values, more } = given;
  const [argument, ...others] = given.arguments.map(withoutPassword);
  const shown = options
    .map((option) => option.attributeName())
    .filter((name) => name !== 'printConfig')
    .map((name) => [name, secretOptions.has(name) ? mask(values[name]) : plain(values[name])] as const);
  const config = {
    argument: argument ?? null,
    ...(others.length > 0 && { arguments: [argument, ...others] }),
    ...Object.fromEntries(shown),
    ...more,
  };
  return `${JSON.stringify(config, withoutSecretsInside, 2)}\n`;
}

/** Passwords that stand among other things: in what DHCP hands out, in keys. */
function withoutSecretsInside(key: string, value: unknown): unknown {
  if (key === 'provisioningServer' && typeof value === 'string') return withoutPassword(value);
  if (key === 'infoBlock' && typeof value === 'string') return withoutSecretSettings(value);
  if (key === 'keys' && isTexts(value)) return shownKeys(value);
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function mask(value: unknown): unknown {
  return value === undefined ? null : MASK;
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
