import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/clock/durations.ts';
import { readFleet } from '../../../src/fleet/read-fleet.ts';
import { staggerMs } from '../../../src/provisioning/stagger.ts';
import { pathOf } from '../../docs/markdown.ts';

/** The workload of all figures here. */
export const POLL_WINDOW = pathOf('fleets/poll-window.yaml');
/** The provisioning file, DEVICE_CONFIG and USER_CONFIG; the firmware is not newer. */
export const REQUESTS_OF_A_CHECK = 3;
export const RAMP_MS = 10 * MINUTE_MS;

const POLL_TIME_MS = 2 * HOUR_MS;
const WINDOW_HOURS = 1;
/** After it the last phone has asked its user, and polled. */
const AFTER_WINDOW_MS = 90 * MINUTE_MS;

/** What the file serves, with the file of any phone under the name of each of these. */
export function servedFiles(macs: readonly string[]): Readonly<Record<string, string>> {
  const reading = readFleet({ kind: 'file', file: POLL_WINDOW }, []);
  if ('problems' in reading || reading.plan.server.kind !== 'embedded') throw new Error('It has no files');
  const files: Record<string, string> = {};
  for (const layer of reading.plan.server.layers) {
    for (const [name, text] of Object.entries(layer.kind === 'files' ? layer.files : {})) {
      if (typeof text !== 'string') throw new Error(`${name} is no text`);
      const names = name.includes('<MAC>') ? macs : [''];
      for (const mac of names) files[name.replace('<MAC>', mac)] = text.replaceAll('<MAC>', mac);
    }
  }
  return files;
}

/** When this phone polls on the day of that instant. */
export function pollOn(dayMs: number, mac: string): Date {
  const midnightMs = Math.floor(dayMs / DAY_MS) * DAY_MS;
  return new Date(midnightMs + POLL_TIME_MS + staggerMs(mac, WINDOW_HOURS, 'lcg-minutes'));
}

/** How long phones that get power now have to stay up for a whole poll window, and the day it is on. */
export function untilPolled(nowMs: number): { readonly durationMs: number; readonly dayMs: number } {
  const earliestMs = nowMs + 3 * RAMP_MS;
  const sameDayMs = Math.floor(earliestMs / DAY_MS) * DAY_MS + POLL_TIME_MS;
  const windowMs = sameDayMs >= earliestMs ? sameDayMs : sameDayMs + DAY_MS;
  return { durationMs: windowMs + AFTER_WINDOW_MS - nowMs, dayMs: windowMs };
}
