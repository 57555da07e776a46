import type { SectionName } from '../provisioning/words.ts';
import type { FindingList } from './finding-list.ts';
import type { RuleId } from './rules.ts';
import { inForce, type SettingLines } from './setting-lines.ts';

/** A configuration file and what came before it. */
export interface SettingsInFile {
  readonly file: string;
  readonly section: SectionName;
  readonly settings: SettingLines;
  /** Values of files that are read before it. */
  readonly before: Readonly<Record<string, string>>;
}

/** What provisioning files offer that settings may ask for: names without folders, as phones store them. */
export interface Offered {
  readonly languages: readonly string[];
  readonly images: readonly string[];
  readonly banner: boolean;
}

/** Settings that are legal and do something else than meant; each rule asks for a parameter of this file. */
export function judgeSettings(given: SettingsInFile, offered: Offered, findings: FindingList): void {
  const { file, section, settings, before } = given;
  const has = (name: string) => settings.values[name] !== undefined;
  const value = (name: string) => inForce(name, settings, before);
  const tell = (rule: RuleId, name: string, message: string) => {
    const line = settings.lines.get(name);
    findings.tell(rule, { file, section, message, ...(line !== undefined && { line }) });
  };
  judgePoll(has, value, tell);
  judgeClock(has, value, tell);
  judgeOffers(has, value, tell, offered);
  if (has('ADMIN_PASSWORD') && value('ADMIN_PASSWORD') !== '' && !isHash(value('ADMIN_PASSWORD'))) {
    tell('ADMIN_PASSWORD_CLEAR', 'ADMIN_PASSWORD', 'ADMIN_PASSWORD stands in the clear');
  }
  if (has('ENABLE_SERVICE_PACKAGE') && value('ENABLE_SERVICE_PACKAGE') === 'YES') {
    const message = 'ENABLE_SERVICE_PACKAGE is YES; service packages are not emulated';
    tell('SERVICE_PACKAGES', 'ENABLE_SERVICE_PACKAGE', message);
  }
}

type Has = (name: string) => boolean;
type Value = (name: string) => string;
type Tell = (rule: RuleId, name: string, message: string) => void;

function judgePoll(has: Has, value: Value, tell: Tell): void {
  const time = value('AUTO_UPDATE_TIME');
  const meant = has('AUTO_UPDATE_TIME') ? hoursAndMinutes(time) : undefined;
  if (meant !== undefined) {
    const message = `AUTO_UPDATE_TIME is ${time}: that is ${clockOf(Number(time))}, and ${meant.clock} would be ${meant.seconds}`;
    tell('HHMM_TIME', 'AUTO_UPDATE_TIME', message);
  }
  const polls = value('AUTO_UPDATE') === 'YES';
  if (has('AUTO_UPDATE_TIME') && !polls) {
    tell('POLL_OFF', 'AUTO_UPDATE_TIME', `AUTO_UPDATE_TIME is ${time}, and AUTO_UPDATE is NO`);
  }
  if (polls && has('AUTO_UPDATE') && value('SNTP_ENABLE') === 'NO') {
    tell('CLOCK_ASSUMED', 'AUTO_UPDATE', 'AUTO_UPDATE is YES and SNTP_ENABLE is NO: is there a clock?');
  }
}

/** Three or four digits that are a time of day: 200, 0200, 2330. Half hours in seconds are none: 1800. */
function hoursAndMinutes(text: string): { readonly clock: string; readonly seconds: number } | undefined {
  if (!/^\d{3,4}$/.test(text)) return undefined;
  const [hours, minutes] = [Number(text.slice(0, -2)), Number(text.slice(-2))];
  if (hours > 23 || minutes > 59 || Number(text) === 0 || Number(text) % 1800 === 0) return undefined;
  const seconds = hours * 3600 + minutes * 60;
  return { clock: clockOf(seconds), seconds };
}

function clockOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** East of the Atlantic islands: nobody there changes the clock by North American rules. */
const AMERICA_OFFSET_MAX_S = -2 * 3600;

function judgeClock(has: Has, value: Value, tell: Tell): void {
  const offset = Number(value('TIMEZONE_OFFSET'));
  if (has('TIMEZONE_OFFSET') && offset > AMERICA_OFFSET_MAX_S && value('DST_ENABLED') === 'YES') {
    const message = `TIMEZONE_OFFSET is ${offset} and DST_ENABLED is YES: the clock changes on the days of North America`;
    tell('DST_NORTH_AMERICA', 'TIMEZONE_OFFSET', message);
  }
  if (has('SNTP_ENABLE') && value('SNTP_ENABLE') === 'YES' && value('SNTP_SERVER') === '0.0.0.0') {
    tell('SNTP_NO_SERVER', 'SNTP_ENABLE', 'SNTP_ENABLE is YES and SNTP_SERVER is not set');
  }
}

function judgeOffers(has: Has, value: Value, tell: Tell, { languages, images, banner }: Offered): void {
  const language = value('DEF_LANG');
  const offersLanguage = languages.some((name) => name.toLowerCase().startsWith(language.toLowerCase()));
  if (has('DEF_LANG') && language !== 'English' && !offersLanguage) {
    tell('LANGUAGE_NOT_OFFERED', 'DEF_LANG', `DEF_LANG is ${language}, and no [LANGUAGE] names a file of it`);
  }
  for (const name of ['USE_BG_IMAGE', 'SCRNSVR_IMAGE']) {
    if (!has(name) || value(name) === '' || images.includes(value(name))) continue;
    tell('IMAGE_NOT_OFFERED', name, `${name} is ${value(name)}, and no [IMAGES] names it`);
  }
  if (has('LOGIN_BANNER_ENABLE') && value('LOGIN_BANNER_ENABLE') === 'YES' && !banner) {
    const message = 'LOGIN_BANNER_ENABLE is YES, and there is no [LOGIN_BANNER]';
    tell('BANNER_NOT_OFFERED', 'LOGIN_BANNER_ENABLE', message);
  }
}

/** Documented: M44 p300, SHA1 or MD5, taken to be in hex. */
function isHash(password: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/i.test(password);
}
