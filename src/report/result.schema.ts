import { z } from 'zod';
import { phoneStates } from '../display/phone-state.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { models, protocols } from '../provisioning/words.ts';
import { outcomeSchema } from './outcome.schema.ts';
import { phases } from './phase.ts';

// What a run of scenarios leaves behind, as data: the source of every report. Keys are only ever added.

const count = z.int().min(0);
const at = z.number().describe('Ms since the start of the scenario, in phone time.');
const mac = z.string().describe('12 upper-case hex digits.');
const transferCode = z.enum(Object.keys(transferCodes) as [keyof typeof transferCodes]);

/** Where something stands in a scenario file. */
export const placeSchema = z.object({
  file: z.string(),
  line: count.describe('From 1; 0: the scenario is no file.'),
  column: count,
});

/** A fact in words, as the timeline has it. */
export const toldLineSchema = z.object({
  at,
  phone: mac,
  subject: z.string().describe('A file, [SECTION], or a word such as login.'),
  text: z.string(),
  tone: z.enum(['plain', 'strong', 'quiet', 'good', 'doubtful', 'bad']),
  hint: z.string().optional().describe('What to look at first.'),
});

/** One thing a scenario expects, or a step that could not be done. */
export const expectationResultSchema = z.object({
  word: z.string().describe('As in the scenario file: of an expectation, or of the step that failed.'),
  phone: mac.nullable().describe('null: it is about no phone.'),
  holds: z.boolean(),
  expected: z.string(),
  found: z.string(),
  where: placeSchema,
  at,
  facts: z.array(toldLineSchema).describe('What the phone told around the matter; none where it holds.'),
});

/** How one phone fared, laid out in time for pictures. */
export const phoneStorySchema = z.object({
  states: z.array(z.object({ at, state: z.enum(phoneStates) })),
  phases: z
    .array(z.object({ at, phase: z.enum(phases) }))
    .describe('The same, and what the phone is busy with.'),
  dnd: z.array(z.object({ at, on: z.boolean() })).describe('As it is shown: the or of both flags.'),
  screens: z.array(z.object({ at, lines: z.array(z.string()), softKeys: z.array(z.string()) })),
  transfers: z.array(
    z.object({
      at,
      ms: z.number(),
      file: z.string(),
      protocol: z.enum(protocols),
      result: z.union([z.literal('ok'), transferCode]),
      bytes: count,
    }),
  ),
  lines: z.array(toldLineSchema),
  left: count.describe('Changes beyond the limits of these lists, which are not in them.'),
});

export const phoneResultSchema = z.object({
  name: z.string().describe('As the scenario calls it; its MAC if it gives no name.'),
  mac,
  model: z.enum(models),
  outcome: outcomeSchema
    .nullable()
    .describe('null: it was never switched on. The same as the last line of boot --json.'),
  story: phoneStorySchema,
});

export const verdicts = ['passed', 'failed', 'error'] as const;

/** One scenario, or one variant of its matrix. */
export const scenarioResultSchema = z.object({
  type: z.literal('scenario'),
  id: z
    .string()
    .describe('Its file as it was given to the command, and its variant: boot/a.yaml [http 1230].'),
  file: z.string(),
  group: z.string().describe('The folder its file is in.'),
  title: z.string(),
  why: z.string().optional(),
  variant: z.object({
    protocol: z.enum(protocols).optional(),
    model: z.enum(models).optional(),
    software: z.string().optional(),
  }),
  seed: z.string(),
  time: z.enum(['real', 'jump', 'virtual']),
  startedAt: z.string().nullable().describe('ISO instant under virtual time; else null.'),
  tookMs: z.number().nullable().describe('In phone time under virtual time; else null.'),
  verdict: z
    .enum(verdicts)
    .describe('error: it could not be run to its end, by the emulator or by this machine.'),
  error: z.string().optional(),
  expectations: z.array(expectationResultSchema),
  notJudged: count.describe('Expectations left because a step failed first.'),
  phones: z.array(phoneResultSchema),
  repeats: z
    .object({ of: count, passed: count, failedSeeds: z.array(z.string()) })
    .optional()
    .describe('With --repeat; all else is of the first run that did not pass, or of the first.'),
  replay: z.string().describe('The command that runs this one again.'),
});

const coverageShare = z.object({
  all: count,
  taken: count,
  missed: z.array(z.string()).describe('By name, in the order of the chart.'),
});
const percent = z.number().min(0).max(100);

/** What a run took of the statecharts. */
export const coverageSchema = z.object({
  machines: z.array(z.object({ machine: z.string(), states: coverageShare, transitions: coverageShare })),
  states: z.object({ all: count, taken: count }).describe('Of all machines together.'),
  transitions: z.object({ all: count, taken: count }),
  wanted: z
    .object({ states: percent.optional(), transitions: percent.optional() })
    .describe('With --coverage-min, in percent.'),
  enough: z.boolean().describe('Whether it is as much as is wanted; else the verdict is failed at best.'),
});

/** The file of `--report json=FILE`. */
export const resultSchema = z
  .object({
    type: z.literal('result'),
    version: z.literal(1),
    verdict: z.enum(verdicts),
    summary: z.object({
      scenarios: count,
      passed: count,
      failed: count,
      errors: count,
      expectations: count,
      phones: count,
    }),
    scenarios: z.array(scenarioResultSchema),
    coverage: coverageSchema
      .optional()
      .describe("With --coverage: how much of the phone's statecharts the scenarios took, all together."),
    environment: z
      .object({
        product: z.string().describe('Version of deskphone-emulator.'),
        node: z.string(),
        platform: z.string(),
        startedAt: z.string().describe('ISO instant.'),
        tookMs: z.number(),
        workers: count,
        scenarioMs: z.record(z.string(), z.number()).describe('By id, on this machine.'),
        directory: z.string(),
        overSockets: z
          .record(z.string(), scenarioResultSchema)
          .optional()
          .describe(
            'By id: scenarios in real or jump time, as they went this time. In scenarios they stand without times, found texts and stories.',
          ),
      })
      .describe('All that differs from run to run and machine to machine.'),
  })
  .describe('What came of a run of scenarios.');
