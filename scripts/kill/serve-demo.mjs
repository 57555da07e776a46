import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeImage } from '../../dist/device/image.js';
import { DEMO_LOAD } from '../../dist/scenario/demo-tree.js';

const root = join(import.meta.dirname, '..', '..');

/** The command line under test. */
export const DESKPHONE = join(root, 'dist', 'cli', 'main.js');

/**
 * Serves the demo tree with an image of that size from a process of its own, which nobody kills. `folder` is
 * for the flashes of phones; `stop` ends the server and removes everything.
 */
export async function serveDemo(imageSizeBytes) {
  const folder = await mkdtemp(join(tmpdir(), 'deskphone-kill-'));
  const tree = join(folder, 'tree');
  await cp(join(root, 'fixtures', 'demo'), tree, { recursive: true });
  await mkdir(join(tree, 'firmware'));
  await writeFile(
    join(tree, 'firmware', `${DEMO_LOAD}.bin`),
    makeImage({ load: DEMO_LOAD, sizeBytes: imageSizeBytes }),
  );
  const server = spawn(process.execPath, [DESKPHONE, 'serve', tree, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const { ports } = await firstLine(server);
  return {
    folder,
    ports,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What it prints first says where it listens. The rest is read too, or the pipe would fill. */
async function firstLine(server) {
  const lines = createInterface(server.stdout);
  const [line] = await once(lines, 'line');
  return JSON.parse(line);
}
