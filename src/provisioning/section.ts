import type { DownloadMode, Protocol, SectionName } from './words.ts';

/** A FILENAME line. */
export interface NamedFile {
  readonly name: string;
  readonly line: number;
}

/**
 * One section of a provisioning file, as it stands there. What a keyword leaves out is absent or its default
 * (M44 p52).
 */
export interface Section {
  readonly name: SectionName;
  /** 1-based line of the `[NAME]` header. */
  readonly line: number;
  /**
   * The text after VERSION, trimmed, in [FW] without `.bin`; empty when missing. Never a number: zeros are
   * part of it.
   */
  readonly version: string;
  readonly versionLine?: number;
  readonly downloadMode: DownloadMode;
  readonly files: readonly NamedFile[];
  /** PROMPT YES: ask Install / Later first. */
  readonly prompt: boolean;
  /** Absent: `quirks.defaultProtocol` decides. */
  readonly protocol?: Protocol;
  /** Address or host name; absent: the server of the provisioning file. */
  readonly serverIp?: string;
  readonly userName?: string;
  readonly password?: string;
  readonly deleteFiles: boolean;
}
