import { type Circumstances, storedTrust } from '../device/circumstances.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** What this phone's verdict about a file depends on now; `clockAheadMs`: its clock against the world's. */
export function circumstancesOf(unit: PhoneUnit, clockAheadMs: number): Circumstances {
  const { flash, authenticity = 'accept' } = unit.setup;
  return {
    quirks: unit.world.quirks,
    authenticity,
    ...storedTrust(flash.read(), (sha256) => flash.body(sha256)),
    nowMs: unit.world.clock.now() + clockAheadMs,
    mac: unit.mac,
  };
}
