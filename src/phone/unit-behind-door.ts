import type { CheckDoor } from './check-door.ts';
import type { PhoneUnit } from './phone-unit.ts';

/**
 * The phone as those know it who work behind a door. An invocation that is stopped runs on to its next wait:
 * once its door is shut the phone has gone on, and what it still tells or writes is told and written to
 * nobody.
 */
export function unitBehind(door: CheckDoor, unit: PhoneUnit): PhoneUnit {
  const { flash } = unit.setup;
  return {
    ...unit,
    setup: {
      ...unit.setup,
      flash: {
        read: () => flash.read(),
        body: (sha256) => flash.body(sha256),
        write: (contents, bodies) => {
          if (!door.isShut) flash.write(contents, bodies);
        },
      },
    },
    record: (event) => {
      if (!door.isShut) unit.record(event);
    },
  };
}
