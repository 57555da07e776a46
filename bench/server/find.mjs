import { ANY_PHONE } from '../trees.mjs';

/** What was made ready for the file of that path; the file of any phone's MAC is one and the same. */
export function find(ready, path) {
  return ready.get(path) ?? ready.get(path.replace(/SIP[0-9A-F]{12}\.cfg$/, ANY_PHONE));
}
