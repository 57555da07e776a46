import type { FlashChange } from '../events/phone-event.ts';
import { mayHoldPassword, settingNamed } from '../provisioning/device-settings.ts';
import { checkValue, keptName, parameterNamed, settingOf } from '../provisioning/parameters.ts';
import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { StoredSetting } from './flash-contents.ts';

export type Settings = Readonly<Record<string, StoredSetting>>;

/** Values that stand in a file, as flash would keep them. */
export function settingsOfFile(values: Readonly<Record<string, string>>): Settings {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]),
  );
}

/**
 * Values received by file. Documented: A44 p140, a manual value wins over every automatic source, one of DHCP
 * over files; M44 p54, a value that is not in the file stays.
 */
export function receiveSettings(
  settings: Settings,
  received: Settings,
  where: { readonly file: string; readonly section: SectionName },
): { readonly changes: readonly FlashChange[]; readonly problems: readonly Problem[] } {
  const values: Record<string, StoredSetting> = {};
  const problems: Problem[] = [];
  const place = { file: where.file, section: where.section };
  for (const [name, offered] of Object.entries(received)) {
    const { value } = offered;
    const stored = settings[name];
    if (stored?.from === 'manual') {
      if (stored.value !== value) problems.push(manualStays(name, stored.value, place));
    } else if (stored?.from === 'dhcp') {
      if (stored.value !== value) problems.push(dhcpStays(name, stored.value, place));
    } else if (stored?.value !== value) {
      values[name] = offered;
    }
  }
  const changed = Object.keys(values).length > 0;
  return { changes: changed ? [{ change: 'settings', values }] : [], problems };
}

/**
 * A value typed by hand. Documented: A44 p141, it is MANUAL from then on, and automatic sources leave it
 * alone. Assumed: a menu takes what a file may say, and nothing else.
 */
export function typeSetting(
  name: string,
  typed: string,
): { readonly changes: readonly FlashChange[]; readonly problems: readonly Problem[] } {
  const parameter = settingNamed(name);
  if (parameter === undefined)
    return notTyped('UNKNOWN_PARAMETER', `"${name}" is no parameter of this phone`);
  const checked = checkValue(parameter, typed);
  if (!checked.ok) {
    const found = mayHoldPassword(parameter) ? 'not legal' : `"${typed}"`;
    return notTyped('BAD_VALUE', `${name}, typed by hand, is ${found}; expected ${checked.expected}`);
  }
  const values = { [keptName(parameter, name)]: { value: checked.value, from: 'manual' as const } };
  return { changes: [{ change: 'settings', values }], problems: [] };
}

function notTyped(code: 'UNKNOWN_PARAMETER' | 'BAD_VALUE', message: string) {
  return { changes: [], problems: [problem(code, { message })] };
}

/** Names whose value in force differs; a value received that equals the default is no difference. */
export function changedSettings(before: Settings, after: Settings): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => settingOf(before, name) !== settingOf(after, name));
}

/** Those of `names` that take effect only after a restart (local SIP ports, USE_RPORT). */
export function pendingUntilRestart(names: readonly string[]): readonly string[] {
  return names.filter((name) => parameterNamed(name)?.effect === 'restart');
}

/** Those of `names` that take effect only after the next logout (ENABLE_PRACK). */
export function pendingUntilLogout(names: readonly string[]): readonly string[] {
  return names.filter((name) => parameterNamed(name)?.effect === 'logout');
}

/** A value that arrives for one that was set by hand. */
export function manualStays(name: string, value: string, place: Pick<Problem, 'file' | 'section'>): Problem {
  const message = `${name} was set by hand to ${shown(name, value)} and stays so; the value received is not taken`;
  return problem('MANUAL_VALUE_STAYS', { ...place, message });
}

function dhcpStays(name: string, value: string, place: Pick<Problem, 'file' | 'section'>): Problem {
  const message = `${name} is ${shown(name, value)} by DHCP and stays so; the value in the file is not taken`;
  return problem('DHCP_VALUE_STAYS', { ...place, message });
}

function shown(name: string, value: string): string {
  return parameterNamed(name)?.secret ? '***' : `"${value}"`;
}
