import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit-codes.ts';
import { listening } from '../../src/cli/listening.ts';

test.for(['EMFILE', 'ENFILE'])('%s is told as a limit of this machine, and not of a server', async (code) => {
  const start = () =>
    Promise.reject(Object.assign(new Error(`${code}: too many open files, open 'a.js'`), { code }));
  const flag = () => '--port';
  await expect(listening(start, { ports: {}, flag })).rejects.toThrow(
    new UsageError(
      `this process may not open as many files as it needs (${code}: too many open files, open 'a.js'); raise its limit with ulimit -n (deskphone doctor says what it is)`,
    ),
  );
});
