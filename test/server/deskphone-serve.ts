import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');

/** `deskphone serve` as a user runs it, on free ports of the loopback. */
export interface DeskphoneServe {
  readonly host: string;
  readonly ports: Readonly<Record<'tftp' | 'ftp' | 'http', number>>;
  /** As Ctrl-C would; resolves when the process has ended. */
  stop(): Promise<void>;
}

/** Starts it from `dist` and waits until it says where it listens. Throws with what it said instead. */
export async function startDeskphoneServe(root: string): Promise<DeskphoneServe> {
  const host = '127.0.0.1';
  const free = ['--tftp', '0', '--ftp', '0', '--http', '0'];
  const child = spawn(process.execPath, [MAIN, 'serve', root, '--listen', host, ...free, '--json']);
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  const ended = once(child, 'exit').finally(() => process.off('exit', killWithTest));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  // It tells of each request too; lines nobody waits for are read and dropped.
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => [''])]);
  const said = String(first[0]);
  const portOf = (protocol: string): number => {
    const [, port] = new RegExp(`"${protocol}://${host}:(\\d+)/"`).exec(said) ?? [];
    if (port !== undefined) return Number(port);
    child.kill();
    throw new Error(`deskphone serve names no ${protocol} port: ${said}${complaint}`);
  };
  return {
    host,
    ports: { tftp: portOf('tftp'), ftp: portOf('ftp'), http: portOf('http') },
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
