import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Io } from './io.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 100;

/** Waits until something changes in these files and folders; undefined when it was told to stop. */
export function changeOf(paths: readonly string[], io: Io): Promise<string | undefined> {
  const files = new Set(paths.map((path) => resolve(path)));
  // A file is watched by its folder: an editor puts another in its place.
  const folders = new Set([...files].map((path) => (isFolder(path) ? path : dirname(path))));
  return new Promise((done) => {
    const watchers: FSWatcher[] = [];
    const end = (change: string | undefined) => {
      for (const watcher of watchers) watcher.close();
      io.stop.removeEventListener('abort', onStop);
      done(change);
    };
    const onStop = () => end(undefined);
    if (io.stop.aborted) {
      end(undefined);
      return;
    }
    io.stop.addEventListener('abort', onStop, { once: true });
    let settling = false;
    for (const folder of folders) {
      const whole = files.has(folder);
      const watcher = watch(folder, { recursive: whole }, (_event, name) => {
        const path = join(folder, name ?? '');
        if (settling || (!whole && !files.has(path))) return;
        settling = true;
        io.clock.setTimeout(() => end(path), SETTLE_MS);
      });
      watcher.on('error', () => {});
      watchers.push(watcher);
    }
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
