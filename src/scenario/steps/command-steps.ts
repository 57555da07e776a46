import type { PhoneCommand } from '../../phone/command.ts';
import { isYes } from '../habits.ts';
import type { OneStep } from '../scenario-case.ts';
import type { StepWord } from '../step.schema.ts';

/** Words that are no command to a phone. */
type OtherWord = 'keys' | 'advance' | 'until' | 'wait' | 'publish' | 'remove' | 'break' | 'mend' | 'expect';
export type CommandWord = Exclude<StepWord, OtherWord>;

/** Words that are a command, or several, to each of their phones. */
export const commandSteps: { readonly [W in CommandWord]: (step: OneStep<W>) => readonly PhoneCommand[] } = {
  'power.on': () => [{ type: 'power.on' }],
  'power.off': () => [{ type: 'power.off' }],
  resume: () => [{ type: 'phone.resume' }],
  check: () => [{ type: 'updates.check' }],
  'check.ask': () => [{ type: 'updates.ask' }],
  answer: ({ value }) => [{ type: 'question.answer', answer: isYes(value) ? 'yes' : 'no' }],
  enter: ({ value }) => [{ type: 'question.enter', text: value }],
  reset: () => [{ type: 'phone.reset' }],
  'erase-user-data': () => [{ type: 'user-data.erase' }],
  'factory-reset': () => [{ type: 'factory.reset' }],
  set: ({ value }) =>
    Object.entries(value).map(([name, text]) => ({ type: 'setting.type', name, value: text })),
  'all-auto': () => [{ type: 'settings.all-auto' }],
  login: ({ value }) => [{ type: 'login.submit', user: value }],
  logout: () => [{ type: 'logout' }],
  'banner.ok': () => [{ type: 'banner.confirm' }],
  dnd: ({ value }) => [{ type: 'dnd.set', on: value }],
  'call.in': () => [{ type: 'call.incoming' }],
  'call.out': () => [{ type: 'call.dial' }],
  'call.end': () => [{ type: 'call.end' }],
  notify: ({ value }) => [{ type: 'notify.receive', ...value }],
  'check-sync': ({ value }) => [{ type: 'check-sync.accept', manner: value }],
  logins: ({ value }) => [{ type: 'logins.answer', answer: value }],
  'memory.fail': ({ value }) => [{ type: 'memory.fail', severity: value }],
  'clock.set': ({ value }) => [{ type: 'clock.set', toMs: value }],
};
