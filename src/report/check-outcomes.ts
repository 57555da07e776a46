import type { PhoneState } from '../display/phone-state.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';

/** A check for updates, as far as its verdict needs it. */
export interface TrackedCheck {
  readonly check: number;
  readonly trigger: Fact<'update.started'>['trigger'];
  /** Made by the boot loader of a phone without a whole image. */
  readonly recovering: boolean;
  /** Absent: the provisioning file could not be had. */
  readonly read?: Fact<'provisioning-file.read'>;
  readonly refused?: Fact<'provisioning-file.refused'>;
}

/** The checks of a phone in the order they were made. */
export class CheckLog {
  readonly #checks: TrackedCheck[] = [];
  /** Where the last check of a number stands. */
  readonly #places = new Map<number, number>();

  get all(): readonly TrackedCheck[] {
    return this.#checks;
  }

  /** `state` is where the phone stands after the fact. */
  add(event: PhoneEvent, state: PhoneState): void {
    if (event.type === 'update.started') {
      const { check, trigger } = event;
      this.#places.set(check, this.#checks.push({ check, trigger, recovering: state === 'recovery' }) - 1);
    } else if (event.type === 'provisioning-file.read') {
      this.#follow(event.check, { read: event });
    } else if (event.type === 'provisioning-file.refused') {
      this.#follow(event.check, { refused: event });
    }
  }

  #follow(check: number, news: Pick<TrackedCheck, 'read' | 'refused'>): void {
    const place = this.#places.get(check) ?? -1;
    const known = this.#checks[place];
    if (known !== undefined) this.#checks[place] = { ...known, ...news };
  }
}
