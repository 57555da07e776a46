import { expect, test } from 'vitest';
import { foldStanding, type PhoneState, standingOff } from '../../src/display/phone-state.ts';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import { atIdle, checkFinished, flashRead, powerUp } from '../report/journals.ts';

const check: PhoneEvent = { type: 'update.started', check: 2, trigger: 'soft-key', server: 'x' };
const loginScreen: PhoneEvent = { type: 'login.shown', why: '' };
const recovering: PhoneEvent = { type: 'recovery.started', attempt: 1, attemptsMax: 10 };

const noAddress = (follows: Fact<'dhcp.failed'>['follows']): PhoneEvent => ({
  ...{ type: 'dhcp.failed', code: 'NO_OFFER', message: 'no DHCP server made an offer', follows },
});

const cases: [title: string, events: readonly PhoneEvent[], expected: PhoneState][] = [
  ['nothing told: off', [], 'off'],
  ['power on: busy', powerUp(), 'busy'],
  ['a phone that is already up and says nothing yet: busy', [flashRead()], 'busy'],
  ['the first check of a boot leaves it busy', [...powerUp(), check, checkFinished()], 'busy'],
  ['no address, and no more tries: without an address', [...powerUp(), noAddress('nothing')], 'no-address'],
  ['no address yet: busy', [...powerUp(), noAddress('series')], 'busy'],
  ['a lease that nobody renewed leaves it at idle', [...powerUp(), ...atIdle, noAddress('renewal')], 'idle'],
  ['at idle', [...powerUp(), ...atIdle], 'idle'],
  ['at the login screen', [...powerUp(), loginScreen], 'login'],
  [
    'a refused login is at the login screen',
    [
      ...powerUp(),
      { type: 'login.started', user: 'a', how: 'manual' },
      { type: 'login.refused', user: 'a', why: 'no' },
    ],
    'login',
  ],
  ['the banner waits', [...powerUp(), { type: 'banner.shown', text: 'hi' }], 'banner'],
  [
    'a confirmed banner is on its way to idle',
    [...powerUp(), { type: 'banner.shown', text: 'hi' }, { type: 'banner.confirmed' }],
    'busy',
  ],
  ['during a check at run time: busy', [...powerUp(), ...atIdle, check], 'busy'],
  [
    'a check at run time ends where it began, at idle',
    [...powerUp(), ...atIdle, check, checkFinished()],
    'idle',
  ],
  [
    'a check at run time ends where it began, at login',
    [...powerUp(), loginScreen, check, checkFinished()],
    'login',
  ],
  [
    'a check that restarts the phone leaves it busy',
    [...powerUp(), ...atIdle, check, checkFinished(2, 'reboot')],
    'busy',
  ],
  ['power cut in a check: off', [...powerUp(), check, { type: 'power.off' }, checkFinished(1, 'cut')], 'off'],
  ['an interrupted write: recovery', [...powerUp(), recovering], 'recovery'],
  [
    'recovery waits for its next try',
    [...powerUp(), recovering, { type: 'recovery.failed', attempt: 1, retryInMs: 1 }],
    'recovery',
  ],
  ['a check of the boot loader is still recovery', [...powerUp(), recovering, check], 'recovery'],
  [
    'a recovered phone is on its way',
    [...powerUp(), recovering, { type: 'software.started', software: 'x' }],
    'busy',
  ],
];

test.for(cases)('%s', ([, events, expected]) => {
  expect(events.reduce(foldStanding, standingOff).state).toBe(expected);
});
