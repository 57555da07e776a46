import { formatDuration } from '../clock/durations.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { refusedUpdateReasons, restartReasons, sayNoPoll, triggerWords } from './reasons.ts';
import { type Saying, say } from './saying.ts';
import { userSayingsOf } from './user-sayings.ts';

/**
 * Facts that speak for themselves, as sentences. The others (transfers, decisions, problems) need `Timeline`.
 */
export function sayingsOf(event: PhoneEvent): Saying[] {
  switch (event.type) {
    case 'power.off':
      return [say('power off', '', 'strong')];
    case 'boot-loader.started':
      return event.startsInMs === undefined || event.startsInMs === 0
        ? []
        : [say('boot loader', `starts the software in ${formatDuration(event.startsInMs)}`, 'quiet')];
    case 'recovery.started': {
      const attempt = `try ${event.attempt} of ${event.attemptsMax}`;
      return [
        say(
          'recovery',
          `the image in flash is half written: looking for a boot file, ${attempt}`,
          'doubtful',
        ),
      ];
    }
    case 'recovery.failed': {
      const next = event.retryInMs === null ? 'given up' : `again in ${formatDuration(event.retryInMs)}`;
      return [say('recovery', `no image could be had: ${next}`, 'bad')];
    }
    case 'network.ready':
      return event.address === null ? [] : [say('network', `${event.address} (${event.how})`, 'quiet')];
    case 'update.started':
      return [
        say(`check ${event.check}`, `${triggerWords[event.trigger]}, asking ${event.server}`, 'strong'),
      ];
    case 'update.refused': {
      const why = refusedUpdateReasons[event.why];
      return [say('check', `${triggerWords[event.trigger]} refused: ${why}`, 'doubtful')];
    }
    case 'update.finished':
      return [say(`check ${event.check}`, checkEnds[event.result], 'strong')];
    case 'provisioning-file.read':
      return [provisioningFileRead(event)];
    case 'section.finished':
      return sectionFinished(event);
    case 'flash.written':
      return event.changes.flatMap((change) =>
        change.change === 'files-erased' && change.names.length > 0
          ? [say(`[${change.section}]`, `erased from flash: ${change.names.join(', ')}`)]
          : [],
      );
    case 'flash.failed':
      return [say('flash', `could not be written: ${event.message}`, 'bad')];
    case 'firmware.writing':
      return [say('[FW]', `writing ${event.to} over ${event.from}`)];
    case 'firmware.written':
      return [say('[FW]', 'written; it runs after the restart', 'good')];
    case 'firmware.identical':
      return [say('[FW]', `${event.software} runs already: not written, no restart`)];
    case 'phone.restarting': {
      const when = event.inMs === 0 ? 'at once' : `in ${formatDuration(event.inMs)}`;
      return [say('restart', `${restartReasons[event.why]}, ${when}`, 'strong')];
    }
    case 'memory.failed':
      return [say('memory', `${event.severity} error found`, 'bad')];
    case 'dnd.enabled':
      return [say('DND', `on, by the ${event.by}`, 'quiet')];
    case 'dnd.disabled':
      return [say('DND', `off, by the ${event.by}`, 'quiet')];
    case 'poll.scheduled':
      return [say('next poll', event.instant, 'quiet')];
    case 'poll.not-scheduled':
      return [say('next poll', `none: ${sayNoPoll(event.because)}`, 'quiet')];
    default:
      return userSayingsOf(event);
  }
}

const checkEnds: Readonly<Record<Fact<'update.finished'>['result'], string>> = {
  done: 'done',
  'nothing-due': 'done: nothing was due',
  'no-provisioning-file': 'ended without a provisioning file: the phone goes on with what flash holds',
  reboot: 'ends in a restart; the rest waits for the next check',
  cut: 'cut off',
};

function provisioningFileRead({ file, sections, cutOff }: Fact<'provisioning-file.read'>): Saying {
  if (sections.length === 0) return say(file, 'holds no section a phone knows', 'bad');
  const count = sections.length === 1 ? '1 section' : `${sections.length} sections`;
  const end = cutOff ? ', then cut off by an over-long line' : '';
  return say(file, `${count}: ${sections.join(' ')}${end}`, cutOff ? 'bad' : 'quiet');
}

function sectionFinished({ section, result, version, error }: Fact<'section.finished'>): Saying[] {
  const subject = `[${section}]`;
  switch (result) {
    case 'stored':
      return [say(subject, `stored, ${versionWords(version)}`, 'good')];
    case 'identical':
      return [say(subject, `identical to what the phone has, ${versionWords(version)}`)];
    case 'kept':
      return [
        say(
          subject,
          `not completed${error === undefined ? '' : ` (${error})`}, still ${versionWords(version)}`,
          'bad',
        ),
      ];
    case 'none':
      return [];
  }
}

function versionWords(version: string | null): string {
  if (version === null) return 'without a version';
  return version === '' ? 'an empty version' : `version ${version}`;
}
