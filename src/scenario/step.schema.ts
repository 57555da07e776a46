import { z } from 'zod';
import { errorSeverities } from '../provisioning/words.ts';
import { faultRuleSchema } from '../server/faults.schema.ts';
import { expectations } from './expectation.schema.ts';
import { factPattern } from './fact-pattern.schema.ts';
import { tree } from './tree.schema.ts';
import { duration, hint, instant, keyed, keys, oneOf, onOff, settingValue } from './values.schema.ts';

// The words of `steps`. A word is carried out by the function of the same name in steps/.

/** Of a NOTIFY that does not say. */
const USUAL_SENDER = '127.0.0.1';

/** A word that needs nothing more. */
const alone = z.null({ error: 'expected nothing behind this word' });

const faultRule = faultRuleSchema.meta({
  id: 'fault',
  description: 'What our server does wrong, and with which files.',
});
/** As many as `serve --faults` takes. */
export const faultRules = z.array(faultRule).max(100);

const fault = z.union([oneOf(['down'], 'a way to break'), faultRule, faultRules.min(1)]);

/** Every word of `steps`, and what stands behind it. */
export const stepWords = {
  'power.on': alone.describe('Power comes on.'),
  'power.off': alone.describe('Power is cut, at once.'),
  resume: alone.describe('Instead of power.on: the phone is up already and its user logged in.'),
  check: alone.describe('Services > Check for Updates, and Yes.'),
  'check.ask': alone.describe('Services > Check for Updates: the phone asks first.'),
  answer: oneOf(['yes', 'no', 'install', 'later'], 'an answer').describe(
    'A key on the question that is shown.',
  ),
  enter: z.string().describe('A text typed in answer to the question that is shown, and OK.'),
  reset: alone.describe('The phone is restarted by its user.'),
  'erase-user-data': alone.describe('System > Erase User Data.'),
  'factory-reset': alone.describe('Back to what it left the factory with, but for its software.'),
  set: z.record(z.string(), settingValue).describe('Values typed in Device Settings: they stay.'),
  'all-auto': alone.describe('AllAut: every value typed is automatic again.'),
  login: z.string().min(1).describe('A user logs in, such as 1001@example.com.'),
  logout: alone.describe('The user logs off.'),
  'banner.ok': alone.describe('OK on the login banner.'),
  dnd: onOff.describe("The user's own Do Not Disturb."),
  'call.in': alone.describe('Somebody calls the phone.'),
  'call.out': alone.describe('The user calls somebody.'),
  'call.end': alone.describe('The call ends.'),
  notify: z
    .union([
      z.string(),
      keyed('notify', {
        event: z.string().describe('Of the Event header, such as check-sync.'),
        from: z.string().optional().describe('Address of the sender; usually 127.0.0.1.'),
      }),
    ])
    .transform((value) => {
      const { event, from = USUAL_SENDER } = typeof value === 'string' ? { event: value } : value;
      return { event, from };
    })
    .describe('A SIP NOTIFY arrives: its event, or {event, from}.'),
  'check-sync': oneOf(['key', 'silent', 'dialogue'], 'a manner').describe(
    'A NOTIFY check-sync was accepted: what comes before its check.',
  ),
  'clock.set': instant.describe('The phone learns the time from somebody other than a time server.'),
  logins: oneOf(['accept', 'refuse', 'no-dns'], 'an answer').describe(
    'How logins end from now on; no-dns: the name server knows no proxy. Usually accept.',
  ),
  'memory.fail': oneOf(errorSeverities, 'a severity').describe(
    'The phone finds an error of its memory, so severe.',
  ),
  keys: keys.describe('Keys of the phone, each once its screen is there: "Srvcs 4 Yes".'),
  advance: duration.describe('So much time goes by.'),
  until: instant.describe('Time goes by until then.'),
  wait: z
    .union([z.literal('rest'), z.literal('poll'), factPattern], {
      error: ({ input }) =>
        typeof input === 'string'
          ? `"${input}" is no fact; expected rest, poll, or a fact such as phone.idle`
          : 'expected rest, poll, or a fact',
    })
    .describe(
      'rest: until nothing happens by itself; poll: until the next poll has begun its check; or until a fact is told.',
    ),
  publish: tree.describe('From now on the server has these files, beside and instead of those it had.'),
  remove: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .describe('From now on the server has no such files.'),
  break: fault.describe('From now on the server is down, or goes wrong by these rules too.'),
  mend: alone.describe('What break broke is well again.'),
  expect: expectations.describe('What must hold now.'),
} as const;

export type StepWord = keyof typeof stepWords;
/** What stands behind a word, read. */
export type StepValue<W extends StepWord> = z.output<(typeof stepWords)[W]>;

type WordAlone = { [W in StepWord]: (typeof stepWords)[W] extends z.ZodNull ? W : never }[StepWord];

/** Words that may stand by themselves: `- power.on`. */
const wordsAlone = Object.keys(stepWords).filter(isWordAlone);

function isWordAlone(word: string): word is WordAlone {
  return Object.entries(stepWords).some(([known, value]) => known === word && value instanceof z.ZodNull);
}

const optionalWords = Object.fromEntries(
  Object.entries(stepWords).map(([word, value]) => [word, value.optional()]),
) as { [W in StepWord]: z.ZodOptional<(typeof stepWords)[W]> };

const besides = {
  phone: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('Which phones; if absent, all of them.'),
  limit: duration.optional().describe('Of wait and keys: how long at most.'),
};

const withValue = keyed('a step', { ...besides, ...optionalWords }).superRefine((step, context) => {
  const words = Object.keys(step).filter((key) => !(key in besides));
  if (words.length !== 1) {
    const found = words.length === 0 ? 'no word' : words.join(' and ');
    context.issues.push({
      code: 'custom',
      message: `${found} in one step; expected one word`,
      input: step,
    });
  }
  if (step.limit !== undefined && step.wait === undefined && step.keys === undefined) {
    context.issues.push({
      code: 'custom',
      message: 'limit goes with wait and keys only',
      path: ['limit'],
      input: step,
    });
  }
});

const [firstAlone = 'mend', ...othersAlone] = wordsAlone;

const word = z.enum([firstAlone, ...othersAlone], {
  error: ({ input }) => {
    if (typeof input !== 'string') return 'expected a step such as power.on, or {advance: 30s}';
    if (input in stepWords) return `${input} needs a value; expected {${input}: ...}`;
    return `"${input}" is no step; ${hint(input, Object.keys(stepWords))}`;
  },
});

/** `power.on`, `{advance: 30s}`, or `{phone: desk, keys: "Srvcs 4 Yes"}`. */
export const step = z.union([word, withValue]).describe('A step: a word, or one word and what it needs.');

export const steps = z.array(step).max(1000);

/** A step with its word as a key; by itself a word is the same with nothing behind it. */
export type Step = Exclude<z.output<typeof step>, string>;
export type StepAlone = Extract<z.output<typeof step>, string>;
