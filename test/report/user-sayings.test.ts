import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { sayingsOf } from '../../src/report/sayings.ts';

const minute = 60_000;

const cases: [event: PhoneEvent, said: string][] = [
  [
    { type: 'question.asked', question: 'check-updates', expiresInMs: minute },
    'question: check for updates? Yes or No, within 1m',
  ],
  [
    { type: 'question.asked', question: 'scheduled-update', expiresInMs: minute, round: 2 },
    'question: a scheduled update: check now? (question 2 of 3) Yes or No, within 1m',
  ],
  [
    { type: 'question.asked', question: 'remote-update', expiresInMs: null, round: 1 },
    'question: an update asked for by check-sync: check now? (question 1 of 3) Yes or No, waits for a key',
  ],
  [
    { type: 'question.asked', question: 'install-section', section: 'TONES', expiresInMs: minute },
    'question: install [TONES]? Install or Later, within 1m',
  ],
  [
    {
      type: 'question.asked',
      question: 'accept-fingerprint',
      section: 'USER_KEYS',
      file: 'root.pem',
      fingerprint: 'AB:CD',
      expiresInMs: minute,
    },
    'question: accept root.pem, fingerprint AB:CD? Yes or No, within 1m',
  ],
  [
    { type: 'question.asked', question: 'enter-fingerprint', file: 'root.pem', expiresInMs: minute },
    'question: the fingerprint of root.pem? typed, then OK, within 1m',
  ],
  [
    { type: 'question.asked', question: 'pkcs12-password', file: 'dev.p12', expiresInMs: minute },
    'question: the password of dev.p12? typed, then OK, within 1m',
  ],
  [
    { type: 'question.answered', question: 'pkcs12-password', answer: 'typed', by: 'user' },
    'question: answered by the user',
  ],
  [
    { type: 'question.answered', question: 'check-updates', answer: 'yes', by: 'user' },
    'question: Yes, by the user',
  ],
  [
    { type: 'question.answered', question: 'scheduled-update', answer: 'yes', by: 'expiry' },
    'question: no key came: taken as Yes',
  ],
  [
    { type: 'question.answered', question: 'install-section', answer: 'no', by: 'expiry' },
    'question: no key came: taken as Later',
  ],
  [
    { type: 'question.answered', question: 'check-updates', answer: 'no', by: 'cancelled' },
    'question: taken off the screen: the matter is settled otherwise',
  ],
  [{ type: 'menu.opened', menu: 'services', item: 1 }, 'panel: Services'],
  [{ type: 'menu.opened', menu: 'services', item: 4 }, 'panel: Services, item 4'],
  [{ type: 'menu.opened', menu: 'more-keys', item: 1 }, 'panel: more soft keys'],
  [{ type: 'call.started', direction: 'incoming' }, 'call: incoming call is up'],
  [{ type: 'call.ended' }, 'call: ended'],
  [
    { type: 'call.refused', direction: 'incoming', why: 'dnd' },
    'call: incoming call answered busy: Do Not Disturb is on',
  ],
  [
    { type: 'call.refused', direction: 'outgoing', why: 'logged-out' },
    'call: no call is made: nobody is logged in',
  ],
  [{ type: 'call.dropped' }, 'call: dropped: the phone restarted or lost power'],
  [{ type: 'logout.done', user: '2001@example.com' }, 'logout: 2001@example.com is logged out'],
  [{ type: 'logout.refused', why: 'bound' }, 'logout: refused: bound'],
  [
    {
      type: 'notify.received',
      from: '192.0.2.10',
      event: 'check-sync',
      status: 200,
      outcome: 'check',
      why: 'asked',
    },
    'NOTIFY: from 192.0.2.10: check-sync, answered 200',
  ],
  [
    {
      type: 'notify.received',
      from: '192.0.2.66',
      event: 'check-sync',
      status: null,
      outcome: 'dropped',
      why: 'unknown-sender',
    },
    'NOTIFY: from 192.0.2.66: dropped, none of SERVER_IPx_y',
  ],
  [{ type: 'sntp.asked', server: '192.0.2.7' }, 'time: asking 192.0.2.7'],
  [
    { type: 'sntp.answered', server: '192.0.2.7', offsetMs: 1500, roundTripMs: 2, stratum: 3 },
    'time: 192.0.2.7 answered within 2ms',
  ],
  [
    {
      type: 'sntp.failed',
      server: '192.0.2.7',
      code: 'KISS_OF_DEATH',
      detail: 'the server refuses to serve, with the code RATE',
      retryInMs: 15 * minute,
    },
    'time: 192.0.2.7: KISS_OF_DEATH, the server refuses to serve, with the code RATE; asked again in 15m',
  ],
  [{ type: 'clock.set', how: 'sntp', byMs: 1500 }, 'clock: set by a time server, moved forward by 1.5s'],
  [
    { type: 'clock.set', how: 'given', byMs: -2 * minute },
    'clock: set by somebody other than a time server, moved back by 2m',
  ],
  [{ type: 'clock.set', how: 'sntp', byMs: 0 }, 'clock: set by a time server, it was right'],
  [
    { type: 'poll.due', date: '2026-03-03', follows: 'question' },
    'poll: the one of 2026-03-03 is due: the user is asked first',
  ],
  [
    { type: 'poll.due', date: '2026-03-03', follows: 'nothing' },
    'poll: the one of 2026-03-03 is due: nothing follows, a check is running',
  ],
];

test.for(cases)('$1', ([event, said]) => {
  expect(sayingsOf(event).map(({ subject, text }) => `${subject}: ${text}`)).toEqual([said]);
});
