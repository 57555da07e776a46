import { formatDuration } from '../clock/durations.ts';
import { menuTitle } from '../display/menu.ts';
import { message } from '../display/messages.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { NotifyReason } from '../events/wire-facts.schema.ts';
import { networkSayingsOf } from './network-sayings.ts';
import type { Tone } from './palette.ts';
import { type Saying, say } from './saying.ts';
import { shownValue } from './secrets.ts';

/** What is said of users, their keys, calls and questions, of polls and of the time. */
export function userSayingsOf(event: PhoneEvent): Saying[] {
  switch (event.type) {
    case 'login.shown':
      return [say('login', event.why === '' ? 'login screen' : `login screen: ${event.why}`, 'strong')];
    case 'login.refused':
      return [say('login', `${event.user} refused: ${event.why}`, 'bad')];
    case 'login.succeeded':
      return [say('login', `${event.user} is logged in`)];
    case 'user-file.taken':
      return [say(event.file, taken(event))];
    case 'banner.shown':
      return [say('banner', 'the login banner waits for OK', 'strong')];
    case 'phone.idle':
      return [say('idle', 'the phone is up', 'good')];
    case 'question.asked':
      return [say('question', asked(event), 'strong')];
    case 'question.answered':
      return [say('question', answered(event))];
    case 'menu.opened':
      return [say('panel', opened(event), 'quiet')];
    case 'setting.entered':
      return [say('panel', `${event.setting} ${shownValue(event.setting, event.value)}`, 'quiet')];
    case 'call.started':
      return [say('call', `${event.direction} call is up`)];
    case 'call.ended':
      return [say('call', 'ended')];
    case 'call.refused':
      return [say('call', `${refusedCalls[event.direction]}: ${callRefusals[event.why]}`, 'doubtful')];
    case 'call.dropped':
      return [say('call', 'dropped: the phone restarted or lost power', 'bad')];
    case 'logout.done':
      return [
        say('logout', event.user === '' ? 'nobody is logged in any more' : `${event.user} is logged out`),
      ];
    case 'logout.refused':
      return [say('logout', `refused: ${event.why}`, 'bad')];
    case 'notify.received':
      return [say('NOTIFY', `from ${event.from}: ${notifyAnswers[event.why]}`, toneOf(event))];
    case 'sntp.asked':
      return [say('time', `asking ${event.server}`, 'quiet')];
    case 'sntp.answered':
      return [say('time', `${event.server} answered within ${formatDuration(event.roundTripMs)}`, 'quiet')];
    case 'sntp.failed':
      return [say('time', `${event.server}: ${event.code}, ${event.detail}; ${again(event)}`, 'doubtful')];
    case 'clock.set':
      return [say('clock', `set by ${clockSources[event.how]}, ${moved(event.byMs)}`, 'quiet')];
    case 'poll.due':
      return [say('poll', `the one of ${event.date} is due: ${pollConsequences[event.follows]}`, 'strong')];
    default:
      return networkSayingsOf(event);
  }
}

const entryNouns: Readonly<Record<Fact<'user-file.taken'>['kind'], string>> = {
  'user-file': 'files named',
  'address-book': 'contacts',
  'custom-keys': 'keys',
  'speed-dials': 'speed dials',
};

function taken({ user, kind, entries }: Fact<'user-file.taken'>): string {
  return `${entryNouns[kind]}: ${entries}, of ${user}`;
}

type Question = Fact<'question.asked'>['question'];

const questions: Readonly<Record<Question, string>> = {
  'check-updates': 'check for updates?',
  'scheduled-update': 'a scheduled update: check now?',
  'remote-update': 'an update asked for by check-sync: check now?',
  'install-section': 'install',
  'accept-fingerprint': 'accept',
  'enter-fingerprint': 'the fingerprint of',
  'pkcs12-password': 'the password of',
};

const keysOfQuestion: Readonly<Partial<Record<Question, string>>> = {
  'install-section': 'Install or Later',
  'enter-fingerprint': 'typed, then OK',
  'pkcs12-password': 'typed, then OK',
};

/** Documented: R4.4 user guide, an update is asked about three times. */
const ROUNDS = 3;

function asked({ question, section, file, fingerprint, round, expiresInMs }: Fact<'question.asked'>): string {
  const keys = keysOfQuestion[question] ?? 'Yes or No';
  const about = file ?? (section === undefined ? undefined : `[${section}]`);
  const shown = fingerprint === undefined ? '' : `, fingerprint ${fingerprint}`;
  const what = about === undefined ? questions[question] : `${questions[question]} ${about}${shown}?`;
  const which = round === undefined ? '' : ` (question ${round} of ${ROUNDS})`;
  const limit = expiresInMs === null ? 'waits for a key' : `within ${formatDuration(expiresInMs)}`;
  return `${what}${which} ${keys}, ${limit}`;
}

function answered({ question, answer, by }: Fact<'question.answered'>): string {
  if (answer === 'typed') return 'answered by the user';
  if (by === 'cancelled') return 'taken off the screen: the matter is settled otherwise';
  const [yes, no] = question === 'install-section' ? ['Install', 'Later'] : ['Yes', 'No'];
  const word = answer === 'yes' ? yes : no;
  return by === 'user' ? `${word}, by the user` : `no key came: taken as ${word}`;
}

function opened({ menu, item }: Fact<'menu.opened'>): string {
  const title = menuTitle(menu);
  const shown = title === undefined ? 'more soft keys' : message(title);
  return item === 1 ? shown : `${shown}, item ${item}`;
}

const refusedCalls: Readonly<Record<Fact<'call.refused'>['direction'], string>> = {
  incoming: 'incoming call answered busy',
  outgoing: 'no call is made',
};

const callRefusals: Readonly<Record<Fact<'call.refused'>['why'], string>> = {
  dnd: 'Do Not Disturb is on',
  banner: 'the login banner waits for OK',
  'in-call': 'a call is up',
  'logged-out': 'nobody is logged in',
};

const clockSources: Readonly<Record<Fact<'clock.set'>['how'], string>> = {
  sntp: 'a time server',
  given: 'somebody other than a time server',
};

/** What became of a NOTIFY, in a few words. */
export const notifyAnswers: Readonly<Record<NotifyReason, string>> = {
  asked: 'check-sync, answered 200',
  'unknown-sender': 'dropped, none of SERVER_IPx_y',
  'other-event': 'answered 489, its Event is not check-sync',
  'remote-check-off': 'answered 489, REMOTE_CHECK_FOR_UPDATE is NO',
  'logged-out': 'answered 481, nobody is logged in',
  'check-running': 'answered 200 and ignored, a check is running',
};

function toneOf({ outcome }: Fact<'notify.received'>): Tone {
  return outcome === 'check' ? 'strong' : 'doubtful';
}

function again({ retryInMs }: Fact<'sntp.failed'>): string {
  return `asked again in ${formatDuration(retryInMs)}`;
}

function moved(byMs: number): string {
  if (byMs === 0) return 'it was right';
  return `moved ${byMs > 0 ? 'forward' : 'back'} by ${formatDuration(Math.abs(byMs))}`;
}

const pollConsequences: Readonly<Record<Fact<'poll.due'>['follows'], string>> = {
  question: 'the user is asked first',
  check: 'a check begins',
  joined: 'it joins the question on the screen',
  nothing: 'nothing follows, a check is running',
};
