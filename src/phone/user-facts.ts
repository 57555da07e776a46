import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { dateText } from '../provisioning/local-time.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { PhoneProgress } from './phone-progress.ts';
import { phoneNow } from './time-keeping.ts';
import { toldProblem } from './told.ts';

// The facts of questions, polls, calls and the user's comings and goings.

/** Documented: R4.4 user guide, one minute to answer. */
export const QUESTION_MS = 60_000;

type Question = Fact<'question.asked'>['question'];
type Answer = Pick<Fact<'question.answered'>, 'answer' | 'by'>;

export function asked(question: Question): PhoneEvent {
  return { type: 'question.asked', question, expiresInMs: QUESTION_MS };
}

export function answered(question: Question, answer: Answer['answer'], by: Answer['by']): PhoneEvent {
  return { type: 'question.answered', question, answer, by };
}

export function offerAsked(progress: PhoneProgress, expiresInMs: number | null): PhoneEvent {
  const { round } = progress.offer;
  return { type: 'question.asked', question: offerQuestion(progress), expiresInMs, round };
}

export function offerAnswered(
  progress: PhoneProgress,
  answer: Answer['answer'],
  by: Answer['by'],
): PhoneEvent {
  return answered(offerQuestion(progress), answer, by);
}

function offerQuestion({ offer }: PhoneProgress): Question {
  return offer.trigger === 'poll' ? 'scheduled-update' : 'remote-update';
}

/** Another update is offered while the question about one is on the screen: one answer serves both. */
export function updateJoined(trigger: 'poll' | 'check-sync'): PhoneEvent {
  const message = `a ${trigger} came while the question about an update is shown: it joins that question`;
  return toldProblem(problem('CHECK_IGNORED', { message }));
}

export function pollDue({ poll }: PhoneProgress, follows: Fact<'poll.due'>['follows']): PhoneEvent {
  if (poll === undefined) throw new Error('no poll was waited for');
  return { type: 'poll.due', date: dateText(poll.day), follows };
}

export function clockSet(progress: PhoneProgress, toMs: number): PhoneEvent {
  return { type: 'clock.set', how: 'given', byMs: toMs - phoneNow(progress) };
}

export function logoutDone({ unit }: PhoneProgress): PhoneEvent {
  return { type: 'logout.done', user: unit.setup.flash.read().user ?? '' };
}

export function secondUser(user: string): PhoneEvent {
  const message = `${user} is not logged in: a user is already, and this emulator knows one at a time`;
  return toldProblem(problem('SECOND_USER', { message }));
}

export function logoutRefused(): PhoneEvent {
  return { type: 'logout.refused', why: 'AUTOLOGIN_ENABLE is USE_AUTOLOGIN_ID: the user cannot log off' };
}

export function callRefused(
  direction: Fact<'call.refused'>['direction'],
  why: Fact<'call.refused'>['why'],
): PhoneEvent {
  return { type: 'call.refused', direction, why };
}

/** A call ends because its parties end it; whatever else takes it away drops it. */
export function callOver(event: { readonly type: string }): PhoneEvent {
  return { type: event.type === 'call.end' ? 'call.ended' : 'call.dropped' };
}

/** Documented: M44 p45, allowed and warned against. */
export const checkInCall: PhoneEvent = toldProblem(
  problem('CHECK_IN_CALL', {
    message: 'a check began during a call: should the phone restart, the call is lost',
  }),
);
