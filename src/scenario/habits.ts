import type { Clock, Timer } from '../clock/clock.ts';
import { SECOND_MS } from '../clock/durations.ts';
import { isAnsweredByText } from '../display/screen.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { Habits } from './scenario.ts';
import type { StagePhone } from './stage.ts';
import type { RunningWorld } from './world.ts';

/** So long a user takes for anything. */
const USUAL_PAUSE_MS = 5 * SECOND_MS;

/** What a phone's user does by habit, for as long as the scenario goes on; the result ends it. */
export function live(world: RunningWorld, { case: { habits }, phone }: StagePhone): () => void {
  const user = new User({ clock: world.clock, habits, send: (command) => phone.send(command) });
  const stopListening = world.journal.listen(({ phone: mac, event }) => {
    if (mac === phone.mac) user.hear(event);
  });
  user.begin();
  return () => {
    stopListening();
    user.leave();
  };
}

interface Desk {
  readonly clock: Clock;
  readonly habits: Habits;
  send(command: PhoneCommand): void;
}

/** Who uses a phone: hears its facts, and does by habit what there is to do. */
export class User {
  readonly #desk: Desk;
  readonly #answers: Answers;
  readonly #timers = new Set<Timer>();

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#answers = new Answers(desk.habits.answers ?? {});
  }

  /** From now on there are calls, if there are any. */
  begin(): void {
    const { calls } = this.#desk.habits;
    if (calls === undefined) return;
    const call = () => {
      this.#desk.send({ type: calls.direction === 'out' ? 'call.dial' : 'call.incoming' });
      this.#later(calls.lasts, () => this.#desk.send({ type: 'call.end' }));
      this.#later(calls.every, call);
    };
    this.#later(calls.every, call);
  }

  hear(event: PhoneEvent): void {
    this.#answers.look(event);
    const { habits, send } = this.#desk;
    const command = this.#answers.to(event) ?? reaction(event, habits);
    if (command === undefined) return;
    const asked = this.#answers.asked;
    // Whoever answers a question answers that one, and not the next.
    this.#later(habits.after ?? USUAL_PAUSE_MS, () => {
      if (event.type !== 'question.asked' || this.#answers.isOpen(asked)) send(command);
    });
  }

  leave(): void {
    for (const timer of this.#timers) this.#desk.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  #later(ms: number, run: () => void): void {
    const timer = this.#desk.clock.setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}

function reaction(event: PhoneEvent, { login, banner }: Habits): PhoneCommand | undefined {
  if (event.type === 'login.shown' && login !== undefined) return { type: 'login.submit', user: login };
  if (event.type === 'banner.shown' && banner !== undefined) return { type: 'banner.confirm' };
  return undefined;
}

type Question = Fact<'question.asked'>['question'];

/** Answers in turn: the first to the first question of its kind, the last to all that follow. */
class Answers {
  readonly #answers: Readonly<Partial<Record<Question, readonly string[] | undefined>>>;
  readonly #turns = new Map<Question, number>();
  #asked = 0;
  #open: number | undefined;

  constructor(answers: Readonly<Partial<Record<Question, readonly string[] | undefined>>>) {
    this.#answers = answers;
  }

  /** How many questions there were so far, which is the number of the last. */
  get asked(): number {
    return this.#asked;
  }

  look(event: PhoneEvent): void {
    if (event.type === 'question.asked') this.#open = ++this.#asked;
    if (event.type === 'question.answered' || event.type === 'power.off') this.#open = undefined;
  }

  /** Whether that question still waits. */
  isOpen(number: number): boolean {
    return this.#open === number;
  }

  to(event: PhoneEvent): PhoneCommand | undefined {
    if (event.type !== 'question.asked') return undefined;
    const { question } = event;
    const turn = this.#turns.get(question) ?? 0;
    this.#turns.set(question, turn + 1);
    const answers = this.#answers[question] ?? [];
    const answer = answers[turn] ?? answers.at(-1);
    if (answer === undefined || answer === 'nothing') return undefined;
    if (isAnsweredByText(question)) return { type: 'question.enter', text: answer };
    return { type: 'question.answer', answer: isYes(answer) ? 'yes' : 'no' };
  }
}

/** Install is the Yes of PROMPT, Later its No. */
export function isYes(answer: string): boolean {
  return answer === 'yes' || answer === 'install';
}
