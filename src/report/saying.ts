import type { Tone } from './palette.ts';

/** A fact in words: what it is about, and what is to be said of it. */
export interface Saying {
  /** A file, `[SECTION]`, or a word such as `login`. */
  readonly subject: string;
  readonly text: string;
  readonly tone: Tone;
}

export function say(subject: string, text: string, tone: Tone = 'plain'): Saying {
  return { subject, text, tone };
}
