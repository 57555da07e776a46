import { hasLicence, licensedFeatures } from '../device/licence.ts';
import { decideLogin, type LoginDecision, type LoginRefusal, refuseLogin } from '../device/login.ts';
import { softwareOf } from '../provisioning/load.ts';
import { settingOf } from '../provisioning/parameters.ts';
import type { PhoneProgress } from './phone-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** Why a login does not succeed: its settings, the proxy, or a licence. */
export interface Refusal {
  readonly code: LoginRefusal['code'] | 'LOGIN_REFUSED' | 'LICENCE_REQUIRED';
  readonly message: string;
}

/** Who is about to log in: whoever was typed at the login screen, else what the settings say. */
export function loginOf({ unit, typedUser }: PhoneProgress): LoginDecision {
  const { settings, user, software } = unit.setup.flash.read();
  if (softwareOf(software) === 'UNIStim') {
    return { login: 'screen', why: `${software} is UNIStim: it knows no SIP login` };
  }
  if (typedUser !== undefined) return { login: 'manual', user: typedUser };
  return decideLogin(settings, user);
}

/** Why whoever is about to log in cannot; undefined when they can, or when nobody is. */
export function loginRefusal(progress: PhoneProgress): Refusal | undefined {
  const { unit, logins } = progress;
  const login = loginOf(progress);
  if (login.login === 'screen') return undefined;
  const { settings, software } = unit.setup.flash.read();
  const nameServer = logins === 'no-dns' ? 'fails' : 'answers';
  return (
    refuseLogin(login.user, settings, { software, nameServer }) ??
    (logins === 'refuse' ? refusedByProxy : lockedOut(unit))
  );
}

const refusedByProxy: Refusal = { code: 'LOGIN_REFUSED', message: 'the proxy refused the login' };

/** Assumed (quirks.licensing: enforce): without a licence a licensed feature keeps the user out. */
export function lockedOut(unit: PhoneUnit): Refusal | undefined {
  const features = unit.world.quirks.licensing === 'enforce' ? unlicensedFeatures(unit) : [];
  if (features.length === 0) return undefined;
  return { code: 'LICENCE_REQUIRED', message: `${features.join(', ')}: no licence, and nobody gets in` };
}

/** The licensed features that received values switch on in a phone without a licence. */
export function unlicensedFeatures({ setup }: PhoneUnit): readonly string[] {
  const flash = setup.flash.read();
  const features = licensedFeatures(flash);
  return features.length > 0 && hasLicence(flash, (sha256) => setup.flash.body(sha256)) ? [] : features;
}

/** Documented: M44 p69, with USE_AUTOLOGIN_ID the user cannot log off. */
export function boundToLogin({ unit }: PhoneProgress): boolean {
  return settingOf(unit.setup.flash.read().settings, 'AUTOLOGIN_ENABLE') === 'USE_AUTOLOGIN_ID';
}

/**
 * Documented: M32 p151, the banner is shown with LOGIN_BANNER_ENABLE YES; without a stored file there is none
 * to show.
 */
export function bannerText({ unit }: PhoneProgress): string | undefined {
  const { settings, files } = unit.setup.flash.read();
  const stored = files.LOGIN_BANNER?.[0];
  if (settingOf(settings, 'LOGIN_BANNER_ENABLE') !== 'YES' || stored === undefined) return undefined;
  const bytes = stored.content && unit.setup.flash.body(stored.content.sha256);
  return bytes === undefined ? stored.name : Buffer.from(bytes).toString('utf8');
}

/** Who is logged in; null: a phone that was begun with a user logged in of whom flash says nothing. */
export function primaryUser({ setup }: PhoneUnit): string | null {
  const { settings, user } = setup.flash.read();
  if (user !== null) return user;
  const login = decideLogin(settings, null);
  return login.login === 'screen' ? null : login.user;
}
