import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Need } from './peer.ts';
import { findProgram, programFile } from './program.ts';

/**
 * A system log of its own for a server that logs nowhere else. Node has no datagram sockets of the Unix
 * domain, Perl (in every Debian) has; a mount namespace puts the socket where syslog(3) looks for it.
 */
export const ownSyslog: Need = {
  name: 'a system log of its own',
  programs: ['unshare', 'mount', 'perl'],
  runsAs: 'root',
  alsoLacks() {
    try {
      execFileSync(programFile('unshare'), ['--mount', 'true'], { stdio: 'ignore' });
      return undefined;
    } catch {
      return 'the right to make mount namespaces';
    }
  },
};

/** Writes each message as a line, from when it has said that it is ready. */
const READER = `use Socket;
open(FILE, ">>", $ARGV[1]) or die $!;
socket(LOG, PF_UNIX, SOCK_DGRAM, 0) and bind(LOG, sockaddr_un($ARGV[0])) or die $!;
syswrite(STDERR, "ready");
while (defined recv(LOG, $_, 8192, 0)) { tr/\\0\\n//d; syswrite(FILE, "$_\\n") }`;

/** A process that writes to a file what is said to `log` in a folder. */
export interface SyslogReader {
  stop(): Promise<void>;
}

/** Listens at `log` in that folder, which is to become the `/dev` of the server. */
export async function readSyslog(folder: string, file: string): Promise<SyslogReader> {
  const args = ['-e', READER, join(folder, 'log'), file];
  const reader = spawn(programFile('perl'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const killWithTest = () => reader.kill('SIGKILL');
  process.once('exit', killWithTest);
  const ended = once(reader, 'exit');
  const [said] = await Promise.race([once(reader.stderr, 'data'), ended]);
  if (String(said) !== 'ready') throw new Error(`A system log could not be read: ${said}`);
  return {
    stop: async () => {
      reader.kill('SIGKILL');
      await ended;
      process.off('exit', killWithTest);
    },
  };
}

/** What to tell unshare(1), so that it becomes a command whose `/dev` is that folder. */
export function withDev(folder: string, command: readonly string[]): readonly string[] {
  const script = 'mount --bind "$1" /dev && shift && exec "$@"';
  const [program = '', ...args] = command;
  return ['--mount', 'sh', '-c', script, 'sh', folder, findProgram(program) ?? program, ...args];
}
