import { test as base, expect } from 'vitest';
import type { ExpectationResult } from './report/result.ts';
import { failureText } from './report/scenario-text.ts';
import { type ExpectationInput, LivePhone, type PhoneSurroundings, powerOn } from './scenario/live-phone.ts';

type Request = NonNullable<ExpectationInput['requests.some']>[number];
type Flash = NonNullable<ExpectationInput['flash']>;

/** What a test is given; each phone is stopped when its test is over. */
export interface PhoneFixtures {
  /** What `phone` is switched on with: unless a suite says otherwise a fresh phone and the demo tree. */
  readonly surroundings: PhoneSurroundings;
  /** A phone at rest after its boot. */
  readonly phone: LivePhone;
  /** Switches on a phone of this test's own, or several. */
  readonly powerOn: typeof powerOn;
}

/** The `test` of vitest, with phones. */
export const test = base.extend<PhoneFixtures>({
  surroundings: {},
  phone: async ({ surroundings, powerOn: switchOn }, use) => use(await switchOn(surroundings)),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are needed.
  powerOn: async ({}, use) => {
    const phones: LivePhone[] = [];
    await use(async (surroundings) => {
      const phone = await powerOn(surroundings);
      phones.push(phone);
      return phone;
    });
    await Promise.all(phones.map((phone) => phone.stop()));
  },
});

/** What can be expected of a phone, in the words of a scenario. */
export interface PhoneMatchers {
  /** It asked for these files, in any order, and perhaps for others; with `not`: for none of them. */
  toHaveRequested: (...requests: [Request, ...Request[]]) => void;
  /** Its flash holds this of what is named: `{ LANGUAGE: '000002', image: 'ok' }`. */
  toHaveFlash: (flash: Flash) => void;
  /** These texts stood on its panel at some moment; with `not`: none of them ever did. */
  toHaveShown: (...texts: [string, ...string[]]) => void;
  /** Any words of `expect` hold of it: `{ sections: { FW: 'newer' }, exit: 0 }`. */
  toMeet: (expectation: ExpectationInput) => void;
}

declare module 'vitest' {
  interface Matchers<T> extends PhoneMatchers {}
}

expect.extend({
  toHaveRequested(received: unknown, ...requests: [Request, ...Request[]]) {
    return this.isNot
      ? denied(received, { 'requests.absent': requests })
      : met(received, { 'requests.some': requests });
  },
  toHaveFlash(received: unknown, flash: Flash) {
    return met(received, { flash });
  },
  toHaveShown(received: unknown, ...texts: [string, ...string[]]) {
    return this.isNot ? denied(received, { 'shown.absent': texts }) : met(received, { shown: texts });
  },
  toMeet(received: unknown, expectation: ExpectationInput) {
    return met(received, expectation);
  },
});

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

function met(received: unknown, expectation: ExpectationInput): Verdict {
  const results = phoneOf(received).judge(expectation);
  const failed = results.filter(({ holds }) => !holds);
  if (failed.length > 0) return { pass: false, message: () => told(failed) };
  return { pass: true, message: () => told(results.map(otherThan)) };
}

/** What `not` turns round was asked for the other way round: then it is told by its own word. */
function denied(received: unknown, expectation: ExpectationInput): Verdict {
  const { pass, message } = met(received, expectation);
  return { pass: !pass, message };
}

function otherThan(result: ExpectationResult): ExpectationResult {
  return { ...result, expected: `not ${result.expected}` };
}

function told(results: readonly ExpectationResult[]): string {
  return results.map(failureText).join('\n');
}

function phoneOf(received: unknown): LivePhone {
  if (received instanceof LivePhone) return received;
  throw new TypeError(`found ${received === null ? 'null' : typeof received}; expected a phone of powerOn`);
}
