import type { Timer } from '../clock/clock.ts';
import { SECOND_MS } from '../clock/durations.ts';
import { isAnsweredByText } from '../display/screen.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { StagePhone } from './stage.ts';
import type { RunningWorld } from './world.ts';

/** So long a user takes for anything. */
const USUAL_PAUSE_MS = 5 * SECOND_MS;

/** What a phone's user does by habit, for as long as the scenario goes on; the result ends it. */
export function live(world: RunningWorld, { case: { habits }, phone }: StagePhone): () => void {
  const { clock, journal } = world;
  const timers = new Set<Timer>();
  const later = (ms: number, run: () => void) => {
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const answers = new Answers(habits.answers ?? {});
  const stopListening = journal.listen(({ phone: mac, event, n }) => {
    if (mac !== phone.mac) return;
    answers.look(event, n);
    const command = answers.to(event) ?? reaction(event, habits);
    if (command === undefined) return;
    // Whoever answers a question answers that one, and not the next.
    later(habits.after ?? USUAL_PAUSE_MS, () => {
      if (event.type !== 'question.asked' || answers.isOpen(n)) phone.send(command);
    });
  });
  const { calls } = habits;
  if (calls !== undefined) {
    const call = () => {
      phone.send({ type: calls.direction === 'out' ? 'call.dial' : 'call.incoming' });
      later(calls.lasts, () => phone.send({ type: 'call.end' }));
      later(calls.every, call);
    };
    later(calls.every, call);
  }
  return () => {
    stopListening();
    for (const timer of timers) clock.clearTimeout(timer);
  };
}

function reaction(
  event: PhoneEvent,
  { login, banner }: StagePhone['case']['habits'],
): PhoneCommand | undefined {
  if (event.type === 'login.shown' && login !== undefined) return { type: 'login.submit', user: login };
  if (event.type === 'banner.shown' && banner !== undefined) return { type: 'banner.confirm' };
  return undefined;
}

type Question = Fact<'question.asked'>['question'];

/** Answers in turn: the first to the first question of its kind, the last to all that follow. */
class Answers {
  readonly #answers: Readonly<Partial<Record<Question, readonly string[] | undefined>>>;
  readonly #asked = new Map<Question, number>();
  #open: number | undefined;

  constructor(answers: Readonly<Partial<Record<Question, readonly string[] | undefined>>>) {
    this.#answers = answers;
  }

  look(event: PhoneEvent, n: number): void {
    if (event.type === 'question.asked') this.#open = n;
    if (event.type === 'question.answered' || event.type === 'power.off') this.#open = undefined;
  }

  /** Whether the question told as fact number `n` still waits. */
  isOpen(n: number): boolean {
    return this.#open === n;
  }

  to(event: PhoneEvent): PhoneCommand | undefined {
    if (event.type !== 'question.asked') return undefined;
    const { question } = event;
    const turn = this.#asked.get(question) ?? 0;
    this.#asked.set(question, turn + 1);
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
