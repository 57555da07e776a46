/**
 * A name as a client gives it, absolute or relative to `directory`, on the virtual root: `/`-separated, no
 * `.` or `..` left, starting with `/`. Going up ends at the root, as in a chroot. Undefined: a name no file
 * can have.
 */
export function resolveFtpPath(directory: string, name: string): string | undefined {
  if (name.includes('\0')) return undefined;
  const resolved: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${directory}/${name}`).split('/')) {
    if (part === '..') resolved.pop();
    else if (part !== '' && part !== '.') resolved.push(part);
  }
  return `/${resolved.join('/')}`;
}

/** A path in a 257 reply: quotes inside are doubled (RFC 959 appendix II). */
export function quotedFtpPath(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
