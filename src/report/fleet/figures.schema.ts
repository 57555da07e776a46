import { z } from 'zod';
import { notifyReasons } from '../../events/wire-facts.schema.ts';
import { protocols, sectionNames } from '../../provisioning/words.ts';
import { phases } from '../phase.ts';
import { causes } from './cause.ts';
import { fileKinds } from './file-kind.ts';

// What is counted and measured of a fleet, as data: plain, bounded, and such that the figures of any split of
// a fleet add up to those of the whole. Keys are only ever added.

const count = z.int().min(0);
const us = count.describe('Microseconds.');
const protocol = z.enum(protocols);
const section = z.enum(sectionNames);

/** What a phone had to do: boot, or check for updates by itself, by its user, or as it was told. */
export const jobKinds = ['boot', 'poll', 'soft-key', 'check-sync'] as const;

/** How phones leave a run. */
export const phoneEnds = ['rest', 'gave-up', 'on-its-way', 'not-begun'] as const;

/** What is counted second by second too: how the busiest second was is not to be seen in longer bins. */
export const countedPerSecond = ['requests', 'connections'] as const;

export const distributionSchema = z
  .object({
    count,
    sumUs: count,
    minUs: us,
    p50Us: us,
    p75Us: us,
    p90Us: us,
    p95Us: us,
    p99Us: us,
    p999Us: us,
    maxUs: us,
    hdr: z.string().describe('The histogram: HdrHistogram V2, base64, microseconds. Empty: of nothing.'),
  })
  .describe('How long something took. Percentiles to 3 digits, least and most exactly.');

const counts = z.array(z.int()).describe('Bin by bin from the start; bins that are missing are 0.');
const levelSchema = z.object({
  net: z.array(z.int()).describe('By how much the level changed, bin by bin.'),
  areaUs: z.array(z.int()).describe("What the changes of a bin add to the level's sum over that bin's time."),
});

const seconds = z
  .string()
  .describe(
    'Base64 of a number a second, from the start: ZigZag LEB128 as in HdrHistogram V2, below zero for so many seconds without any.',
  );

const causeCounts = z.partialRecord(z.enum(causes), count);

/** Files of one kind over one protocol. */
export const fileFiguresSchema = z.object({
  asked: count,
  received: count,
  left: count.describe('Left because they were no later than the stored ones.'),
  failed: count,
  open: count.describe('Asked for and neither received nor failed when the run ended.'),
  bytes: count.describe('Of files that arrived whole, and as much as came of those that failed.'),
  repeatedRequests: count.describe('Requests sent once more: TFTP without an answer, HTTP 503.'),
  repeatedAcknowledgements: count.describe('TFTP acknowledgements sent once more.'),
  challenged: count
    .default(0)
    .describe('HTTP requests that were answered 401 and sent once more, with user and password.'),
  sent: count.describe(
    'What phones sent: TFTP packets, HTTP requests, FTP sessions; repeats and challenged ones are in it.',
  ),
  connections: count.describe('Made for these files; later files may use them too.'),
  tlsFull: count.describe('Of them with a whole TLS handshake.'),
  tlsResumed: count.describe('Of them with the rest of an earlier session.'),
  lookUps: count.describe('Of them after the name of the server was looked up.'),
  causes: causeCounts.describe('Why those that failed did.'),
  connect: distributionSchema.describe('From the first packet to a connection that stands, TLS included.'),
  firstByte: distributionSchema.describe('From the request to the first answer of the server that sends.'),
  service: distributionSchema.describe('From the request to the last byte, of files that arrived.'),
  latency: distributionSchema.describe(
    'From when the boot or check it belongs to was due, to the last byte.',
  ),
});

/** Boots, or checks of one kind, of phones of one protocol. */
export const jobFiguresSchema = z.object({
  due: count,
  begun: count,
  done: count.describe('Came to their end with all that was due.'),
  failed: count.describe('Came to their end without something that was due.'),
  unfinished: count.describe('Had not come to their end when the run did.'),
  latency: distributionSchema.describe('Of those that were done: from when it was due to its end.'),
  service: distributionSchema.describe('Of those that were done: from its beginning to its end.'),
  lateness: distributionSchema.describe('From when it was due to its beginning.'),
});

const phoneCount = z.object({ phone: count.describe('Index in the fleet.') });

export const figuresSchema = z
  .object({
    measuredFromUs: us.describe('What began earlier is in the time series only.'),
    endUs: us.describe('The last thing that was told, from the start of the run.'),
    binUs: us.describe('Length of a bin of the time series.'),
    coarseBinUs: us.describe('Length of a bin of latencyOverTime.'),
    phones: z.object({
      scheduled: count,
      begun: count,
      ends: z.partialRecord(z.enum(phoneEnds), count),
      restarts: count,
      callsDropped: count,
    }),
    jobs: z.partialRecord(protocol, z.partialRecord(z.enum(jobKinds), jobFiguresSchema)),
    files: z.partialRecord(protocol, z.partialRecord(z.enum(fileKinds), fileFiguresSchema)),
    refusals: z.record(z.string(), count).describe('Files that arrived and were not taken, by code.'),
    notifiesIgnored: z
      .partialRecord(z.enum(notifyReasons), count)
      .default({})
      .describe('SIP NOTIFYs that phones heard and that led to no check, by reason.'),
    dnd: distributionSchema.describe("How long a check kept a phone in DND: the update's own flag."),
    overTime: z.object({
      requests: z.partialRecord(protocol, counts),
      bytes: z.partialRecord(protocol, counts),
      errors: z.partialRecord(protocol, counts),
      connections: z.partialRecord(protocol, counts),
      handshakes: z
        .partialRecord(z.enum(['full', 'resumed']), counts)
        .describe('Of TLS, whole ones and those that resume a session.'),
      sessions: z.partialRecord(protocol, levelSchema).describe('Files on their way at once.'),
      states: z.partialRecord(z.enum(phases), levelSchema).describe('Phones in each state.'),
    }),
    perSecond: z
      .object({
        requests: z.partialRecord(protocol, seconds),
        connections: z.partialRecord(protocol, seconds),
      })
      .optional()
      .describe('How many in each second of the run. Absent: it was not kept when this was written.'),
    latencyOverTime: z
      .partialRecord(protocol, z.record(z.string(), distributionSchema))
      .describe('Service time of files by the bin in which they were asked for; to 1 digit.'),
    release: z
      .object({
        section,
        version: z.string(),
        publishedUs: us,
        phones: count,
        onTarget: count,
        reached: distributionSchema.describe('From the publishing to the moment a phone had it.'),
        level: levelSchema.describe('Phones that have it.'),
        leftBehindBecause: z.record(z.string(), count),
        leftBehind: z
          .array(phoneCount.extend({ because: z.string() }))
          .describe('The first of them by index.'),
      })
      .nullable()
      .describe('How a release spread; null: none was to be watched.'),
    slowest: z
      .array(
        phoneCount.extend({
          protocol,
          latencyUs: us,
          failed: z
            .literal(true)
            .optional()
            .describe('It ended without something that was due. Absent: it was done.'),
        }),
      )
      .describe('The phones whose boot took longest, from when it was due.'),
    failures: z
      .array(phoneCount.extend({ atUs: us, protocol, kind: z.enum(fileKinds), cause: z.enum(causes) }))
      .describe('The first files that failed.'),
  })
  .describe('What was counted and measured of a fleet.');
