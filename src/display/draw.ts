import type { SectionName } from '../provisioning/words.ts';
import { blankSoftKeys, type SoftKeys } from './geometry.ts';
import { type MessageId, message } from './messages.ts';
import type { Screen } from './screen.ts';

/** What stands on a screen beside the screen itself. */
export interface Furniture {
  readonly model: string;
  readonly banner: string;
  readonly user: string;
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
  readonly softKeys: SoftKeys;
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
    case 'network':
      return plain([
        message('caConnectingPrompt'),
        ...(screen.address === null ? [] : [message('address', screen.address)]),
      ]);
    case 'locating-server':
      return plain([message('caLocatingServer'), screen.server]);
    case 'updating':
      return plain([message(groupMessage(screen.section)), message('caFilePrompt', screen.file)]);
    case 'updating-firmware':
      return plain([message('caUpdatingFW'), progress(screen), message('doNotSwitchOff')]);
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
        softKeys: ['Login', '', '', ''],
      };
    case 'logging-in':
      return plain([message('loggingIn'), screen.user]);
    case 'banner':
      return { top: [screen.text], softKeys: ['OK', '', '', ''] };
    case 'idle':
      return {
        top: [furniture.banner, furniture.user, ...(furniture.dnd ? [message('doNotDisturb')] : [])],
        bottom: furniture.notice,
        // Documented: Services is a soft key on the 1200 (M44 p45), labelled Srvcs (S43 p39). Assumed: its
        // neighbours.
        softKeys: ['Redial', 'Msgs', 'Srvcs', 'More..'],
      };
  }
}

function plain(top: readonly string[]): Drawing {
  return { top, softKeys: blankSoftKeys };
}

function said(text: string): string[] {
  return text === '' ? [] : [text];
}

const groupMessages: Readonly<Partial<Record<SectionName, MessageId>>> = {
  DEVICE_CONFIG: 'caUpdateSysCfg',
  LANGUAGE: 'caUpdateLangs',
  DIALING_PLAN: 'caUpdateDialplan',
  TONES: 'caUpdateTones',
  IMAGES: 'caUpdateImages',
  LOGIN_BANNER: 'caUpdateLoginBanner',
};

function groupMessage(section: SectionName | null): MessageId {
  return section === null ? 'caConnectingPrompt' : (groupMessages[section] ?? 'caDownloadingUpdates');
}

function progress({ bytes, sizeBytes }: { bytes: number; sizeBytes: number | null }): string {
  if (sizeBytes === null || sizeBytes === 0) return message('kilobytes', Math.floor(bytes / 1000));
  return message('percent', Math.min(100, Math.floor((100 * bytes) / sizeBytes)));
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
