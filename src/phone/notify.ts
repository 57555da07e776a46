import type { PhoneEvent } from '../events/phone-event.ts';
import { type CheckSyncManner, checkSyncManner } from '../provisioning/check-sync-manner.ts';
import { judgeNotify, type NotifyVerdict } from '../provisioning/notify-rules.ts';
import { settingOf, UNSET_ADDRESS } from '../provisioning/parameters.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { quote } from '../provisioning/quote.ts';
import type { PhoneCommand } from './command.ts';
import type { PhoneProgress } from './phone-progress.ts';
import { toldProblem } from './told.ts';

export type Notify = Extract<PhoneCommand, { type: 'notify.receive' }>;

/** Whether a NOTIFY starts an update, if no check is running. */
export function acceptsNotify(progress: PhoneProgress, notify: Notify): boolean {
  return verdictOn(progress, notify, 'no-check').outcome === 'check';
}

/** What the phone answers to a NOTIFY, and why. */
export function notifyAnswered(
  progress: PhoneProgress,
  notify: Notify,
  meanwhile: 'no-check' | 'check-running',
): readonly PhoneEvent[] {
  const { status, outcome, why } = verdictOn(progress, notify, meanwhile);
  const { from, event } = notify;
  const answered: PhoneEvent = {
    type: 'notify.received',
    from,
    event,
    status: status === 'drop' ? null : status,
    outcome,
    why,
  };
  if (why === 'asked') return [answered];
  const code = why === 'check-running' ? 'CHECK_IGNORED' : 'NOTIFY_REFUSED';
  const message = `NOTIFY from ${from} ${refusals[why](event)}`;
  return [answered, toldProblem(problem(code, { message }))];
}

/** What comes between a check-sync and its check, with the software that runs. */
export function mannerOf({ unit }: PhoneProgress): CheckSyncManner {
  return checkSyncManner(unit.setup.flash.read().software, unit.world.quirks.checkSync);
}

const refusals: Readonly<Record<Exclude<NotifyVerdict['why'], 'asked'>, (event: string) => string>> = {
  'unknown-sender': () => 'dropped: PROXY_CHECKING is YES, and it is none of SERVER_IPx_y',
  'other-event': (event) => `answered 489: its Event is ${quote(event)}; expected check-sync`,
  'remote-check-off': () => 'answered 489: REMOTE_CHECK_FOR_UPDATE is NO',
  'logged-out': () => 'answered 481: nobody is logged in',
  'check-running': () => 'answered 200 and ignored: a check is under way',
};

function verdictOn(
  { unit, user }: PhoneProgress,
  { from, event }: Notify,
  meanwhile: 'no-check' | 'check-running',
): NotifyVerdict {
  const { settings } = unit.setup.flash.read();
  const { notifyFrom = [] } = unit.setup;
  return judgeNotify({
    event,
    from,
    remoteCheckForUpdate: settingOf(settings, 'REMOTE_CHECK_FOR_UPDATE') === 'YES',
    loggedIn: user === 'logged-in',
    checkRunning: meanwhile === 'check-running',
    proxyChecking: settingOf(settings, 'PROXY_CHECKING') === 'YES',
    knownProxies: [...proxiesOf(settings), ...(notifyFrom === 'anyone' ? [] : notifyFrom)],
    anyAllowed: notifyFrom === 'anyone',
  });
}

/** Documented (vendor model): SERVER_IPx_y, five domains with two proxies each. */
const proxyNames = [1, 2, 3, 4, 5].flatMap((x) => [`SERVER_IP${x}_1`, `SERVER_IP${x}_2`]);

function proxiesOf(settings: Parameters<typeof settingOf>[0]): readonly string[] {
  return proxyNames.map((name) => settingOf(settings, name)).filter((address) => address !== UNSET_ADDRESS);
}
