import { type PhoneState, phoneStates } from '../display/phone-state.ts';
import type { PhoneEvent } from '../events/phone-event.ts';

/** What a phone is at: where it stands, or what it is busy with. */
export const phases = [
  ...phoneStates,
  'boot-loader',
  'starting',
  'checking',
  'writing',
  'restarting',
  'logging-in',
] as const;
export type Phase = (typeof phases)[number];

/** What a phone is at after a fact; `state`: where it then stands. */
export function phaseAfter(phase: Phase, event: PhoneEvent, state: PhoneState): Phase {
  if (event.type === 'firmware.writing') return 'writing';
  if (state !== 'busy') return state;
  switch (event.type) {
    case 'power.on':
    case 'phone.restarted':
    case 'boot-loader.started':
      return 'boot-loader';
    case 'software.started':
      return 'starting';
    case 'update.started':
    case 'firmware.written':
      return 'checking';
    case 'phone.restarting':
      return 'restarting';
    case 'login.started':
      return 'logging-in';
    case 'update.finished':
      return phase === 'restarting' ? phase : 'starting';
    default:
      return isState(phase) ? 'busy' : phase;
  }
}

function isState(phase: Phase): boolean {
  return phoneStates.some((state) => state === phase);
}
