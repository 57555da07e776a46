import type { Clock, Timer } from '../clock/clock.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { Phone } from '../phone/phone-maker.ts';
import type { PhoneFlash } from '../phone/world.ts';
import type { PhoneEnd } from '../report/fleet/figures.ts';
import { User } from '../scenario/habits.ts';
import { FirmwareWatch, type PowerCut } from './firmware-watch.ts';
import type { Life } from './fleet-plan.ts';
import type { Member, NewMember } from './population.ts';

/** What a phone of a fleet needs of the share it is in. */
export interface PhoneDesk {
  readonly clock: Clock;
  readonly life: Life;
  readonly limitMs: number;
  make(member: NewMember, flash: PhoneFlash): Phone;
  /** A boot is due, by the clock; the first, or one more. */
  due(member: Member, atMs: number, boot: 'first' | 'again'): void;
  /** It is at rest, stays up, and told that it will not poll. */
  staysForNothing(member: Member, because: string): void;
  /** It leaves the run; nothing of it is left. */
  left(member: Member, end: PhoneEnd): void;
  /** The emulator itself failed. */
  failed(error: unknown): void;
}

/** One phone of a fleet, from its first power to the end of its part. */
export class PhoneLife {
  readonly member: Member;
  readonly #desk: PhoneDesk;
  readonly #phone: Phone;
  readonly #user: User | undefined;
  /** When it boots again, in ms from its first boot. */
  #later: readonly number[];
  #firstDueMs = 0;
  #boots = 0;
  #stays: boolean;
  #isDark: boolean = false;
  /** Its list of phones has it boot again later. */
  #isBetweenBoots: boolean = false;
  #gaveUp: boolean = false;
  #noPollBecause: string | undefined;
  #isOver: boolean = false;
  #limit: Timer;
  #firmware: FirmwareWatch | undefined;
  #pause: Timer;

  constructor(newMember: NewMember, desk: PhoneDesk) {
    const { phone, later, ...member } = newMember;
    this.#later = later;
    this.member = member;
    this.#desk = desk;
    this.#stays = desk.life.kind === 'duration';
    this.#phone = desk.make(newMember, memoryFlash(phone.flash));
    const { habits } = phone;
    if (Object.keys(habits).length > 0) {
      this.#user = new User({ clock: desk.clock, habits, send: (command) => this.send(command) });
    }
  }

  /** Its first boot, which was due at that time. */
  begin(dueMs: number): void {
    this.#firstDueMs = dueMs;
    this.#user?.begin();
    this.#boot(dueMs);
  }

  send(command: PhoneCommand): void {
    if (!this.#isOver) this.#phone.send(command);
  }

  /** Hears what its phone tells. */
  hear(event: PhoneEvent): void {
    if (event.type === 'power.on') this.#gaveUp = false;
    if (event.type === 'recovery.failed') this.#gaveUp = event.retryInMs === null;
    if (event.type === 'poll.scheduled') this.#noPollBecause = undefined;
    if (event.type === 'poll.not-scheduled') this.#noPollBecause = event.because;
    this.#user?.hear(event);
    if (this.#firmware?.isReached(event) === true) this.#loseSoon(this.#firmware.cut);
  }

  /** From now on it loses power when so much firmware has come, once. */
  cutPowerAtFirmware(cut: PowerCut): void {
    this.#firmware = new FirmwareWatch(cut);
  }

  /** No further boot, and no waiting for polls: it leaves as soon as it is at rest. */
  finish(): void {
    this.#boots = Number.POSITIVE_INFINITY;
    this.#later = [];
    if (this.#isBetweenBoots) this.#leave('rest');
    if (!this.#stays) return;
    this.#stays = false;
    this.#awaitRest();
  }

  /** It leaves as it stands. */
  halt(): void {
    this.#leave(this.#isAtRest() ? this.#restingEnd() : 'on-its-way');
  }

  #boot(dueMs: number): void {
    this.#desk.due(this.member, dueMs, this.#boots === 0 ? 'first' : 'again');
    this.#boots++;
    this.#phone.send({ type: 'power.on' });
    this.#awaitRest();
  }

  #awaitRest(): void {
    const { clock, limitMs } = this.#desk;
    clock.clearTimeout(this.#limit);
    this.#limit = clock.setTimeout(() => this.#leave('on-its-way'), limitMs);
    this.#phone
      .when(() => this.#isOver || this.#isAtRest())
      .then(
        () => this.#rested(),
        (error: unknown) => this.#desk.failed(error),
      );
  }

  #rested(): void {
    if (this.#isOver) return;
    this.#desk.clock.clearTimeout(this.#limit);
    if (this.#stays) {
      if (this.#noPollBecause !== undefined) this.#desk.staysForNothing(this.member, this.#noPollBecause);
      return;
    }
    const [againMs, ...later] = this.#later;
    if (againMs !== undefined) {
      this.#later = later;
      this.#bootAgainAt(this.#firstDueMs + againMs);
      return;
    }
    const { life, clock } = this.#desk;
    if (life.kind === 'iterations' && this.#boots < life.times) {
      this.#phone.send({ type: 'power.off' });
      this.#boot(clock.now());
      return;
    }
    this.#leave(this.#restingEnd());
  }

  /** Without power it asks for nothing meanwhile. One that is late boots at once, and is late. */
  #bootAgainAt(dueMs: number): void {
    const { clock } = this.#desk;
    this.#phone.send({ type: 'power.off' });
    this.#isBetweenBoots = true;
    this.#pause = clock.setTimeout(
      () => {
        this.#isBetweenBoots = false;
        this.#boot(dueMs);
      },
      Math.max(0, dueMs - clock.now()),
    );
  }

  /** Dark is no rest: power comes back. */
  #isAtRest(): boolean {
    return !this.#isDark && this.#phone.atRest();
  }

  #restingEnd(): PhoneEnd {
    return this.#gaveUp ? 'gave-up' : 'rest';
  }

  /** Not within the step of the phone that told of it. */
  #loseSoon({ darkMs }: PowerCut): void {
    const { clock } = this.#desk;
    this.#firmware = undefined;
    this.#isDark = true;
    this.#pause = clock.setTimeout(() => {
      this.send({ type: 'power.off' });
      this.#pause = clock.setTimeout(() => {
        this.#isDark = false;
        this.send({ type: 'power.on' });
      }, darkMs);
    }, 0);
  }

  #leave(end: PhoneEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { clock } = this.#desk;
    clock.clearTimeout(this.#limit);
    clock.clearTimeout(this.#pause);
    this.#user?.leave();
    if (this.#phone.failed())
      this.#phone.when(() => true).catch((error: unknown) => this.#desk.failed(error));
    // First: what it tells while it is stopped is no part of the run.
    this.#desk.left(this.member, end);
    this.#phone.stop();
  }
}
