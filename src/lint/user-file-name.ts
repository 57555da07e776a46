/** Whether a path is a phone's own file at the root: what a phone would ask for, letter by letter. */
export function isUserFile(path: string): boolean {
  return /^SIP[0-9A-F]{12}\.cfg$/.test(path);
}

/** The MAC in the name of a phone's own file. */
export function macOf(userFile: string): string {
  return userFile.slice(3, 15);
}

/**
 * Why a name that was meant as SIP<MAC>.cfg is none; undefined when it is one, or was never meant as one.
 */
export function whyNoUserFile(path: string): string | undefined {
  if (isUserFile(path)) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const inside = /^SIP(.*)\.cfg$/i.exec(name)?.[1];
  if (inside === undefined) return undefined;
  const digits = inside.replaceAll(/[:._-]/g, '');
  if (!/^[0-9a-f]{6,}$/i.test(digits)) return undefined;
  const right = `SIP${digits.toUpperCase()}.cfg`;
  if (digits.length !== 12) return `it has ${digits.length} hex digits; expected the 12 of a MAC`;
  if (digits !== inside) return `it has separators; a phone asks for ${right}`;
  if (name !== right) return `letters are not in the right case; a phone asks for ${right}`;
  return `it is in a folder; a phone asks for ${right} at the root it is given`;
}
