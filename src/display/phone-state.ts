import type { PhoneEvent } from '../events/phone-event.ts';

/**
 * Where a phone stands, as an outcome names it. `busy`: on its way from one of the others to another;
 * `no-address`: no DHCP server gave it one, and it asks no more.
 */
export const phoneStates = ['idle', 'login', 'banner', 'recovery', 'off', 'busy', 'no-address'] as const;
export type PhoneState = (typeof phoneStates)[number];

/** The state, and the one a running check began in: there the phone stands again when the check ends. */
export interface Standing {
  readonly state: PhoneState;
  readonly beforeCheck: PhoneState;
}

export const standingOff: Standing = { state: 'off', beforeCheck: 'off' };

/** Where the phone stands after a fact. */
export function foldStanding(standing: Standing, event: PhoneEvent): Standing {
  const state = stateAfter(standing, event);
  if (event.type === 'update.started') return { state, beforeCheck: standing.state };
  return state === standing.state ? standing : { ...standing, state };
}

function stateAfter({ state, beforeCheck }: Standing, event: PhoneEvent): PhoneState {
  switch (event.type) {
    case 'power.off':
      return 'off';
    case 'power.on':
    case 'boot-loader.started':
    case 'software.started':
    case 'phone.restarting':
    case 'phone.restarted':
    case 'login.started':
    case 'login.succeeded':
    case 'banner.confirmed':
      return 'busy';
    case 'flash.read':
      return state === 'off' ? 'busy' : state;
    case 'recovery.started':
    case 'recovery.failed':
      return 'recovery';
    case 'dhcp.failed':
      return event.follows === 'nothing' ? 'no-address' : state;
    case 'update.started':
      return state === 'recovery' ? 'recovery' : 'busy';
    case 'update.finished':
      return state === 'off' || event.result === 'reboot' || event.result === 'cut' ? state : beforeCheck;
    case 'login.shown':
    case 'login.refused':
      return 'login';
    case 'banner.shown':
      return 'banner';
    case 'phone.idle':
      return 'idle';
    default:
      return state;
  }
}
