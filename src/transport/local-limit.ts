const codes: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
]);

/** Whether an error of the system speaks of this machine, whoever was to be reached, by name or address. */
export function isLocalLimit({ code, syscall }: NodeJS.ErrnoException): boolean {
  // A `bind` can fail at no end but ours: EINVAL is an address of another family than the server's.
  return syscall === 'bind' || (code !== undefined && codes.has(code));
}
