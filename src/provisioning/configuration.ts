import type { ConfigurationValue } from './configuration-file.ts';
import { nearestName } from './nearest-name.ts';
import type { Parameter } from './parameter.ts';
import { checkValue, keptName, parameterNamed, parameterNames, parameterSpeltAs } from './parameters.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { quote } from './quote.ts';

/** What a configuration file sets, as the phone keeps it, and what it could not take. */
export interface Configuration {
  readonly settings: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/**
 * Checks the lines of a device, user or phone-specific configuration file against the table of parameters.
 * Unknown names and bad values are told and skipped, so that the value in force stays; of a name given twice
 * the last legal value counts. Never throws.
 */
export function readConfiguration(
  { values }: { readonly values: readonly ConfigurationValue[] },
  where: Pick<Problem, 'file' | 'section'> & { readonly quirks: Pick<Quirks, 'readLowerCase'> },
): Configuration {
  const { quirks, ...common } = where;
  const told = new ProblemList(common);
  const taken = new Map<string, ConfigurationValue>();
  for (const found of values) {
    const known = knownParameter(found, quirks, told);
    if (known === undefined) continue;
    const value = legalValue(known.parameter, found, told);
    if (value !== undefined) taken.set(keptName(known.parameter, known.name), { ...found, value });
  }
  dropBadPortRange(taken, told);
  const settings = Object.fromEntries([...taken].map(([name, { value }]) => [name, value]));
  return { settings, problems: told.all() };
}

type Known = NonNullable<ReturnType<typeof parameterSpeltAs>>;

function knownParameter(
  { name, line }: ConfigurationValue,
  quirks: Pick<Quirks, 'readLowerCase'>,
  told: ProblemList,
): Known | undefined {
  const parameter = parameterNamed(name);
  if (parameter !== undefined) return { parameter, name };
  const spelt = quirks.readLowerCase === 'read' ? parameterSpeltAs(name) : undefined;
  if (spelt === undefined) {
    told.tell('UNKNOWN_PARAMETER', { line, message: unknownMessage(name) });
  } else {
    const message = `${name} is read as ${spelt.name}; unproven: a real phone may not read this`;
    told.tell('LOWER_CASE', { line, message });
  }
  return spelt;
}

function unknownMessage(name: string): string {
  const meant = nearestName(name, parameterNames);
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
  return `${quote(name)} is no parameter this phone knows${suggestion}`;
}

function legalValue(
  parameter: Parameter,
  { name, value, line }: ConfigurationValue,
  told: ProblemList,
): string | undefined {
  const checked = checkValue(parameter, value);
  if (checked.ok) return checked.value;
  const found = parameter.secret ? 'not legal' : quote(value);
  told.tell('BAD_VALUE', { line, message: `${name} is ${found}; expected ${checked.expected}` });
  return undefined;
}

const RTP_PORTS_MIN = 100;
const RTP_PORTS_MAX = 999;

/**
 * Documented (sipXecs vendor model): 100 <= RTP_MAX_PORT - RTP_MIN_PORT < 1000. Assumed: a pair that breaks
 * the rule is dropped as a whole, and one line alone is not held against the value in force.
 */
function dropBadPortRange(taken: Map<string, ConfigurationValue>, told: ProblemList): void {
  const lowest = taken.get('RTP_MIN_PORT');
  const highest = taken.get('RTP_MAX_PORT');
  if (lowest === undefined || highest === undefined) return;
  const ports = Number(highest.value) - Number(lowest.value);
  if (ports >= RTP_PORTS_MIN && ports <= RTP_PORTS_MAX) return;
  taken.delete('RTP_MIN_PORT');
  taken.delete('RTP_MAX_PORT');
  told.tell('BAD_VALUE', {
    line: Math.max(lowest.line, highest.line),
    message:
      `RTP_MAX_PORT is "${highest.value}" with RTP_MIN_PORT "${lowest.value}"; ` +
      `expected it ${RTP_PORTS_MIN} to ${RTP_PORTS_MAX} above`,
  });
}
