import type { FlashContents, StoredSetting } from '../device/flash-contents.ts';
import { settingNamed } from '../provisioning/device-settings.ts';
import { checkValue, keptName, parameterNames } from '../provisioning/parameters.ts';
import type { JsonValue } from './json-value.ts';

/** Reads `settings`: a text is a value from a file, `{value,from}` says from where. Tells what is wrong. */
export function readSettings(value: JsonValue | undefined): FlashContents['settings'] {
  const settings: [string, StoredSetting][] = [];
  for (const [name, setting] of value?.members('an object such as {"BANNER":"ACME"}') ?? []) {
    const parameter = settingNamed(name);
    const read = setting.isObject() ? readOwnedSetting(setting) : { value: setting, from: 'file' as const };
    if (parameter === undefined) setting.unknown(name, 'parameter', parameterNames);
    if (parameter === undefined || read === undefined) continue;
    const text = read.value.text('a value in quotes, such as "0"');
    if (text === undefined) continue;
    const checked = checkValue(parameter, text);
    if (checked.ok) settings.push([keptName(parameter, name), { value: checked.value, from: read.from }]);
    else read.value.wrong(checked.expected);
  }
  return Object.fromEntries(settings);
}

interface OwnedSetting {
  readonly value: JsonValue;
  readonly from: StoredSetting['from'];
}

function readOwnedSetting(setting: JsonValue): OwnedSetting | undefined {
  const expected = 'a value in quotes, or an object such as {"value":"ACME","from":"manual"}';
  const members = setting.members(expected);
  const known = ['value', 'from'];
  for (const [key, member] of members ?? []) if (!known.includes(key)) member.unknown(key, 'key', known);
  const [value, from] = [members?.get('value'), members?.get('from')?.oneOf(['manual', 'file', 'dhcp'])];
  if (value === undefined) return setting.wrong(expected);
  return { value, from: from ?? 'file' };
}
