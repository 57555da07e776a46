import { parseLoad } from '../provisioning/load.ts';
import { settingOf, UNSET_ADDRESS } from '../provisioning/parameters.ts';
import type { Settings } from './settings.ts';

/**
 * How a phone goes on after its boot: it logs a user in by itself, or shows the login screen and says why.
 */
export type LoginDecision =
  | { readonly login: 'automatic' | 'manual'; readonly user: string }
  | { readonly login: 'screen'; readonly why: string };

/**
 * Documented: M44 p69, AUTOLOGIN_ENABLE: YES logs in who was logged in when power went, NO asks each time;
 * USE_AUTOLOGIN_ID needs both ID and password.
 */
export function decideLogin(settings: Settings, earlierUser: string | null): LoginDecision {
  const mode = settingOf(settings, 'AUTOLOGIN_ENABLE');
  if (mode === 'YES' && earlierUser !== null) return { login: 'automatic', user: earlierUser };
  if (mode !== 'USE_AUTOLOGIN_ID') {
    return { login: 'screen', why: `AUTOLOGIN_ENABLE is ${mode}: a user has to log in` };
  }
  const user = settingOf(settings, 'AUTOLOGIN_ID_KEY01');
  if (user === '') return { login: 'screen', why: 'AUTOLOGIN_ID_KEY01 is not set' };
  if (settingOf(settings, 'AUTOLOGIN_PASSWD_KEY01') === '') {
    return { login: 'screen', why: 'AUTOLOGIN_PASSWD_KEY01 is not set' };
  }
  return { login: 'automatic', user };
}

/** Why a login cannot succeed. */
export interface LoginRefusal {
  readonly code: 'UNKNOWN_DOMAIN' | 'NO_SERVER_IP';
  readonly message: string;
}

const DOMAINS_MAX = 5;

/**
 * Whether the domain of `user` is configured and has a server; undefined when it is. There is no call server
 * to ask.
 */
export function refuseLogin(
  user: string,
  settings: Settings,
  { software, nameServer }: { readonly software: string; readonly nameServer: 'answers' | 'fails' },
): LoginRefusal | undefined {
  const domain = user.slice(user.indexOf('@') + 1);
  const number = user.includes('@') ? domainNumber(settings, domain) : undefined;
  if (number === undefined) {
    return {
      code: 'UNKNOWN_DOMAIN',
      message: `unknown domain: "${user}" ends in none of SIP_DOMAIN1 to SIP_DOMAIN${DOMAINS_MAX}`,
    };
  }
  // 0.0.0.0 received means "ask DNS" and counts as set; never received means nothing to register with.
  if (settings[`SERVER_IP${number}_1`] === undefined) {
    return { code: 'NO_SERVER_IP', message: `SERVER_IP${number}_1 of domain ${domain} is not set` };
  }
  if (settings[`SERVER_IP${number}_1`]?.value === UNSET_ADDRESS && nameServer === 'fails') {
    return {
      code: 'NO_SERVER_IP',
      message: `SERVER_IP${number}_1 is ${UNSET_ADDRESS}, and the name server knows no proxy of ${domain}`,
    };
  }
  // Observed: Wazo base.tpl, a 4.1 phone given SERVER_IP1_2 0.0.0.0 does not register. Assumed: never
  // received is no hindrance.
  if (isRelease(software, 4, 1) && settings[`SERVER_IP${number}_2`]?.value === UNSET_ADDRESS) {
    return {
      code: 'NO_SERVER_IP',
      message: `SERVER_IP${number}_2 is ${UNSET_ADDRESS}: software 4.1 does not register then; repeat SERVER_IP${number}_1`,
    };
  }
  return undefined;
}

// Assumed: letter case counts, as in every other value of these files; RFC 3261 section 19.1.4 compares the
// host of a SIP address without it. Nobody has shown us what a phone does.
function domainNumber(settings: Settings, domain: string): number | undefined {
  for (let number = 1; number <= DOMAINS_MAX; number++) {
    if (domain !== '' && settingOf(settings, `SIP_DOMAIN${number}`) === domain) return number;
  }
  return undefined;
}

function isRelease(software: string, major: number, minor: number): boolean {
  const groups = parseLoad(software)?.groups;
  return groups?.[0] === major && groups[1] === minor;
}
