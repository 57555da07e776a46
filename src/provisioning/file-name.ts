import type { Model } from './words.ts';

/** Longest name asked for. Our own limit: a TFTP request has to fit into one block of 512 bytes. */
const NAME_LENGTH_MAX = 255;

/**
 * A name from a provisioning file as a path below the server's root, or why it is refused before any request.
 */
export type CheckedName =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly why: string };

/**
 * Sub-folders are fine (Observed: Wazo's `firmware/SIP12x004.01.13.00.bin`); whatever could lead out of the
 * tree is not.
 */
export function checkFileName(name: string): CheckedName {
  const why = whyRefused(name);
  return why === undefined ? { ok: true, path: name } : { ok: false, why };
}

function whyRefused(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > NAME_LENGTH_MAX)
    return `it has ${name.length} characters; expected at most ${NAME_LENGTH_MAX}`;
  if (holdsControlCharacter(name)) return 'it holds a control character';
  if (name.includes('\\')) return 'it holds a backslash; expected / between folders';
  if (/^[A-Za-z]:/.test(name)) return 'it names a drive; expected a path below the root of the server';
  if (name.startsWith('/')) return 'it is absolute; expected a path below the root of the server';
  if (name.split('/').includes('..')) return "it climbs out of the server's root by ..";
  return undefined;
}

function holdsControlCharacter(name: string): boolean {
  for (const character of name) {
    if (character < ' ' || (character >= '\x7f' && character < '\xa0')) return true;
  }
  return false;
}

/**
 * Documented: M44 p52 prints a placeholder. Observed: Wazo serves 1220SIP.cfg and 1230SIP.cfg; 1210 by
 * analogy.
 */
export function provisioningFileName(model: Model): string {
  return `${model}SIP.cfg`;
}

/** Observed: what Wazo serves to a phone that still runs UNIStim, by TFTP only. */
export function unistimProvisioningFileName(model: Model): string {
  return `${model}.cfg`;
}

/** Documented: R4.3 manual, 12xxBoot.cfg, a file with one [FW] section. */
export function bootFileName(model: Model): string {
  return `${model}Boot.cfg`;
}

/** Documented: M44 p52. Observed: the MAC as 12 upper-case hex digits, as `mac` has to be given. */
export function userConfigName(mac: string): string {
  return `SIP${mac}.cfg`;
}

/** Documented: S43 p38, `*` in the FILENAME of [DEV_CERT] stands for the MAC. */
export function deviceCertificateName(name: string, mac: string): string {
  return name.replaceAll('*', mac);
}
