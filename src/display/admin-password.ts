import { createHash } from 'node:crypto';

/**
 * Whether what was typed opens the administration menus. Documented: M44 p300, ADMIN_PASSWORD is plain, or an
 * SHA1 or MD5 hash. Assumed: a hash is written in hex, in either case.
 */
export function opensAdministration(typed: string, adminPassword: string): boolean {
  if (typed === adminPassword) return true;
  const hash = adminPassword.toLowerCase();
  return ['sha1', 'md5'].some((digest) => createHash(digest).update(typed).digest('hex') === hash);
}
