import { z } from 'zod';
import { reasonsToDownload, reasonsToSkip } from '../provisioning/decision.ts';
import { deviceSettingNames } from '../provisioning/device-settings.ts';
import { userFileKinds } from '../provisioning/user-file.ts';
import {
  errorSeverities,
  models,
  protocols,
  sectionNames,
  severities,
  triggers,
} from '../provisioning/words.ts';
import { dhcpFacts, keptLeaseSchema } from './dhcp-facts.schema.ts';
import { fact } from './fact.schema.ts';
import { flashChangeSchema, flashImage, setting, storedFile } from './flash-change.schema.ts';
import { menuNames } from './menu-names.ts';
import { userProfileSchema } from './profile.schema.ts';
import { refusalCodes } from './refusal-code.ts';
import { connectionEnds, tlsHandshakes, transferCodes } from './transfer-code.ts';
import { wireFacts } from './wire-facts.schema.ts';

// The table of every fact there is. `PhoneEvent` and the published JSON Schema are both made from it.

const section = z.enum(sectionNames);
const trigger = z.enum(triggers);
const transferCode = z.enum(Object.keys(transferCodes) as [keyof typeof transferCodes]);
const refusalCode = z.enum(Object.keys(refusalCodes) as [keyof typeof refusalCodes]);
const count = z.int().min(0);

/**
 * Which section of which check a fact belongs to. `check` and `index` are 1-based; `index` is its place in
 * the file.
 */
const place = { check: count, index: count, section };

/** The last three are about a file, which is verified once more with the answer. */
export const questions = [
  'check-updates',
  'scheduled-update',
  'remote-update',
  'install-section',
  'accept-fingerprint',
  'enter-fingerprint',
  'pkcs12-password',
] as const;
const question = z.enum(questions);
const restartReason = z.enum([
  'firmware',
  'configuration',
  'reset',
  'recovery',
  'user-data-erased',
  'factory-reset',
  'memory-error',
]);

export const decisionSchema = z.union([
  z.object({ action: z.literal('download'), why: z.enum(reasonsToDownload) }),
  z.object({
    action: z.literal('skip'),
    why: z.enum(reasonsToSkip),
  }),
]);

export const factSchema = z.discriminatedUnion('type', [
  // Power and start-up.
  fact('power.on', 'Power came on.', {}),
  fact('power.off', 'Power was cut.', {}),
  fact('flash.read', 'What flash held when the phone started. The fold of flash.written starts here.', {
    mac: z.string(),
    model: z.enum(models),
    software: z.string(),
    image: flashImage,
    versions: z.record(z.string(), z.string()),
    files: z.partialRecord(section, z.array(storedFile)),
    settings: z.record(z.string(), setting),
    userDnd: z.boolean(),
    lastPollDate: z.string().nullable(),
    polledDates: z.array(z.string()),
    user: z.string().nullable(),
    profiles: z
      .record(z.string(), userProfileSchema)
      .describe('By user, the one who logged in last at the end.'),
    lease: keptLeaseSchema.nullable(),
  }),
  fact('boot-loader.started', 'The boot loader runs; how long it takes, when that is known.', {
    startsInMs: z.number().optional(),
  }),
  fact('recovery.started', 'An image write was interrupted; the boot loader looks for a boot file.', {
    attempt: count,
    attemptsMax: count,
  }),
  fact('recovery.failed', 'The boot loader could not get an image; it tries again later, or gives up.', {
    attempt: count,
    retryInMs: z.number().nullable(),
  }),
  fact('software.started', 'The image in flash runs.', { software: z.string() }),
  fact('network.ready', 'The phone has an address.', {
    how: z.enum(['static', 'dhcp']),
    address: z.string().nullable(),
  }),
  ...dhcpFacts,

  // A check for updates.
  fact('update.started', 'A check for updates began.', { check: count, trigger, server: z.string() }),
  fact('update.refused', 'A check was asked for and not begun.', {
    trigger,
    why: z.enum(['logged-out', 'check-running', 'not-up', 'screen-in-use', 'no-server']),
  }),
  fact('provisioning-file.read', 'The provisioning file was read.', {
    check: count,
    file: z.string(),
    sections: z.array(section),
    cutOff: z.boolean(),
  }),
  fact('provisioning-file.refused', 'The provisioning file arrived and was not read.', {
    check: count,
    file: z.string(),
    code: refusalCode,
    message: z.string(),
  }),
  fact('section.decided', 'Whether a section is fetched, and why.', {
    ...place,
    decision: decisionSchema,
    offered: z.string(),
    stored: z.string().nullable(),
  }),
  fact('section.finished', 'What became of a section.', {
    ...place,
    result: z.enum(['stored', 'identical', 'kept', 'none']),
    version: z.string().nullable(),
    error: z.union([transferCode, refusalCode, z.literal('FLASH')]).optional(),
  }),
  fact('file.requested', 'A file was asked for.', {
    request: count,
    check: count,
    section: section.nullable(),
    index: count.nullable(),
    file: z.string(),
    url: z.string(),
    protocol: z.enum(protocols),
    userFile: z.enum(userFileKinds).optional().describe('Of the user who is logged in.'),
  }),
  fact('connection.made', 'A connection for a file stands. Told of fleets only.', {
    request: count,
    ms: z.number().describe('From the first packet to the end of the handshake.'),
    tls: z.enum(tlsHandshakes),
    lookedUp: z.boolean().describe('The name of the server was looked up for it.'),
  }),
  fact('file.opened', 'The server began to send; its size when it said so.', {
    request: count,
    sizeBytes: count.nullable(),
  }),
  fact('file.progressed', 'A large file is on its way.', {
    request: count,
    bytes: count,
    sizeBytes: count.nullable(),
  }),
  fact('file.repeated', 'A request or acknowledgement went out once more.', {
    request: count,
    what: z.enum(['request', 'acknowledgement']),
    why: z.string(),
  }),
  fact('file.challenged', 'The server answered HTTP 401; the request went out once more, with the user.', {
    request: count,
  }),
  fact('file.received', 'A file arrived whole.', {
    request: count,
    bytes: count,
    sha256: z.string(),
    ms: z.number(),
    attempts: count,
  }),
  fact('file.left', 'A file was not fetched to its end: it is no later than the stored one.', {
    request: count,
    modifiedAt: z.string().nullable().describe('What the server said of it; null: nothing.'),
    ms: z.number(),
  }),
  fact('file.failed', 'A file did not arrive.', {
    request: count,
    code: transferCode,
    detail: z.string(),
    bytes: count,
    ms: z.number(),
    attempts: count,
    connection: z
      .enum(connectionEnds)
      .optional()
      .describe('How the connection went, where that says more than the code.'),
  }),
  fact('file.refused', 'A file arrived and was not taken, or was refused before it was asked for.', {
    ...place,
    file: z.string(),
    code: refusalCode,
    message: z.string(),
  }),
  fact('user-file.taken', "A file of the logged-in user was read into the user's profile.", {
    user: z.string(),
    kind: z.enum(userFileKinds),
    file: z.string(),
    entries: count.describe('Contacts, keys or speed dials; of the user file the files it names.'),
  }),
  fact('update.finished', 'The check ended.', {
    check: count,
    trigger,
    result: z.enum(['done', 'nothing-due', 'no-provisioning-file', 'reboot', 'cut']),
  }),

  // Flash and image.
  fact('flash.written', 'Flash changed, in one atomic write.', { changes: z.array(flashChangeSchema) }),
  fact('flash.failed', 'Flash could not be written; what it held is still there.', { message: z.string() }),
  fact('firmware.writing', 'The image is being written.', { from: z.string(), to: z.string() }),
  fact('firmware.written', 'The image was written; it runs after the reboot.', { software: z.string() }),
  fact('firmware.identical', 'The image fetched is the one that runs: not written, no reboot.', {
    software: z.string(),
  }),
  fact('phone.restarting', 'The phone will restart.', {
    why: restartReason,
    inMs: z.number(),
  }),
  fact('memory.failed', 'The phone found an error of its memory; RECOVERY_LEVEL says whether it restarts.', {
    severity: z.enum(errorSeverities),
    follows: z.enum(['restart', 'nothing']),
  }),
  fact('phone.restarted', 'The phone restarted.', {
    why: restartReason,
  }),

  // The user's side.
  fact('login.shown', 'The login screen is shown.', { why: z.string() }),
  fact('login.started', 'A user is being logged in.', {
    user: z.string(),
    how: z.enum(['manual', 'automatic']),
  }),
  fact('login.refused', 'A login was refused.', { user: z.string(), why: z.string() }),
  fact('login.succeeded', 'A user is logged in.', { user: z.string() }),
  fact('banner.shown', 'The login banner waits for OK.', { text: z.string() }),
  fact('banner.confirmed', 'OK was pressed on the login banner.', {}),
  fact('phone.idle', 'The phone is idle.', {}),
  fact('dnd.enabled', 'Do Not Disturb came on.', { by: z.enum(['update', 'user']) }),
  fact('dnd.disabled', 'Do Not Disturb went off.', { by: z.enum(['update', 'user']) }),
  fact('question.asked', 'The phone asks its user something and waits for a key.', {
    question,
    section: section.optional(),
    file: z.string().optional().describe('The file it is about.'),
    fingerprint: z.string().optional().describe('What the user is to accept: SHA-1, pairs of hex digits.'),
    expiresInMs: z.number().nullable().describe('null: waits without limit.'),
    round: count.optional().describe('Which of three questions about one update, from 1.'),
  }),
  fact('question.answered', 'A question came to its end.', {
    question,
    answer: z.enum(['yes', 'no', 'typed']).describe('typed: a text, which is not told.'),
    by: z.enum(['user', 'expiry', 'cancelled']),
  }),
  fact('answer.typed', 'What the answer to the question on the screen holds so far.', {
    question,
    text: z.string(),
  }),
  fact('menu.opened', 'A menu, page or prompt of the panel was opened, or its cursor moved.', {
    menu: z.enum(menuNames),
    item: count.describe('Where its cursor stands, from 1.'),
  }),
  fact('menu.closed', 'All menus of the panel were left.', {}),
  fact('text.typed', 'What a prompt of the panel holds now.', { menu: z.enum(menuNames), text: z.string() }),
  fact('setting.entered', 'A field of Device Settings was filled in; nothing is kept before Apply&Reset.', {
    setting: z.enum(deviceSettingNames),
    value: z.string(),
  }),
  fact('call.started', 'A call is up.', { direction: z.enum(['incoming', 'outgoing']) }),
  fact('call.ended', 'A call was ended by its parties.', {}),
  fact('call.refused', 'An incoming call was answered busy, or an outgoing one not made.', {
    direction: z.enum(['incoming', 'outgoing']),
    why: z.enum(['dnd', 'banner', 'in-call', 'logged-out']),
  }),
  fact('call.dropped', 'A call was lost because the phone restarted or lost power.', {}),
  fact('logout.done', 'The user is logged out.', { user: z.string() }),
  fact('logout.refused', 'The user cannot log off.', { why: z.string() }),
  ...wireFacts,
  fact('poll.due', 'The instant of a daily poll came.', {
    date: z.string(),
    follows: z.enum(['question', 'check', 'joined', 'nothing']),
  }),
  fact('poll.scheduled', 'When the next poll is.', { instant: z.string() }),
  fact('poll.not-scheduled', 'Why there is no next poll.', { because: z.string() }),
  fact('problem.told', 'Something the user should know.', {
    severity: z.enum(severities),
    code: z.string(),
    file: z.string().optional(),
    line: count.optional(),
    section: section.optional(),
    check: count.optional(),
    message: z.string(),
  }),
]);

/** A fact as `--json` prints it: with the time since start in ms, the phone's MAC and its number. */
export const journalEntrySchema = z.intersection(
  z.object({ at: z.number(), phone: z.string(), n: count }),
  factSchema,
);
