import { z } from 'zod';
import { protocols, sectionNames } from '../provisioning/words.ts';
import { aroundPhones, heading, phone } from '../scenario/scenario.schema.ts';
import { tree } from '../scenario/tree.schema.ts';
import { byWord, duration, keyed, mac, oneOf, size } from '../scenario/values.schema.ts';
import { parseShare } from './share.ts';

// The fleet file: a scenario's surroundings, and many phones instead of a few. `deskphone schema fleet`
// prints this as JSON Schema.

/** Of one run; more do not fit into the addresses of one maker's block. */
export const PHONES_MAX = 1_000_000;
export const ITERATIONS_MAX = 100_000;
const KINDS_MAX = 20;
const EVENTS_MAX = 100;

const share = z
  .string()
  .transform((text, context) => {
    const read = parseShare(text);
    if (read !== undefined) return read;
    const message = `"${text}" is no share; expected one such as 5% or 100%`;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  })
  .describe('A share such as 5%.');

const perSecond = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const [, amount] = /^(\d{1,6}(?:\.\d+)?)(?:\/s)?$/.exec(String(value)) ?? [];
    if (amount !== undefined && Number(amount) > 0) return Number(amount);
    const message = `"${value}" is no rate; expected one such as 50/s`;
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  })
  .describe('So many a second, such as 50/s.');

const arrivals = z
  .union(
    [
      z.literal('at-once'),
      keyed('arrivals', {
        ramp: duration.optional().describe('Evenly spread over this time.'),
        rate: perSecond.optional().describe('One after the other, so many a second.'),
        poisson: perSecond.optional().describe('As chance will have it, so many a second on average.'),
        pollWindow: duration
          .optional()
          .describe('Each at its own stagger, as if AUTO_UPDATE_TIME_RANGE were that long; whole hours.'),
        concurrency: z
          .int()
          .min(1)
          .max(PHONES_MAX)
          .optional()
          .describe('So many at a time: the next begins when one is done. The load follows the server.'),
      }).refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
        error: 'expected one of ramp, rate, poisson, pollWindow, concurrency',
      }),
    ],
    { error: 'expected at-once, or one of {ramp: 120s}, {rate: 50/s}, {poisson: 50/s}, {pollWindow: 1h}' },
  )
  .describe('When the phones get power; usually at-once.');

const kind = keyed('a kind', {
  share: share.describe('How many of the fleet are such.'),
  state: oneOf(['factory', 'provisioned'], 'a state')
    .optional()
    .describe('provisioned: with what a boot from our own files left in flash; usually factory.'),
  phone: phone.optional().describe('What is different from the phone above.'),
});

const who = { share: share.optional().describe('How many of the fleet, drawn by the seed; usually 100%.') };

const link = keyed('link', {
  rtt: duration.optional().describe('One round trip; usually as the network has it, 1ms in virtual time.'),
  jitter: duration.optional().describe('Each round trip takes up to so much longer, drawn by the seed.'),
  down: size
    .refine((bytes) => bytes > 0, { error: 'expected more than no bytes a second' })
    .optional()
    .describe('What arrives in a second, in bytes such as 2M.'),
})
  .refine((given) => Object.values(given).some((one) => one !== undefined), {
    error: 'expected rtt, jitter or down, such as {rtt: 40ms, jitter: 5ms, down: 2M}',
  })
  .describe('The way between each phone and the server.');

/** What happens to all, and what stands behind each word. */
export const eventWords = {
  publish: tree.describe('From now on our server has these files too: a release.'),
  blackout: duration.describe('Our server is not there for so long.'),
  restart: keyed('restart', {
    ...who,
    over: duration.optional().describe('One after the other over this time; usually all at once.'),
  }).describe('Phones are restarted.'),
  checkSync: keyed('checkSync', { ...who, over: duration.optional() }).describe(
    'Phones are told by SIP NOTIFY to check for updates.',
  ),
  cutPower: keyed('cutPower', {
    ...who,
    atFirmware: share.describe('When so much of the firmware has come: from then on, once for each phone.'),
    for: duration.optional().describe('So long it stays dark; usually 10s.'),
  }).describe('Phones lose power while they download firmware.'),
} as const;

const event = keyed('an event', {
  at: duration.describe('From the start of the run.'),
  ...(Object.fromEntries(Object.entries(eventWords).map(([word, value]) => [word, value.optional()])) as {
    [W in keyof typeof eventWords]: z.ZodOptional<(typeof eventWords)[W]>;
  }),
}).superRefine((one, context) => {
  const words = Object.keys(eventWords).filter((word) => word in one);
  if (words.length === 1) return;
  const found = words.length === 0 ? 'no event' : words.join(' and ');
  const message = `${found} at one time; expected one of ${Object.keys(eventWords).join(', ')}`;
  context.issues.push({ code: 'custom', message, input: one });
});

export const fleetBlock = keyed('fleet', {
  count: z.int().min(1).max(PHONES_MAX).optional().describe('How many phones; usually 10, or all of a CSV.'),
  macBase: mac.optional().describe('MAC of phone 0; usually 00:1B:4F:A0:00:00.'),
  firstIndex: z.int().min(0).optional().describe('Number of the first phone; usually 0.'),
  identities: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A CSV file beside this one: mac, and if you like model, software, address, protocol, at (when it gets power: 90s, or 0s 1d) and versions (TONES=01).',
    ),
  protocols: z
    .array(oneOf(protocols, 'a protocol'))
    .min(1)
    .optional()
    .describe('How phones ask for their provisioning file: they take turns.'),
  sources: z.string().optional().describe('Source addresses, one a phone, such as 127.1.0.0/16.'),
  link: link.optional(),
  arrivals: arrivals.optional(),
  mix: z.array(kind).min(1).max(KINDS_MAX).optional().describe('Phones that differ; together 100%.'),
  duration: duration.optional().describe('How long phones stay up and poll; without it each ends at rest.'),
  iterations: z
    .int()
    .min(1)
    .max(ITERATIONS_MAX)
    .optional()
    .describe('So often each loses power and boots again.'),
  limit: duration.optional().describe('Of one boot; usually 3h.'),
  measureFrom: duration.optional().describe('What begins earlier is no part of the figures.'),
  release: byWord({ what: 'release', words: sectionNames, example: '{FW: SIP12x004.01.13.00}' }, z.string())
    .refine((given) => Object.keys(given).length === 1, { error: 'expected one section and its version' })
    .optional()
    .describe('A section and the version of it whose way to the phones is watched.'),
  events: z.array(event).max(EVENTS_MAX).optional().describe('What happens to all on the way.'),
  thresholds: z
    .array(z.string().min(1))
    .max(100)
    .optional()
    .describe('What must hold beside boot.failed == 0 and boot.unfinished == 0: "boot.latency.p95 < 90s".'),
}).describe('Many phones.');

export const fleetSchema = keyed('a fleet file', {
  ...heading,
  ...aroundPhones,
  phone: phone.optional().describe('What all phones have in common.'),
  phones: unusable('a fleet has no list of phones; expected phone, and fleet.mix for those that differ'),
  steps: unusable('phones of a fleet take no steps: each boots; expected fleet.events, fleet.duration'),
  expect: unusable('a fleet is judged by fleet.thresholds'),
  matrix: unusable('a fleet has no variants; expected fleet.protocols, fleet.mix'),
  fleet: fleetBlock,
});

/** A word of scenarios that is of no use here, with what is instead. */
function unusable(error: string) {
  return z.never({ error }).optional();
}
