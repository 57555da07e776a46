import type { PhoneUnit } from './phone-unit.ts';

/** Runs something outside with the clock held, so that jumping time does not leap over it. */
export async function held<T>(unit: PhoneUnit, work: () => Promise<T>): Promise<T> {
  const release = unit.world.clock.hold();
  try {
    return await work();
  } finally {
    release();
  }
}
