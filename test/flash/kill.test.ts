import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { openDirectoryFlash } from '../../src/flash/directory-flash.ts';
import { aBody } from './a-flash.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('killed at any moment, a process leaves the last state it wrote, or the one it was writing, whole', async () => {
  const directory = temporaryDirectory();
  const random = seededRandom('kill -9');
  let written = 0;
  for (let kill = 0; kill < 20; kill++) {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'flash-writer.mjs'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(writer, 'exit');
    const writesWanted = written + Math.floor(random.between(1, 10));
    for await (const line of createInterface(writer.stdout)) {
      written = Number(line);
      if (written >= writesWanted) {
        spin(random.between(0, WRITE_MS));
        writer.kill('SIGKILL');
      }
    }
    expect((await exit)[1]).toBe('SIGKILL');

    const flash = openDirectoryFlash(directory);
    const contents = flash.read();
    const { LANGUAGE } = contents.versions;
    const found = Number(LANGUAGE);
    expect([written, written + 1]).toContain(found);
    const stored = Object.values(contents.files).flat();
    expect(stored.map((file) => file.name)).toEqual([`${found}.lng`, `${found}.wav`]);
    for (const file of stored) {
      const body = flash.body(file.content?.sha256 ?? '');
      expect(body && Buffer.from(body).toString()).toBe(file.name.repeat(1000));
      expect(file.content?.sha256).toBe(aBody(file.name.repeat(1000)).sha256);
    }
    written = found;
    flash.close();
  }
});

/** About as long as one write takes: a kill lands anywhere in the next. */
const WRITE_MS = 15;

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
