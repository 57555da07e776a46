import type { FlashChange } from '../events/phone-event.ts';
import { parameterNamed, settingOf } from '../provisioning/parameters.ts';
import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { StoredSetting } from './flash-contents.ts';

export type Settings = Readonly<Record<string, StoredSetting>>;

/**
 * Values received by file. Documented: A44 p140, a manual value wins over every automatic source, one of DHCP
 * over files; M44 p54, a value that is not in the file stays.
 */
export function receiveSettings(
  settings: Settings,
  received: Readonly<Record<string, string>>,
  where: { readonly file: string; readonly section: SectionName },
): { readonly changes: readonly FlashChange[]; readonly problems: readonly Problem[] } {
  const values: Record<string, StoredSetting> = {};
  const problems: Problem[] = [];
  const place = { file: where.file, section: where.section };
  for (const [name, value] of Object.entries(received)) {
    const stored = settings[name];
    if (stored?.from === 'manual') {
      if (stored.value !== value) problems.push(manualStays(name, stored.value, place));
    } else if (stored?.from === 'dhcp') {
      if (stored.value !== value) problems.push(dhcpStays(name, stored.value, place));
    } else if (stored?.value !== value) {
      values[name] = { value, from: 'file' };
    }
  }
  const changed = Object.keys(values).length > 0;
  return { changes: changed ? [{ change: 'settings', values }] : [], problems };
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
