import type { z } from 'zod';
import type { scenarioSchema } from './scenario.schema.ts';

/** A scenario as it is written, in YAML or TypeScript. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
/** A scenario as it was read: durations in ms, sizes in bytes, one form for everything. */
export type Scenario = z.output<typeof scenarioSchema>;
export type PhoneSpec = NonNullable<Scenario['phone']>;
export type ServerSpec = Exclude<NonNullable<Scenario['server']>, 'none'>;
export type Habits = NonNullable<PhoneSpec['habits']>;
