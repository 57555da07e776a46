import { z } from 'zod';
import { phoneStates } from '../display/phone-state.ts';
import { protocols, sectionNames, severities } from '../provisioning/words.ts';
import { requestOutcomeSchema, sectionOutcomeSchema } from '../report/outcome.schema.ts';
import { countedFact, factPattern } from './fact-pattern.schema.ts';
import { flashExpectation } from './flash.schema.ts';
import { duration, instant, keyed, oneOf, onOff, settingValue, software } from './values.schema.ts';

// The words of `expect`. A word is checked by the function of the same name in expectations/.

const count = z.int().min(0);
const texts = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'expected a text, or a list of texts',
  })
  .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value));

const requestFields = keyed('a request', {
  file: z.string().min(1).describe('As the section names it.'),
  url: z.string().optional(),
  protocol: oneOf(protocols, 'a protocol').optional(),
  result: requestOutcomeSchema.shape.result.optional(),
  attempts: count.optional(),
  bytes: count.optional(),
  check: count.optional().describe('1-based, over the whole run; checks of the boot loader count too.'),
  section: oneOf(sectionNames, 'a section').nullable().optional().describe('null: the provisioning file.'),
  userFile: requestOutcomeSchema.shape.userFile,
});

const request = z
  .union([z.string().min(1), requestFields], {
    error: 'expected a file, or {file: NAME, result: NOT_FOUND ...}',
  })
  .transform((value) => (typeof value === 'string' ? { file: value } : value))
  .meta({ id: 'request', description: 'A file as the phone asks for it; * stands for anything.' });
const requests = z.array(request);

const { decision, why, result, error } = sectionOutcomeSchema.shape;
const sectionFields = keyed('a section', {
  decision: decision.optional(),
  why: why.optional(),
  result: result.optional(),
  version: z.string().nullable().optional().describe('The stored one afterwards; null: none.'),
  error: error.optional(),
  check: count.optional().describe('Of which check; if absent, the last that came to this section.'),
});
const section = z
  .union([oneOf(['absent', ...why.options], 'a reason'), sectionFields])
  .transform((value) => (typeof value === 'string' ? { why: value } : value))
  .meta({
    id: 'section',
    description: 'Why it was taken or not, or {why, result, version, error}; absent: no check came to it.',
  });

const span = keyed('a duration', {
  from: factPattern,
  to: factPattern,
  atLeast: duration.optional(),
  atMost: duration.optional(),
}).describe('From the first fact like this to the next like that.');

const problem = z
  .union([
    z.string().min(1),
    keyed('a problem', {
      code: z.string().min(1).optional(),
      severity: oneOf(severities, 'a severity').optional(),
      file: z.string().optional(),
      line: count.optional(),
      section: oneOf(sectionNames, 'a section').optional(),
    }),
  ])
  .transform((value) => (typeof value === 'string' ? { code: value } : value))
  .meta({
    id: 'problem',
    description: 'A code of deskphone schema problems, or {code, file, line, section, severity}.',
  });

/** Every word of `expect`, and what stands behind it. */
export const expectationWords = {
  requests: requests.describe('These files were asked for, in this order, and no others.'),
  'requests.set': requests.describe('These files were asked for, in any order, and no others.'),
  'requests.some': requests.describe('These files were asked for, in any order, and perhaps others.'),
  'requests.absent': requests.describe('None of these files was asked for.'),
  sections: keyed(
    'sections',
    Object.fromEntries(sectionNames.map((name) => [name, section.optional()])) as Record<
      (typeof sectionNames)[number],
      z.ZodOptional<typeof section>
    >,
  ).describe('What became of each section named.'),
  flash: flashExpectation.meta({
    id: 'flash',
    description: 'What flash holds of this; a section by itself is its stored version, null: none.',
  }),
  settings: z
    .record(z.string(), settingValue.nullable())
    .describe('Values that are not from the factory; null: the factory value.'),
  screen: texts.describe('What stands on the panel, soft keys included.'),
  'screen.absent': texts.describe('What does not stand on the panel.'),
  shown: texts.describe('What stood on the panel at some moment.'),
  'shown.absent': texts.describe('What never stood on the panel.'),
  dnd: onOff.describe('Do Not Disturb as it is shown.'),
  'dnd.history': z
    .array(onOff)
    .min(1)
    .describe('Do Not Disturb as it was shown, from the first power-up on.'),
  facts: z
    .array(factPattern)
    .min(1)
    .describe('Such facts were told in this order; others may stand between.'),
  'facts.absent': z.array(factPattern).min(1).describe('No such fact was told.'),
  'facts.times': z.array(countedFact).min(1).describe('Such facts were told so many times.'),
  durations: z.array(span).min(1).describe('How long it took from one fact to another.'),
  problems: z.array(problem).min(1).describe('Such problems were told, and perhaps others.'),
  'problems.absent': z.array(problem).min(1).describe('No such problem was told.'),
  failures: z.array(z.string().min(1)).describe('The codes for which boot would have failed, and no others.'),
  exit: z
    .union([z.literal(0), z.literal(3)], { error: 'expected 0 (as expected) or 3 (the provisioning failed)' })
    .describe('What deskphone boot would have answered.'),
  state: oneOf(phoneStates, 'a state').describe('Where the phone stands.'),
  software: software.describe('The load in flash.'),
  reboots: count.describe('Restarts after power-up.'),
  nextPoll: z
    .union([instant, z.literal('none')], { error: 'expected an instant, or none' })
    .describe('The instant of the next poll, or none.'),
} as const;

export type ExpectationWord = keyof typeof expectationWords;

const optionalWords = Object.fromEntries(
  Object.entries(expectationWords).map(([word, value]) => [word, value.optional()]),
) as { [W in ExpectationWord]: z.ZodOptional<(typeof expectationWords)[W]> };

/** One or more words, about one phone or all of them. */
export const expectation = keyed('expect', {
  phone: z.string().optional().describe('Whose; if absent, of every phone.'),
  ...optionalWords,
})
  .refine((words) => Object.keys(words).some((word) => word !== 'phone'), {
    error: 'expected a word such as requests, flash or state',
  })
  .meta({ id: 'expectation', description: 'One or more words, about one phone or all of them.' });

export const expectations = z.array(expectation).min(1).max(500);

export type Expectation = z.output<typeof expectation>;
/** What stands behind a word, read. */
export type Expected<W extends ExpectationWord> = z.output<(typeof expectationWords)[W]>;
