import { expect, test } from 'vitest';
import { checkSyncManner } from '../../src/provisioning/check-sync-manner.ts';
import {
  judgeNotify,
  type NotifySituation,
  type NotifyVerdict,
} from '../../src/provisioning/notify-rules.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';

const ready: NotifySituation = {
  event: 'check-sync',
  from: '192.0.2.5',
  remoteCheckForUpdate: true,
  loggedIn: true,
  checkRunning: false,
  proxyChecking: false,
  knownProxies: ['192.0.2.10', '192.0.2.11'],
  anyAllowed: false,
};

const check: NotifyVerdict = { status: 200, outcome: 'check', why: 'asked' };
const otherEvent: NotifyVerdict = { status: 489, outcome: 'ignored', why: 'other-event' };
const remoteOff: NotifyVerdict = { status: 489, outcome: 'ignored', why: 'remote-check-off' };
const loggedOut: NotifyVerdict = { status: 481, outcome: 'ignored', why: 'logged-out' };
const running: NotifyVerdict = { status: 200, outcome: 'ignored', why: 'check-running' };
const dropped: NotifyVerdict = { status: 'drop', outcome: 'dropped', why: 'unknown-sender' };

const verdicts: [title: string, situation: Partial<NotifySituation>, expected: NotifyVerdict][] = [
  ['check-sync starts a check', {}, check],
  ['another event is not known', { event: 'talk' }, otherEvent],
  ['an event is compared byte by byte', { event: 'Check-Sync' }, otherEvent],
  ['a NOTIFY without an event is of another', { event: '' }, otherEvent],
  ['REMOTE_CHECK_FOR_UPDATE NO does not know check-sync', { remoteCheckForUpdate: false }, remoteOff],
  [
    'REMOTE_CHECK_FOR_UPDATE NO goes before logged out',
    { remoteCheckForUpdate: false, loggedIn: false },
    remoteOff,
  ],
  ['a phone without a user has nobody to notify', { loggedIn: false }, loggedOut],
  ['logged out goes before a running check', { loggedIn: false, checkRunning: true }, loggedOut],
  ['a check that runs is enough', { checkRunning: true }, running],
  ['PROXY_CHECKING YES drops what comes from elsewhere', { proxyChecking: true }, dropped],
  ['it drops other events too', { proxyChecking: true, event: 'talk' }, dropped],
  ['it drops all when there is no proxy', { proxyChecking: true, knownProxies: [] }, dropped],
  ['PROXY_CHECKING YES lets a proxy through', { proxyChecking: true, from: '192.0.2.11' }, check],
  ['the user may let everybody through', { proxyChecking: true, anyAllowed: true }, check],
];
test.for(verdicts)('%s', ([, situation, expected]) => {
  expect(judgeNotify({ ...ready, ...situation })).toEqual(expected);
});

const byRelease: [load: string, expected: ReturnType<typeof checkSyncManner>][] = [
  ['SIP12x003.02.16.00', 'key'],
  ['SIP12x004.01.13.00', 'key'],
  ['SIP12x004.02.99.99', 'key'],
  ['SIP12x004.03.00.00', 'silent'],
  ['SIP12x004.03.18.00', 'silent'],
  ['SIP12x004.04.00.00', 'dialogue'],
  ['SIP12x004.04.33.00', 'dialogue'],
  ['SIP12x005.00.00.00', 'dialogue'],
  ['062AC7J', 'dialogue'],
];
test.for(byRelease)('%s takes a check-sync by %s', ([load, expected]) => {
  expect(checkSyncManner(load, defaultQuirks.checkSync)).toBe(expected);
});

test.for(['key', 'silent', 'dialogue'] as const)(
  'quirks.checkSync can make it %s whatever the release',
  (quirk) => {
    expect(byRelease.map(([load]) => checkSyncManner(load, quirk))).toEqual(byRelease.map(() => quirk));
  },
);
