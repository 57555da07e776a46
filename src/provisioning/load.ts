/** The name of a firmware load, taken apart: `SIP12x004.01.13.00` is family `SIP12x0`, groups 4, 1, 13, 0. */
export interface Load {
  readonly family: string;
  readonly groups: readonly [number, number, number, number];
  /** Without folder and `.bin`. */
  readonly name: string;
}

/**
 * Documented: M44 p52. The 1210, 1220 and 1230 share one image; siblings are SIP1120e, SIP1140e and SIP1165e
 * (S43 p39).
 */
const OWN_FAMILY = 'SIP12x0';

/**
 * Reads the name of a SIP load from a VERSION or FILENAME; a folder before it and `.bin` behind it are
 * ignored.
 */
export function parseLoad(text: string): Load | undefined {
  const known = knownLoads.get(text);
  if (known !== undefined) return known;
  const load = takenApart(text);
  if (load === undefined) return undefined;
  if (knownLoads.size >= KNOWN_LOADS_MAX) knownLoads.clear();
  knownLoads.set(text, load);
  return load;
}

/** A check asks a dozen times for the same two or three. */
const knownLoads = new Map<string, Load>();
const KNOWN_LOADS_MAX = 100;

function takenApart(text: string): Load | undefined {
  const name = text.slice(text.lastIndexOf('/') + 1).replace(/\.bin$/i, '');
  const parts = /^(SIP[0-9][0-9A-Za-z]{2,6})([0-9]{2})\.([0-9]{2})\.([0-9]{2})\.([0-9]{2})$/.exec(name);
  if (parts === null) return undefined;
  const [, family = '', ...groups] = parts;
  const [first = 0, second = 0, third = 0, fourth = 0] = groups.map(Number);
  return { family, groups: [first, second, third, fourth], name };
}

/** The load a [FW] VERSION names: as in a FILENAME, but without a folder. */
export function parseFirmwareVersion(version: string): Load | undefined {
  return version.includes('/') ? undefined : parseLoad(version);
}

/**
 * Above 0 if `a` is the newer load. Assumed: the four groups compare as numbers, left to right; the family
 * does not matter.
 */
export function compareLoads(a: Load, b: Load): number {
  for (const [index, group] of a.groups.entries()) {
    const difference = group - (b.groups[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a load is for the phones emulated here. */
export function isOwnFamily(load: Load): boolean {
  return load.family === OWN_FAMILY;
}

/** UNIStim loads of the 1210, 1220 and 1230 begin with 062A, those of the 1140E with 0625: `062AC7J`. */
const UNISTIM_LOAD = /^06[0-9A-F]{2}[0-9A-Z]{3}$/;

/** Documented: R4.3 manual, the lowest UNIStim load of the 12x0 that converts to SIP. */
const UNISTIM_LOAD_MIN = '062AC5L';

/** Which software a running load is. */
export function softwareOf(load: string): 'SIP' | 'UNIStim' {
  return UNISTIM_LOAD.test(load) ? 'UNIStim' : 'SIP';
}

/** Whether phones emulated here may run it: a SIP load by its whole name, or one of UNIStim. */
export function isRunnable(text: string): boolean {
  const load = parseLoad(text);
  return softwareOf(text) === 'UNIStim' || (load !== undefined && load.name === text && isOwnFamily(load));
}

/** Why a UNIStim load refuses the conversion to SIP, or undefined. Assumed: letters compare as text. */
export function whyNotConverted(unistimLoad: string): string | undefined {
  if (unistimLoad >= UNISTIM_LOAD_MIN) return undefined;
  return `UNIStim ${unistimLoad} is too old for the conversion to SIP; expected ${UNISTIM_LOAD_MIN} or later`;
}

/** Whether a load is of a release or a later one: `isReleaseFrom('SIP12x004.04.09.00', 4, 3)`. */
export function isReleaseFrom(software: string, major: number, minor: number): boolean {
  const groups = parseLoad(software)?.groups;
  if (groups === undefined) return false;
  return groups[0] > major || (groups[0] === major && groups[1] >= minor);
}
