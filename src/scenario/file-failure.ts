import { systemCode } from '../flash/durable-file.ts';

/**
 * What keeps a file or folder from being read or written, for its user: `no such file or folder (ENOENT)`.
 * Without the call and the path that Node adds; the path belongs before it.
 */
export function sayFileFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = systemCode(error);
  if (code === undefined) return message;
  const reason = reasons[code];
  return reason === undefined ? (message.split(', ')[0] ?? message) : `${reason} (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'what stands for a folder in it is a file',
  EEXIST: 'there is one already',
  EISDIR: 'it is a folder; expected a file',
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'its disk takes no changes',
  ENOSPC: 'its disk is full',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go round in a circle',
};
