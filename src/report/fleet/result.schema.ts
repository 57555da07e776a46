import { z } from 'zod';
import { figuresSchema } from './figures.schema.ts';

// What a run of a fleet leaves behind, as data: the source of every report. All but `environment` follows
// from the fleet and its seed under virtual time. Keys are only ever added.

const count = z.int().min(0);
const index = count.describe('Index of a phone in the fleet.');

export const fleetVerdicts = ['passed', 'failed', 'invalid'] as const;

export const metricUnits = ['duration', 'share', 'factor', 'count', 'bytes'] as const;

/** One threshold, and what was found. */
export const thresholdResultSchema = z.object({
  threshold: z.string().describe('As it was given.'),
  metric: z.string(),
  unit: z.enum(metricUnits),
  comparison: z.enum(['<', '<=', '==', '>=', '>']),
  limit: z.number().describe('Durations in microseconds, shares in [0, 1].'),
  found: z.number().nullable().describe('null: nothing was measured, so it does not hold.'),
  holds: z.boolean(),
  usual: z.literal(true).optional().describe('Holds of every fleet that says nothing of the kind.'),
});

/** Something that no phone of this kind bears, whoever asks for what. */
export const phoneLimitSchema = z.object({
  name: z.enum(['firmware-in-time', 'sessions-accepted']),
  holds: z.boolean(),
  says: z.string(),
});

/** A figure that got worse than it was. */
export const regressionSchema = z.object({
  metric: z.string(),
  unit: z.enum(metricUnits),
  before: z.number(),
  after: z.number(),
});

/** How the generator itself fared on one machine, for one shard. */
export const generatorSchema = z.object({
  shard: z.object({ index: count, of: count }),
  product: z.string().describe('Version of deskphone-emulator.'),
  node: z.string(),
  platform: z.string(),
  startedAt: z.string().describe('ISO instant.'),
  tookMs: z.number(),
  cores: count,
  cpuMs: z.number().describe('Of the process, all its threads.'),
  rssMaxBytes: z.number(),
  workers: z.array(
    z.object({
      starts: z
        .object({ count, meanMs: z.number(), maxMs: z.number(), late: count })
        .describe('How much later than planned phones began; late: beyond what is borne.'),
      loopDelayMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
      busyShare: z.number().describe('Of the time its event loop was at work.'),
      collections: z.object({ count, totalMs: z.number(), maxMs: z.number() }).describe('Of garbage.'),
      socketsMax: count,
      overTime: z
        .object({
          stretchMs: z.number().describe('Of the time of the machine, from the start of the run.'),
          loopDelayMs: z.array(z.number()),
          latestStartMs: z.array(z.number()),
          busyShare: z.array(z.number()),
        })
        .optional()
        .describe('The worst of each stretch of time. Absent: it was not kept.'),
    }),
  ),
  steered: z
    .array(z.object({ atMs: z.number().describe('From the start of the run.'), order: z.string() }))
    .optional()
    .describe('Orders that somebody gave on the way: it cannot be repeated. Absent: none.'),
  invalid: z.string().nullable().describe('Why its figures say more of it than of the server.'),
});

/** One run of a search for the largest load. */
export const probeSchema = z.object({
  load: z.number().describe('In the figure that is varied.'),
  phones: count,
  seed: z.string(),
  verdict: z.enum(fleetVerdicts),
  why: z.array(z.string()).describe('What did not hold; none: passed.'),
  thresholds: z.array(thresholdResultSchema),
  bootP95Us: z.number().nullable().describe('From when a boot was due; null: none ended.'),
  errorShare: z.number().describe("Files that failed by the server's doing, among all asked for."),
});

/** A search for the largest load that holds. */
export const searchSchema = z.object({
  varied: z
    .enum(['phones', 'rate', 'concurrency'])
    .describe('How many phones there are, begin a second, or are at it at once.'),
  precision: z.number().describe('Share of the largest load that held within which one did not.'),
  ended: z.enum(['found', 'no-more-phones', 'first-missed', 'generator', 'too-many-probes', 'interrupted']),
  max: z.number().nullable().describe('The largest load that held; null: none did.'),
  missedAt: z.number().nullable().describe('The smallest load that did not hold; null: none was tried.'),
  probes: z.array(probeSchema).describe('In the order they were made.'),
});

/** The file of `deskphone fleet --report json=FILE`, and of `deskphone merge`. */
export const fleetResultSchema = z
  .object({
    type: z.literal('fleet-result'),
    version: z.literal(1),
    verdict: z.enum(fleetVerdicts),
    why: z.array(z.string()).describe('What is not as it should be, a sentence each; none: passed.'),
    title: z.string(),
    scenario: z.string().describe('Hash of all that the phones do; the same for all shards.'),
    seed: z.string(),
    time: z.enum(['real', 'jump', 'virtual']),
    timings: z.string(),
    stagger: z.string().describe('Which assumption about the stagger of polls was used.'),
    phones: z.object({
      count,
      firstIndex: count,
      macBase: z.string().optional().describe('MAC of phone 0; absent: MACs are those of a list.'),
    }),
    shards: z
      .object({ of: count, covered: z.array(count) })
      .describe('Which parts are in it; 0 of 1: the whole.'),
    unknown: z
      .object({ phones: count, first: z.array(index) })
      .nullable()
      .describe('Phones of shards that are missing, and the first of them; null: none is.'),
    thresholds: z.array(thresholdResultSchema),
    limits: z.array(phoneLimitSchema),
    regressions: z
      .object({
        share: z.number(),
        compared: count.optional().describe('Figures that both have; 0: it does not hold. Absent: not kept.'),
        left: count.optional().describe('Figures of the baseline that this run has nothing of.'),
        found: z.array(regressionSchema),
      })
      .nullable()
      .describe('Against a baseline: what is worse by more than that share; null: there was none.'),
    missed: z
      .array(z.object({ event: z.string(), atMs: z.number().describe('From the start of the run.') }))
      .optional()
      .describe('Events of the fleet that did not come: the run was over by then. Absent: none.'),
    search: searchSchema
      .optional()
      .describe('Of --find-max; all else is the largest load that held, or the last probe. Absent: none.'),
    figures: figuresSchema,
    environment: z
      .object({ generators: z.array(generatorSchema) })
      .describe('All that differs from run to run and machine to machine.'),
  })
  .describe('What came of a run of a fleet.');
