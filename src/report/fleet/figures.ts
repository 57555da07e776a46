import type { z } from 'zod';
import type {
  countedPerSecond,
  distributionSchema,
  figuresSchema,
  fileFiguresSchema,
  jobFiguresSchema,
  jobKinds,
  phoneEnds,
} from './figures.schema.ts';

/** What was counted and measured of a fleet: plain data, added by `mergeFigures`. */
export type FleetFigures = Readonly<z.infer<typeof figuresSchema>>;
/** Files of one kind over one protocol. */
export type FileFigures = Readonly<z.infer<typeof fileFiguresSchema>>;
/** Boots, or checks of one kind, of phones of one protocol. */
export type JobFigures = Readonly<z.infer<typeof jobFiguresSchema>>;
/** What is counted second by second. */
export type CountedPerSecond = (typeof countedPerSecond)[number];
/** How long something took, with its histogram. */
export type StoredDistribution = Readonly<z.infer<typeof distributionSchema>>;
/** What a phone had to do: boot, or check for updates by itself, by its user, or as it was told. */
export type JobKind = (typeof jobKinds)[number];
/** How a phone leaves a run: at rest, without having got there, on its way, or before its first power. */
export type PhoneEnd = (typeof phoneEnds)[number];
