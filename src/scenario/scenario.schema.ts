import { z } from 'zod';
import { isAnsweredByText } from '../display/screen.ts';
import { questions } from '../events/facts.schema.ts';
import { quirkTable } from '../provisioning/quirks.ts';
import { models, protocols } from '../provisioning/words.ts';
import { expectations } from './expectation.schema.ts';
import { flashSpec } from './flash.schema.ts';
import { faultRules, steps } from './step.schema.ts';
import { tree } from './tree.schema.ts';
import {
  byWord,
  duration,
  instant,
  keyed,
  mac,
  oneOf,
  settingValue,
  size,
  software,
  zone,
} from './values.schema.ts';

// The scenario file. `deskphone schema scenario` prints this as JSON Schema, and editors check files by it.

const time = keyed('time', {
  mode: oneOf(['virtual', 'jump', 'real'], 'a mode')
    .optional()
    .describe('virtual (usual): no network, as fast as it goes; jump, real: sockets.'),
  starts: instant.optional().describe('Under virtual time; usually 2026-03-02T08:00:00Z, a Monday.'),
  zone: zone.optional().describe('Of instants in this file that name no offset; usually Z. Not the phone.'),
});

/** To one question; in turn, if it is a list. */
function answersTo(question: (typeof questions)[number]) {
  const answer = isAnsweredByText(question) ? z.string().min(1) : oneOf(yesOrNo, 'an answer');
  return z
    .union([answer, z.array(answer).min(1)])
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value))
    .describe(
      isAnsweredByText(question)
        ? 'What is typed, or nothing (waits for its limit); a list: the first time, the second, and so on.'
        : 'yes, no, nothing (waits for its limit); a list: the first time, the second, and so on.',
    );
}

/** `install` and `later` are the keys of PROMPT. */
const yesOrNo = ['yes', 'no', 'install', 'later', 'nothing'] as const;

const habits = keyed('habits', {
  answers: keyed(
    'answers',
    Object.fromEntries(questions.map((question) => [question, answersTo(question).optional()])) as Record<
      (typeof questions)[number],
      z.ZodOptional<ReturnType<typeof answersTo>>
    >,
  )
    .optional()
    .describe('What the user answers to questions; usually nothing.'),
  after: duration.optional().describe('So long the user takes for anything; usually 5s.'),
  login: z.string().min(1).optional().describe('Logs in as this user whenever the login screen is shown.'),
  banner: z.literal('ok').optional().describe('Presses OK on the login banner.'),
  calls: keyed('calls', {
    every: duration,
    lasts: duration,
    direction: oneOf(['in', 'out'], 'a direction').optional(),
  })
    .optional()
    .describe('A call every so often, counted from the first step.'),
}).describe('What the user does by habit, whatever the steps are.');

/** A phone as files describe it. */
export const phone = keyed('phone', {
  name: z.string().min(1).max(40).optional().describe('How steps and expectations call it.'),
  model: oneOf(models, 'a model').optional().describe('Usually "1230".'),
  mac: mac.optional().describe('Usually 00:1B:4F:12:30:01, and one more for each further phone.'),
  software: software.optional().describe('The load it runs.'),
  flash: flashSpec.optional(),
  settings: z
    .record(z.string(), settingValue)
    .optional()
    .describe('Values typed in Device Settings: they win over files.'),
  habits: habits.optional(),
  userAgentByte: z
    .string()
    .regex(/^(seen|[0-9a-fA-F]{1,2})$/, { error: 'expected a byte in hex such as "17", or seen' })
    .optional(),
  authenticity: z
    .union([z.enum(['accept', 'reject']), keyed('authenticity', { signedBy: z.string().min(1) })], {
      error: 'expected accept, reject, or {signedBy: FILE} with a root in PEM',
    })
    .optional()
    .describe("What it makes of the maker's signature on firmware and languages; usually accept."),
  notifyFrom: z
    .union([z.literal('anyone'), z.array(z.string())], { error: 'expected anyone, or a list of addresses' })
    .optional()
    .describe('Who may send NOTIFYs beside the proxies, whatever PROXY_CHECKING says.'),
  localAddress: z.string().optional().describe('Source address, one of this machine; real and jump time.'),
});

const server = keyed('server', {
  url: z.string().min(1).optional().describe("Somebody's server; real and jump time."),
  files: tree.optional().describe('Our own server, with these files.'),
  protocol: oneOf(protocols, 'a protocol')
    .optional()
    .describe('How the phone asks our server for its provisioning file; usually http.'),
  ports: byWord({ what: 'ports', words: protocols, example: '{http: 8080}' }, z.int().min(0).max(65535))
    .optional()
    .describe('Of protocols that a section names without one.'),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe('A PEM file beside this one, with the certificates to trust for https; goes with url.'),
  tlsVerify: oneOf(['verify', 'accept-any'], 'a way to verify')
    .optional()
    .describe('Whether the certificate of an https server is verified; usually verify. Goes with url.'),
  faults: faultRules.optional().describe('What our server does wrong from the start.'),
  rtt: duration.optional().describe('One round trip under virtual time; usually 1ms.'),
  bandwidth: byWord({ what: 'bandwidth', words: protocols, example: '{http: 1M}' }, size)
    .optional()
    .describe('Bytes a second under virtual time, by protocol.'),
  users: z.record(z.string(), z.string()).optional().describe('Passwords by user, for FTP and HTTP.'),
}).refine(({ url, files }) => (url === undefined) !== (files === undefined), {
  error: 'expected url (a server of yours) or files (our own), and not both',
});

const timeServer = keyed('timeServer', {
  answers: oneOf(['yes', 'no'], 'yes or no').optional(),
  ahead: duration.optional().describe('So far it is ahead of the time of the run.'),
  behind: duration.optional(),
})
  .refine(({ ahead, behind }) => ahead === undefined || behind === undefined, {
    error: 'expected ahead or behind, and not both',
  })
  .describe('Under virtual time: the time server that phones with SNTP_ENABLE YES find; usually right.');

const offer = keyed('an offer', {
  address: z.string().min(1),
  mask: z.string().optional(),
  router: z.string().optional(),
  dns: z.array(z.string()).optional(),
  domain: z.string().optional(),
  server: z.string().optional().describe('The DHCP server that makes the offer.'),
  lease: duration.optional(),
  provisioningServer: z.string().optional().describe('Option 66.'),
  infoBlock: z.string().optional().describe('Option 43, such as "Nortel-SIP-Phone-B,name=value;".'),
  after: duration.optional().describe('From question to answer; usually 1ms.'),
});

const dhcp = keyed('dhcp', {
  offers: z
    .array(offer)
    .max(10)
    .describe('What the DHCP servers of the network offer; none: they are silent.'),
}).describe('The phones ask for an address; without this it is set by hand.');

const quirkShape = Object.fromEntries(
  Object.entries(quirkTable).map(([name, { values, says }]) => [
    name,
    oneOf(values, `a value of ${name}`).optional().describe(says),
  ]),
);

export const matrixSchema = keyed('matrix', {
  protocols: z.array(oneOf(protocols, 'a protocol')).min(1).optional(),
  models: z.array(oneOf(models, 'a model')).min(1).optional(),
  software: z.array(software).min(1).optional(),
}).describe(
  'The scenario is run for every combination of these; <PROTOCOL>, <model> and <software> stand for them.',
);

/** What every file begins with. */
export const heading = {
  version: z.literal(1, { error: 'expected version: 1' }),
  extends: z
    .string()
    .min(1)
    .optional()
    .describe('A file, seen from this one: what is not said here is as there.'),
  title: z
    .string()
    .min(1)
    .max(200)
    // The break at the end is that of a block scalar of YAML.
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+\n?$/u, {
      error: 'expected one line without control characters',
      abort: true,
    })
    .transform((title) => title.trim())
    .describe('What is so, in one sentence.'),
  why: z.string().optional().describe('Where one knows it from, and what it is good for.'),
};

/** What is around phones. */
export const aroundPhones = {
  time: time.optional(),
  seed: z.string().min(1).optional().describe('Of all that is left to chance; usually 1.'),
  server: z
    .union([server, z.literal('none')], { error: 'expected {files: ...}, {url: ...} or none' })
    .optional()
    .describe('Usually our own, with the demo tree; none: nobody told the phone where it is.'),
  dhcp: dhcp.optional(),
  timeServer: timeServer.optional(),
  quirks: keyed('quirks', { ...quirkShape, customDataMax: z.int().min(0).optional() })
    .optional()
    .describe('Assumptions about the phone; deskphone schema quirks lists them.'),
  timings: oneOf(['field', 'none'], 'a table of timings')
    .optional()
    .describe('How long boot loader, image write and login take; usually none in real time, else field.'),
};

export const scenarioSchema = keyed('a scenario', {
  ...heading,
  ...aroundPhones,
  fleet: z
    .never({ error: 'this is a fleet file, which deskphone fleet runs; a scenario has no fleet' })
    .optional(),
  phone: phone.optional().describe('The one phone.'),
  phones: z.array(phone).min(1).max(100).optional().describe('Several phones.'),
  steps: steps.optional().describe('Usually power.on, and wait: rest.'),
  expect: expectations.optional().describe('What must hold at the end.'),
  matrix: matrixSchema.optional(),
}).superRefine((scenario, context) => {
  const { phone: one, phones, expect, steps: told = [] } = scenario;
  if (one !== undefined && phones !== undefined) {
    context.issues.push({
      code: 'custom',
      message: 'expected phone or phones, and not both',
      path: ['phones'],
      input: phones,
    });
  }
  const expectsSomething =
    expect !== undefined || told.some((step) => typeof step !== 'string' && step.expect !== undefined);
  if (!expectsSomething) {
    context.issues.push({
      code: 'custom',
      message: 'a scenario that expects nothing proves nothing; expected expect',
      input: scenario,
    });
  }
});
