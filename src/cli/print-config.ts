import type { Option } from 'commander';
import { withoutPassword } from '../provisioning/server-address-parts.ts';

const MASK = '***';

/** Options whose value holds a secret, by attribute. */
export const secretOptions: ReadonlySet<string> = new Set(['user', 'answer']);

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
  return `${JSON.stringify(config, addressWithoutPassword, 2)}\n`;
}

/** A lease given as data may name a server with its password. */
function addressWithoutPassword(key: string, value: unknown): unknown {
  return key === 'provisioningServer' && typeof value === 'string' ? withoutPassword(value) : value;
}

function mask(value: unknown): unknown {
  return value === undefined ? null : MASK;
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
