import type { Parameter } from './parameter.ts';
import { callParameters } from './parameter-table-calls.ts';
import { mediaParameters } from './parameter-table-media.ts';
import { networkParameters } from './parameter-table-network.ts';
import { panelParameters } from './parameter-table-panel.ts';
import { provisioningParameters } from './parameter-table-provisioning.ts';
import { upkeepParameters } from './parameter-table-upkeep.ts';
import { type CheckedValue, checkType } from './parameter-type.ts';

/** The table by subject, as the document shows it. */
export const parameterGroups = [
  { title: 'Provisioning, login and administration', parameters: provisioningParameters },
  { title: 'Logs, shells and files', parameters: upkeepParameters },
  { title: 'Network', parameters: networkParameters },
  { title: 'Calls and messages', parameters: callParameters },
  { title: 'Media', parameters: mediaParameters },
  { title: 'Panel', parameters: panelParameters },
] as const;

/**
 * Every parameter known. Not among them: the variants for server profiles (4.3 on), whose names no source
 * shows.
 */
export const parameters: readonly Parameter[] = parameterGroups.flatMap((group) => group.parameters);

/** What an index letter of a canonical name stands for. */
const indexes: readonly (readonly [letter: RegExp, last: number, digits: number])[] = [
  [/x/, 5, 1],
  [/y/, 2, 1],
  [/nn/, 99, 2],
];

const byName: ReadonlyMap<string, Parameter> = new Map(
  parameters.flatMap((parameter) => spellingsOf(parameter).map((name) => [name, parameter] as const)),
);

/** Every name a file may hold, indexes written out. */
export const parameterNames: readonly string[] = [...byName.keys()];

const byUpperCase: ReadonlyMap<string, string> = new Map(
  parameterNames.map((name) => [name.toUpperCase(), name]),
);

/** The parameter of a name as it stands in a file; case counts. */
export function parameterNamed(name: string): Parameter | undefined {
  return byName.get(name);
}

/** The parameter of a name that is spelt right but for its case, and the right spelling. */
export function parameterSpeltAs(
  name: string,
): { readonly parameter: Parameter; readonly name: string } | undefined {
  const known = byUpperCase.get(name.toUpperCase());
  const parameter = known === undefined ? undefined : parameterNamed(known);
  return known === undefined || parameter === undefined ? undefined : { parameter, name: known };
}

/** The name a value is kept under: the one in the file, but for a second spelling. */
export function keptName(parameter: Parameter, name: string): string {
  return name === parameter.alsoSpelt ? parameter.name : name;
}

/** Whether a value is legal for a parameter, and how the phone keeps it. Never throws. */
export function checkValue(parameter: Parameter, value: string): CheckedValue {
  return checkType(parameter.type, value, parameter.default);
}

/** The factory's value of a parameter; empty for a name that is not known. */
export function defaultOf(name: string): string {
  return parameterNamed(name)?.default ?? '';
}

/** Documented: M43 p184, an address that is not set. */
export const UNSET_ADDRESS = '0.0.0.0';

/** The value in force: the stored one, else the factory's. */
export function settingOf(
  settings: Readonly<Record<string, { readonly value: string }>>,
  name: string,
): string {
  return settings[name]?.value ?? defaultOf(name);
}

function spellingsOf(parameter: Parameter): readonly string[] {
  const second = parameter.alsoSpelt === undefined ? [] : [parameter.alsoSpelt];
  return [...writtenOut(parameter.name), ...second];
}

/** `SERVER_IPx_y` as the ten names it stands for; a name without index as itself. */
function writtenOut(name: string): readonly string[] {
  const index = indexes.find(([letter]) => letter.test(name));
  if (index === undefined) return [name];
  const [letter, last, digits] = index;
  return Array.from({ length: last }, (_, i) => String(i + 1).padStart(digits, '0')).flatMap((number) =>
    writtenOut(name.replace(letter, number)),
  );
}
