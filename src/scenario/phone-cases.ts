import { readFileSync } from 'node:fs';
import type { Authenticity } from '../device/circumstances.ts';
import { DEFAULT_MAC, DEFAULT_SOFTWARE, type FlashContents } from '../device/flash-contents.ts';
import { readFlashFile } from '../flash/flash-file.ts';
import { settingNamed } from '../provisioning/device-settings.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { checkValue, keptName, parameterNames } from '../provisioning/parameters.ts';
import { sectionNames } from '../provisioning/words.ts';
import type { Complaints } from './complaints.ts';
import type { PhoneSpec, Scenario } from './scenario.ts';
import type { PhoneCase } from './scenario-case.ts';
import type { Path } from './source-node.ts';
import type { Variant } from './variants.ts';

/** The phones of a case; what cannot be is told. */
export function phoneCases(
  { phone, phones }: Pick<Scenario, 'phone' | 'phones'>,
  variant: Variant,
  complaints: Complaints,
): readonly PhoneCase[] {
  const cases = (phones ?? [phone ?? {}]).map((spec, index) => {
    const path = phones === undefined ? ['phone'] : ['phones', index];
    return phoneCase(spec, { path, index, variant, complaints });
  });
  for (const [index, { name, flash }] of cases.entries()) {
    const path = ['phones', index];
    const before = cases.slice(0, index);
    if (before.some((other) => other.flash.mac === flash.mac))
      complaints.tell([...path, 'mac'], `${flash.mac} is another phone's already`);
    else if (before.some((other) => other.name === name))
      complaints.tell([...path, 'name'], `"${name}" is another phone's already`);
  }
  return cases;
}

interface Reading {
  /** Where it stands. */
  readonly path: Path;
  readonly index: number;
  readonly variant: Variant;
  readonly complaints: Complaints;
}

/** One phone as it stands at a place of a file; what cannot be is told. */
export function phoneCase(spec: PhoneSpec, reading: Reading): PhoneCase {
  const { variant, index } = reading;
  const mac = spec.mac ?? macAfter(DEFAULT_MAC, index);
  const { userAgentByte, localAddress, notifyFrom } = spec;
  return {
    name: spec.name ?? mac,
    model: variant.model ?? spec.model ?? '1230',
    flash: withManualSettings(flashOf(spec, mac, reading), spec, reading),
    habits: spec.habits ?? {},
    authenticity: authenticityOf(spec, reading),
    ...(userAgentByte !== undefined && {
      userAgentByte: userAgentByte === 'seen' ? userAgentByte : Number.parseInt(userAgentByte, 16),
    }),
    ...(localAddress !== undefined && { localAddress }),
    ...(notifyFrom !== undefined && { notifyFrom }),
  };
}

function macAfter(mac: string, steps: number): string {
  return (BigInt(`0x${mac}`) + BigInt(steps)).toString(16).toUpperCase().padStart(12, '0');
}

/** As flash.json: read by the very reader of that file. */
function flashOf(spec: PhoneSpec, mac: string, { path, variant, complaints }: Reading): FlashContents {
  const { versions = {}, files = {}, ...rest } = spec.flash ?? {};
  const bySection = sectionNames.flatMap((name) => (rest[name] === undefined ? [] : [[name, rest[name]]]));
  const others = Object.entries(rest).filter(([key]) => !sectionNames.some((name) => name === key));
  const software = variant.software ?? spec.software;
  const json = {
    mac,
    versions: { ...versions, ...Object.fromEntries(bySection) },
    files,
    ...(software !== undefined && { software }),
    ...Object.fromEntries(others),
  };
  const reading = readFlashFile(Buffer.from(JSON.stringify(json)), {
    software: DEFAULT_SOFTWARE,
    faultOf: () => undefined,
  });
  if ('contents' in reading) return reading.contents;
  for (const problem of reading.problems) {
    const message = problem.replace(/^flash\.json:\d+: /, '');
    const key = /^\S+/.exec(message)?.[0] ?? '';
    complaints.tell([...path, 'flash', ...key.split('.')], `flash.${message}`);
  }
  return emptyFlash(mac);
}

function emptyFlash(mac: string): FlashContents {
  const reading = readFlashFile(Buffer.from(JSON.stringify({ mac, versions: {}, files: {} })), {
    faultOf: () => undefined,
  });
  if ('problems' in reading) throw new Error(`An empty flash cannot be read: ${reading.problems.join(', ')}`);
  return reading.contents;
}

function withManualSettings(
  flash: FlashContents,
  { settings = {} }: PhoneSpec,
  reading: Reading,
): FlashContents {
  const typed = settingsOf(settings, [...reading.path, 'settings'], reading.complaints).map(
    ([name, value]) => [name, { value, from: 'manual' as const }] as const,
  );
  return { ...flash, settings: { ...flash.settings, ...Object.fromEntries(typed) } };
}

/** Names and values as the phone keeps them; a name or value that no phone takes is told. */
export function settingsOf(
  settings: Readonly<Record<string, string>>,
  path: Path,
  complaints: Complaints,
): readonly (readonly [name: string, value: string])[] {
  const kept: (readonly [name: string, value: string])[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const parameter = settingNamed(name);
    const checked = parameter === undefined ? undefined : checkValue(parameter, value);
    if (parameter === undefined || checked === undefined) unknownParameter(name, [...path, name], complaints);
    else if (checked.ok) kept.push([keptName(parameter, name), checked.value]);
    else complaints.tell([...path, name], `${name} is "${value}"; expected ${checked.expected}`);
  }
  return kept;
}

/** Tells that no parameter has this name. */
export function unknownParameter(name: string, path: Path, complaints: Complaints): void {
  const meant = nearestName(name, parameterNames);
  complaints.tell(path, `"${name}" is no parameter${meant === undefined ? '' : `; did you mean ${meant}?`}`);
}

function authenticityOf({ authenticity }: PhoneSpec, { path, complaints }: Reading): Authenticity {
  if (typeof authenticity !== 'object') return authenticity ?? 'accept';
  const place = [...path, 'authenticity', 'signedBy'];
  try {
    return { signedBy: readFileSync(complaints.resolve(place, authenticity.signedBy), 'latin1') };
  } catch {
    complaints.tell(place, `${authenticity.signedBy} cannot be read; expected a file with a root in PEM`);
    return 'accept';
  }
}
