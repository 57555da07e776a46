import { execFileSync, spawnSync } from 'node:child_process';
import type { Need } from './peer.ts';
import { findProgram, programFile } from './program.ts';

/** ip-netns(8), and the rights to use it. */
export const networkNamespaces: Need = {
  name: 'network namespaces',
  programs: ['ip'],
  runsAs: 'root',
  alsoLacks() {
    const name = nameOf('trial');
    const made = spawnSync(programFile('ip'), ['netns', 'add', name]).status === 0;
    if (made) remove(name);
    return made ? undefined : 'the right to make network namespaces';
  },
};

/** Two machines on one cable, each a network namespace: the phone's has no address, the server's has. */
export interface CableNetwork {
  /** Namespace of the phone, whose end of the cable is `phone0`. */
  readonly phone: string;
  /** Namespace of the server, whose end of the cable is `server0`. */
  readonly server: string;
  /** ip(8) in one of the namespaces. */
  ip(namespace: string, ...args: readonly string[]): void;
  /** The namespaces go with all that is in them; whatever runs there must have ended. */
  remove(): void;
}

let made = 0;

/** @param serverAddress with its prefix: `10.77.0.1/24`. */
export function layCable(serverAddress: string): CableNetwork {
  removeLeftOvers();
  const number = ++made;
  const [phone, server] = [nameOf(`${number}-phone`), nameOf(`${number}-server`)];
  const removeBoth = () => {
    remove(phone);
    remove(server);
    process.off('exit', removeBoth);
  };
  process.once('exit', removeBoth);
  run('netns', 'add', phone);
  run('netns', 'add', server);
  const ip: CableNetwork['ip'] = (namespace, ...args) => run('-n', namespace, ...args);
  ip(phone, 'link', 'add', 'phone0', 'type', 'veth', 'peer', 'name', 'server0', 'netns', server);
  for (const namespace of [phone, server]) ip(namespace, 'link', 'set', 'lo', 'up');
  ip(server, 'address', 'add', serverAddress, 'dev', 'server0');
  ip(server, 'link', 'set', 'server0', 'up');
  ip(phone, 'link', 'set', 'phone0', 'up');
  return { phone, server, ip, remove: removeBoth };
}

const PREFIX = 'deskphone-';

function nameOf(what: string): string {
  return `${PREFIX}${process.pid}-${what}`;
}

/** Those of test processes that were killed. */
function removeLeftOvers(): void {
  const list = execFileSync(programFile('ip'), ['netns', 'list'], { encoding: 'utf8' });
  for (const [, name, pid] of list.matchAll(new RegExp(`^(${PREFIX}(\\d+)-\\S+)`, 'gm'))) {
    if (name !== undefined && !isRunning(Number(pid))) remove(name);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function run(...args: readonly string[]): void {
  execFileSync(programFile('ip'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function remove(name: string): void {
  const ip = findProgram('ip');
  if (ip !== undefined) spawnSync(ip, ['netns', 'del', name]);
}
