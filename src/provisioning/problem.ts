import type { SectionName, Severity } from './words.ts';

/** Something a phone stumbles over, skips or takes with a doubt. Data, never thrown. */
export interface Problem {
  readonly severity: Severity;
  /** Stable, e.g. `LINE_TOO_LONG`; `deskphone schema problems` lists them all. */
  readonly code: string;
  /** The file as the phone asked for it. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly section?: SectionName;
  /** What, what was found, what was expected. */
  readonly message: string;
}
