import type { ParameterType } from './parameter-type.ts';

/**
 * A parameter of the device configuration file; user and phone-specific files take the same ones (M44 p52).
 */
export interface Parameter {
  /** Spelt as the manual does. An index is a letter: x stands for 1 to 5, y for 1 or 2, nn for 01 to 99. */
  readonly name: string;
  /** A second spelling in the sources; a value under it is kept under `name`. */
  readonly alsoSpelt?: string;
  readonly type: ParameterType;
  readonly default: string;
  /** Where name, values and default are known from. */
  readonly source: string;
  /** What it does where the name does not say, and what other sources give instead. */
  readonly note?: string;
  /**
   * What of the emulated phone it changes: what is fetched and when, login, time of day, something after the
   * next restart, something after the next logout. Absent: it is kept and shown, and that is all.
   */
  readonly effect?: 'provisioning' | 'login' | 'time' | 'restart' | 'logout';
  /** A licensed feature, unless it has this value (Wazo and FreePBX switch them off so). */
  readonly unlicensed?: string;
  /** A password: never printed. */
  readonly secret?: true;
}

/**
 * The parameter model that Nortel engineers gave to sipXecs for the 1100 series, as of January 2010 (loads
 * 3.0 on).
 */
export const vendorModel = 'sipXecs vendor model';

/** The same model's parameters for loads 3.2 on. */
export const vendorModelOf32 = 'sipXecs vendor model, R3.2 on';
