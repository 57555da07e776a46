import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The build that is measured. `DESKPHONE_DIST` names another one, to set two builds side by side. */
const dist = resolve(process.env.DESKPHONE_DIST ?? join(import.meta.dirname, '..', 'dist'));

/** A module of the product, by its path below `dist`. */
export function product(path) {
  return import(pathToFileURL(join(dist, path)).href);
}
