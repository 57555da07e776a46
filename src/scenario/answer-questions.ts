import { isAnsweredByText } from '../display/screen.ts';
import type { Fact } from '../events/phone-event.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { Phone } from '../phone/phone-maker.ts';
import type { RunningWorld } from './world.ts';

/** Questions of a phone, as its facts name them. */
type Question = Fact<'question.asked'>['question'];

/** What is answered to which question: `yes` or `no`, a fingerprint, a password. */
export type Answers = Readonly<Partial<Record<Question, string>>>;

export interface Answering {
  readonly answers: Answers;
  /** A question nobody has an answer for: it waits for a key, or its time. */
  readonly onUnanswered?: (asked: Fact<'question.asked'>) => void;
}

/** Answers a phone's questions as soon as they are asked, in place of keys. The result ends it. */
export function answerQuestions(
  { journal }: RunningWorld,
  phone: Phone,
  { answers, onUnanswered }: Answering,
): () => void {
  return journal.listen(({ phone: mac, event }) => {
    if (event.type !== 'question.asked' || mac !== phone.mac) return;
    const answer = answers[event.question];
    if (answer === undefined) onUnanswered?.(event);
    else phone.send(commandFor(event.question, answer));
  });
}

function commandFor(question: Question, answer: string): PhoneCommand {
  return isAnsweredByText(question)
    ? { type: 'question.enter', text: answer }
    : { type: 'question.answer', answer: answer === 'yes' ? 'yes' : 'no' };
}
