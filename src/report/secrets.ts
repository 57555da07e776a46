import { isKeyName } from '../display/key-meaning.ts';
import { isHiddenPrompt } from '../display/menu.ts';
import { isHiddenAnswer } from '../display/screen.ts';
import type { FlashChange, PhoneEvent } from '../events/phone-event.ts';
import { settingNamed } from '../provisioning/device-settings.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';

const MASK = '***';

/**
 * The value of a setting as it may be shown: passwords are masked, unless empty, and those in the address of
 * a server.
 */
export function shownValue(name: string, value: string): string {
  const setting = settingNamed(name);
  if (setting?.type.kind === 'server-address') return withoutPassword(value);
  return setting?.secret === true && value !== '' ? MASK : value;
}

/** No menu is so deep: more digits in a row were not pressed to choose. */
const DIGITS_IN_A_ROW_MAX = 3;

/** Keys as they may be shown: labels and a few digits; whatever else is typed may be a password. */
export function shownKeys(keys: readonly string[]): readonly string[] {
  return keys.map((key, index) => {
    if (!isDigit(key)) return isKeyName(key) ? key : MASK;
    const digitsInARow =
      1 + digitsAtStart(keys.slice(0, index).reverse()) + digitsAtStart(keys.slice(index + 1));
    return digitsInARow <= DIGITS_IN_A_ROW_MAX ? key : MASK;
  });
}

function isDigit(key: string): boolean {
  return key.length === 1;
}

function digitsAtStart(keys: readonly string[]): number {
  const end = keys.findIndex((key) => !isDigit(key));
  return end === -1 ? keys.length : end;
}

/** A fact as it may leave the program: passwords, set or typed, are masked. The journal keeps them. */
export function withoutSecrets(event: PhoneEvent): PhoneEvent {
  if (event.type === 'flash.read') {
    const { settings, lease } = event;
    return { ...event, settings: shownSettings(settings), lease: lease && shownLease(lease) };
  }
  if (event.type === 'flash.written') return { ...event, changes: event.changes.map(shownChange) };
  if (event.type === 'dhcp.cached') return { ...event, lease: shownLease(event.lease) };
  if ('lease' in event) return { ...event, lease: shownLease(event.lease) };
  if (event.type === 'text.typed' && isHiddenPrompt(event.menu) && event.text !== '') {
    return { ...event, text: MASK };
  }
  if (event.type === 'text.typed' && event.menu === 'device-server-url') {
    return { ...event, text: addressBegun(event.text) };
  }
  if (event.type === 'setting.entered') return { ...event, value: shownValue(event.setting, event.value) };
  if (event.type === 'answer.typed' && isHiddenAnswer(event.question) && event.text !== '') {
    return { ...event, text: MASK };
  }
  return event;
}

/** An address that is still being typed: what stands behind a colon may become a password. */
function addressBegun(text: string): string {
  if (text.includes('@')) return withoutPassword(text);
  const [scheme] = /^(?:[^:/@]*:\/\/)?/.exec(text) ?? [''];
  return scheme + text.slice(scheme.length).replace(/[:;].+$/s, `:${MASK}`);
}

function shownChange(change: FlashChange): FlashChange {
  if (change.change === 'lease') return { ...change, lease: change.lease && shownLease(change.lease) };
  return change.change === 'settings' ? { ...change, values: shownSettings(change.values) } : change;
}

/** A lease whose option 66 names no password. */
export function shownLease<L extends { readonly provisioningServer: string | null }>(lease: L): L {
  const { provisioningServer } = lease;
  return { ...lease, provisioningServer: provisioningServer && withoutPassword(provisioningServer) };
}

function shownSettings<S extends { readonly value: string }>(
  settings: Readonly<Record<string, S>>,
): Record<string, S> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name,
      { ...setting, value: shownValue(name, setting.value) },
    ]),
  );
}
