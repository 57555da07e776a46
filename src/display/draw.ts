import type { UserProfile } from '../events/phone-event.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { ofUser, type UserFileKind } from '../provisioning/user-file.ts';
import type { SectionName } from '../provisioning/words.ts';
import { drawMenu } from './draw-menu.ts';
import type { MenuSettings } from './menu.ts';
import { type MessageId, message } from './messages.ts';
import { type AskingScreen, isHiddenAnswer, type Screen } from './screen.ts';

/** What stands on a screen beside the screen itself. */
export interface Furniture extends MenuSettings {
  readonly model: string;
  readonly mac: string;
  /** Of the last check; empty: none. */
  readonly server: string;
  /** Of the phone; empty: not told. */
  readonly address: string;
  readonly profiles: Readonly<Record<string, UserProfile>>;
  readonly checkAtIdle: boolean;
  readonly user: string;
  readonly inCall: boolean;
  readonly dnd: boolean;
  /** The last failure of the last check; empty: none. */
  readonly notice: string;
}

/**
 * Paragraphs from the top, the last of them at the bottom when `bottom` is given. The caller wraps and cuts
 * them.
 */
export interface Drawing {
  readonly top: readonly string[];
  readonly bottom?: string;
  /** The paragraph of `top` that has to be seen; those before it, but for the first, make room. */
  readonly cursor?: number;
  /** So many paragraphs behind the first are out of sight, if not all fit. */
  readonly scrolled?: number;
}

/** A screen as text, before it is cut to a panel's lines. */
export function draw(screen: Screen, furniture: Furniture): Drawing {
  switch (screen.name) {
    case 'off':
      return plain([]);
    case 'power-on':
      return plain([message('maker'), message('phoneName', furniture.model)]);
    case 'boot-loader':
      return plain([
        message('bootLoader'),
        screen.inSeconds === null
          ? message('starting')
          : message('caStartingPrompt', twoDigits(screen.inSeconds)),
      ]);
    case 'recovery':
      return plain([
        message('recovering', screen.attempt, screen.attemptsMax),
        message('caAttemptTFTP'),
        message('doNotSwitchOff'),
      ]);
    case 'recovery-failed':
      return plain([
        message('recoveryFailed'),
        ...(screen.retryInSeconds === null ? [] : [message('nextTry', screen.retryInSeconds)]),
      ]);
    case 'starting':
      return plain([message('phoneName', furniture.model), message('starting'), screen.software]);
    case 'dhcp':
      return plain([message('caStartDHCPPrompt')]);
    case 'no-dhcp':
      return plain([message('caUnreachDHCPPrompt')]);
    case 'network':
      return plain([
        message('caConnectingPrompt'),
        ...(screen.address === null ? [] : [message('address', screen.address)]),
      ]);
    case 'locating-server':
      return atWork([message('caLocatingServer'), screen.server], furniture);
    case 'updating':
      return atWork([message(groupMessage(screen.what)), message('caFilePrompt', screen.file)], furniture);
    case 'updating-firmware':
      return atWork([message('caUpdatingFW'), progress(screen), message('doNotSwitchOff')], furniture);
    case 'writing':
      return plain([message('caWriting'), screen.software, message('doNotSwitchOff')]);
    case 'notice':
      return plain([screen.text]);
    case 'restarting':
      return plain([
        screen.inSeconds === 0 ? message('restarting') : message('caRestarting', screen.inSeconds),
      ]);
    case 'login':
      return {
        top: [message('phoneName', furniture.model), message('login'), ...said(screen.why)],
        bottom: furniture.notice,
      };
    case 'logging-in':
      return plain([message('loggingIn'), screen.user]);
    case 'banner':
      return plain([screen.text]);
    case 'idle':
      return drawIdle(furniture);
    case 'question':
      return plain(questionTexts[screen.question](screen));
    case 'menu':
      return drawMenu(screen, furniture) ?? drawIdle(furniture);
  }
}

/** While its user may go on working, the panel answers what is pressed. */
function atWork(top: readonly string[], { checkAtIdle, notice }: Furniture): Drawing {
  return checkAtIdle ? { top, bottom: notice } : { top };
}

/** Documented: vendor model, BANNER is for new users, and with FORCE_BANNER YES for all. */
function bannerOf({ settings, user, profiles }: Furniture): string {
  const own = settingOf(settings, 'FORCE_BANNER') === 'YES' ? undefined : ofUser(profiles, user);
  return own?.preferences['prefs.banner']?.value ?? settingOf(settings, 'BANNER');
}

function drawIdle(furniture: Furniture): Drawing {
  const { user, inCall, dnd, notice } = furniture;
  return {
    top: [
      bannerOf(furniture),
      user,
      ...(inCall ? [message('inCall')] : []),
      ...(dnd ? [message('doNotDisturb')] : []),
    ],
    bottom: notice,
  };
}

const scheduledUpdate = () => [message('PromptAutoUpdateL1'), message('PromptAutoUpdateL2')];

type QuestionText = (screen: AskingScreen) => readonly string[];
const questionTexts: Readonly<Record<AskingScreen['question'], QuestionText>> = {
  'check-updates': () => [message('CheckUpdatesL1')],
  'scheduled-update': scheduledUpdate,
  'remote-update': scheduledUpdate,
  'install-section': ({ section }) => [message('caUpdateAvail'), message('caUpgradeSec2', section ?? '')],
  'accept-fingerprint': ({ file, fingerprint }) => [message('acceptFile', file), fingerprint],
  'enter-fingerprint': (screen) => [message('fingerprintOf', screen.file), typedAnswer(screen)],
  'pkcs12-password': (screen) => [message('passwordOf', screen.file), typedAnswer(screen)],
};

function typedAnswer({ question, typed }: AskingScreen): string {
  return isHiddenAnswer(question) ? '*'.repeat([...typed].length) : typed;
}

function plain(top: readonly string[]): Drawing {
  return { top };
}

function said(text: string): string[] {
  return text === '' ? [] : [text];
}

const groupMessages: Readonly<Partial<Record<SectionName | UserFileKind, MessageId>>> = {
  DEVICE_CONFIG: 'caUpdateSysCfg',
  LANGUAGE: 'caUpdateLangs',
  DIALING_PLAN: 'caUpdateDialplan',
  TONES: 'caUpdateTones',
  IMAGES: 'caUpdateImages',
  LOGIN_BANNER: 'caUpdateLoginBanner',
  'speed-dials': 'caUpdateSpeedDialList',
};

function groupMessage(what: SectionName | UserFileKind | null): MessageId {
  return what === null ? 'caConnectingPrompt' : (groupMessages[what] ?? 'caDownloadingUpdates');
}

function progress({ bytes, sizeBytes }: { bytes: number; sizeBytes: number | null }): string {
  if (sizeBytes === null || sizeBytes === 0) return message('kilobytes', Math.floor(bytes / 1000));
  return message('percent', Math.min(100, Math.floor((100 * bytes) / sizeBytes)));
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
