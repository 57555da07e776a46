import type { z } from 'zod';
import type { decisionSchema, factSchema } from './facts.schema.ts';
import type { flashChangeSchema } from './flash-change.schema.ts';
import type { userProfileSchema } from './profile.schema.ts';

/** Every fact there is, past tense. What may stand in one is said in `facts.schema.ts`. */
export type PhoneEvent = Readonly<z.infer<typeof factSchema>>;
export type FactType = PhoneEvent['type'];
/** The fact of one type: `Fact<'section.decided'>`. */
export type Fact<T extends FactType> = Extract<PhoneEvent, { type: T }>;

export type FlashChange = Readonly<z.infer<typeof flashChangeSchema>>;
export type UserProfile = Readonly<z.infer<typeof userProfileSchema>>;
export type ToldDecision = Readonly<z.infer<typeof decisionSchema>>;
