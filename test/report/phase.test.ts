import { expect, test } from 'vitest';
import { foldStanding, standingOff } from '../../src/display/phone-state.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { type Phase, phaseAfter } from '../../src/report/phase.ts';
import { NEW_LOAD, OLD_LOAD } from './journals.ts';

/** What a phone was at, each as long as it was another. */
function phasesOf(events: readonly PhoneEvent[]): Phase[] {
  let standing = standingOff;
  const told: Phase[] = ['off'];
  for (const event of events) {
    standing = foldStanding(standing, event);
    const phase = phaseAfter(told.at(-1) ?? 'off', event, standing.state);
    if (phase !== told.at(-1)) told.push(phase);
  }
  return told;
}

const boot: readonly PhoneEvent[] = [
  { type: 'power.on' },
  { type: 'boot-loader.started' },
  { type: 'software.started', software: OLD_LOAD },
  { type: 'update.started', check: 1, trigger: 'power-up', server: 'http://127.0.0.1' },
];
const up: readonly PhoneEvent[] = [
  { type: 'update.finished', check: 1, trigger: 'power-up', result: 'done' },
  { type: 'login.started', user: '1001@example.com', how: 'automatic' },
  { type: 'login.succeeded', user: '1001@example.com' },
  { type: 'phone.idle' },
];

const stories: [title: string, events: readonly PhoneEvent[], phases: readonly Phase[]][] = [
  [
    'a boot to idle',
    [...boot, ...up],
    ['off', 'boot-loader', 'starting', 'checking', 'starting', 'logging-in', 'idle'],
  ],
  [
    'new firmware and its restart',
    [
      ...boot,
      { type: 'firmware.writing', from: OLD_LOAD, to: NEW_LOAD },
      { type: 'firmware.written', software: NEW_LOAD },
      { type: 'update.finished', check: 1, trigger: 'power-up', result: 'reboot' },
      { type: 'phone.restarting', why: 'firmware', inMs: 0 },
      { type: 'phone.restarted', why: 'firmware' },
    ],
    [
      'off',
      'boot-loader',
      'starting',
      'checking',
      'writing',
      'checking',
      'starting',
      'restarting',
      'boot-loader',
    ],
  ],
  [
    'a check while idle ends idle',
    [
      ...boot,
      ...up,
      { type: 'update.started', check: 2, trigger: 'poll', server: 'http://127.0.0.1' },
      { type: 'update.finished', check: 2, trigger: 'poll', result: 'done' },
    ],
    ['off', 'boot-loader', 'starting', 'checking', 'starting', 'logging-in', 'idle', 'checking', 'idle'],
  ],
  [
    'power cut in a check',
    [...boot, { type: 'power.off' }],
    ['off', 'boot-loader', 'starting', 'checking', 'off'],
  ],
  [
    'an image half written, tried again',
    [
      { type: 'power.on' },
      { type: 'recovery.started', attempt: 1, attemptsMax: 10 },
      { type: 'update.started', check: 1, trigger: 'power-up', server: 'tftp://127.0.0.1' },
      { type: 'firmware.writing', from: OLD_LOAD, to: NEW_LOAD },
    ],
    ['off', 'boot-loader', 'recovery', 'writing'],
  ],
];

test.for(stories)('%s', ([, events, phases]) => {
  expect(phasesOf(events)).toEqual(phases);
});
