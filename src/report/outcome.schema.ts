import { z } from 'zod';
import { phoneStates } from '../display/phone-state.ts';
import { keptLeaseSchema } from '../events/dhcp-facts.schema.ts';
import { refusalCodes } from '../events/refusal-code.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { reasonsToDownload, reasonsToSkip } from '../provisioning/decision.ts';
import { userFileKinds } from '../provisioning/user-file.ts';
import { models, protocols, sectionNames, severities, triggers } from '../provisioning/words.ts';

const section = z.enum(sectionNames);
const transferCode = z.enum(Object.keys(transferCodes) as [keyof typeof transferCodes]);
const refusalCode = z.enum(Object.keys(refusalCodes) as [keyof typeof refusalCodes]);
const count = z.int().min(0);

/** One file asked for in one check, repeats counted in. */
export const requestOutcomeSchema = z.object({
  file: z.string().describe('As the section names it.'),
  url: z.string().describe('Without credentials.'),
  protocol: z.enum(protocols),
  result: z.union([z.literal('ok'), transferCode]),
  bytes: count.describe('What arrived, also of a file that failed.'),
  ms: z.number().describe('From the request to the last byte.'),
  attempts: count.describe('1, and one more for every repeat (503, TFTP request sent again).'),
  check: count.describe('1-based; 0: before any check (boot loader).'),
  section: section.nullable().describe("null: the provisioning file itself, or a user's file."),
  userFile: z.enum(userFileKinds).optional().describe('Of the user who is logged in.'),
});

/** One section in one check. */
export const sectionOutcomeSchema = z.object({
  check: count.describe('1-based; 0: before any check (boot loader).'),
  section,
  decision: z.enum(['download', 'skip']),
  why: z.enum([...reasonsToDownload, ...reasonsToSkip]),
  result: z.enum(['stored', 'identical', 'kept', 'none']),
  version: z.string().nullable().describe('The stored one afterwards; null: never completed.'),
  error: z.union([transferCode, refusalCode, z.literal('FLASH')]).optional(),
});

export const problemOutcomeSchema = z.object({
  severity: z.enum(severities),
  file: z.string().optional(),
  line: count.optional(),
  section: section.optional(),
  code: z.string().describe('`deskphone schema problems` lists them all.'),
  message: z.string(),
});

/** The address a phone has from DHCP. */
export const leaseOutcomeSchema = keptLeaseSchema.extend({
  how: z.enum(['leased', 'last-address']).describe('last-address: kept in flash, no server answered.'),
  server: z.string().nullable().describe('The DHCP server that gave it.'),
  leaseS: count.nullable().describe('Seconds; 4294967295: for ever.'),
  t1S: count.nullable(),
  t2S: count.nullable(),
  infoBlock: z.array(z.string()).describe('Names in the info block.'),
});

/** Why `ok` is false, one entry a reason; none when it is true. */
export const failureSchema = z.object({
  code: z.string().describe('What --allow takes.'),
  section: section.optional(),
  file: z.string().optional(),
  check: count.optional(),
  message: z.string(),
});

/**
 * The last line of `boot --json` and `check --json`: one a command, over all its checks and reboots. Keys are
 * only ever added.
 */
export const outcomeSchema = z
  .object({
    type: z.literal('outcome'),
    ok: z.boolean().describe('False: exit code 3.'),
    trigger: z.enum(triggers).describe('Of the first check.'),
    phone: z.object({
      mac: z.string().describe('12 upper-case hex digits.'),
      model: z.enum(models),
      software: z.string().describe('The load in flash at the end.'),
    }),
    state: z
      .enum(phoneStates)
      .describe("busy: the command's limit came first; no-address: no DHCP server gave one."),
    dnd: z.boolean().describe("Shown on the idle screen: the update's or the user's own."),
    reboots: count.describe('Restarts after power-up.'),
    requests: z.array(requestOutcomeSchema).describe('In the order they were asked for.'),
    sections: z.array(sectionOutcomeSchema).describe('By check, in file order.'),
    flash: z.object({
      versions: z.record(z.string(), z.string()).describe('By section, of the last completed download.'),
      files: z.partialRecord(section, z.array(z.string())).describe('Names of stored files by section.'),
    }),
    user: z.string().nullable().describe('Who is logged in, as flash has it.'),
    profile: z
      .object({ contacts: count, groups: count, keys: count, speedDials: count })
      .nullable()
      .describe('How much the profile of that user holds; null: there is none.'),
    settings: z
      .record(z.string(), z.string())
      .describe('Those that did not come from the factory; passwords are shown as ***.'),
    lease: leaseOutcomeSchema.nullable().describe('From DHCP; null: none, or an address set by hand.'),
    nextPoll: z.string().nullable().describe('ISO instant.'),
    noPollBecause: z.string().nullable().describe('A reason code, when there is no next poll.'),
    problems: z.array(problemOutcomeSchema).describe('By file and line, each once.'),
    failures: z.array(failureSchema).describe('Why ok is false, the one to mend first at the head.'),
  })
  .describe('What came of a command.');
