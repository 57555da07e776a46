import { expect, test } from 'vitest';
import type { PhoneCommand } from '../../src/phone/command.ts';
import type { StepWord } from '../../src/scenario/step.schema.ts';
import { commandSteps } from '../../src/scenario/steps/command-steps.ts';
import { casesIn } from './scenario-file.ts';

/** Every command a phone understands has a word: the compiler says so here when there is a new one. */
const words: readonly [type: PhoneCommand['type'], step: string, command: PhoneCommand][] = table({
  'power.on': ['power.on', {}],
  'power.off': ['power.off', {}],
  'phone.resume': ['resume', {}],
  'updates.check': ['check', {}],
  'updates.ask': ['check.ask', {}],
  'question.answer': ['{ answer: install }', { answer: 'yes' }],
  'question.enter': ['{ enter: "12:34" }', { text: '12:34' }],
  'notify.receive': ['{ notify: check-sync }', { event: 'check-sync', from: '127.0.0.1' }],
  'check-sync.accept': ['{ check-sync: silent }', { manner: 'silent' }],
  'phone.reset': ['reset', {}],
  'user-data.erase': ['erase-user-data', {}],
  'factory.reset': ['factory-reset', {}],
  'setting.type': ['{ set: { BANNER: ACME } }', { name: 'BANNER', value: 'ACME' }],
  'settings.all-auto': ['all-auto', {}],
  'banner.confirm': ['banner.ok', {}],
  'dnd.set': ['{ dnd: on }', { on: true }],
  'login.submit': ['{ login: 1001@a.test }', { user: '1001@a.test' }],
  logout: ['logout', {}],
  'logins.answer': ['{ logins: refuse }', { answer: 'refuse' }],
  'memory.fail': ['{ memory.fail: major }', { severity: 'major' }],
  'call.incoming': ['call.in', {}],
  'call.dial': ['call.out', {}],
  'call.end': ['call.end', {}],
  'clock.set': ['{ clock.set: "2026-03-02T08:00:00Z" }', { toMs: Date.UTC(2026, 2, 2, 8) }],
});

/** Apply&Reset is pressed by `keys`; without them it is `set` and `reset`. */
type WithStep = Exclude<PhoneCommand['type'], 'device-settings.apply'>;

type Fields = { readonly [T in WithStep]: readonly [step: string, fields: object] };

function table(fields: Fields): readonly [PhoneCommand['type'], string, PhoneCommand][] {
  return Object.entries(fields).map(([type, [step, more]]) => {
    const command = { type, ...more } as PhoneCommand;
    return [command.type, step, command];
  });
}

test.for(words)('%s is sent by the step %s', ([, step, command]) => {
  const [only] = casesIn(`version: 1\ntitle: t\nsteps: [${step}]\nexpect: [{ state: off }]`);
  const [told] = only?.steps ?? [];
  const make = new Map<StepWord, (step: never) => readonly PhoneCommand[]>(
    Object.entries(commandSteps) as never,
  );
  expect(told && make.get(told.word)?.(told as never)).toEqual([command]);
});
