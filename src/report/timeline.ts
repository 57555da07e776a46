import { formatDuration } from '../clock/durations.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { SectionName } from '../provisioning/words.ts';
import { lookAt } from './look-at.ts';
import type { Tone } from './palette.ts';
import { decisionReasons, restartReasons } from './reasons.ts';
import { counted } from './result-words.ts';
import { type Saying, say } from './saying.ts';
import { sayingsOf } from './sayings.ts';
import { formatBytes } from './sizes.ts';
import { whence } from './whence.ts';

/** One line of the timeline as data; `timeline-text.ts` lays it out. */
export interface TimelineLine extends Saying {
  /** Ms since the run's start. */
  readonly at: number;
  /** What to look at first when something went wrong; said once a code. */
  readonly hint?: string;
}

/** So many repeats of one request are told; of the rest only the count, when it ends. */
const REPEATS_TOLD_MAX = 3;

/** `resume`: already up as the story begins, which no fact tells: power came on in an earlier one. */
type StoryStart = 'power-on' | 'resume';
type Start = Fact<'power.on'> | Fact<'phone.restarted'>;
type Hinted = Saying & { readonly hint?: string };

/** Tells one phone's facts as lines for people. Most facts make one line, some none. */
export class Timeline {
  #software = '';
  /** A start that waits for what flash holds, to be told with it. */
  #start: Start | undefined;
  readonly #requests = new Map<number, { readonly asked: Fact<'file.requested'>; repeats: number }>();
  /**
   * Codes that other facts of this check have told, with their section: a problem with such a code says
   * nothing new.
   */
  readonly #told = new Set<string>();
  readonly #hinted = new Set<string>();
  /** Of the next `power.on`; all after the first are real. */
  #storyStart: StoryStart;

  constructor(storyStart: StoryStart = 'power-on') {
    this.#storyStart = storyStart;
  }

  tell({ at, event }: JournalEntry): TimelineLine[] {
    const start = this.#start;
    this.#start = event.type === 'power.on' || event.type === 'phone.restarted' ? event : undefined;
    const lines = event.type === 'flash.read' ? this.#flashRead(event, start) : this.#linesOf(event);
    const late = start === undefined || event.type === 'flash.read' ? [] : [this.#startOf(start, '')];
    return [...late, ...lines].map((line) => ({ at, ...line }));
  }

  #linesOf(event: PhoneEvent): Hinted[] {
    switch (event.type) {
      case 'update.started':
        this.#told.clear();
        return sayingsOf(event);
      case 'update.refused':
        this.#remember(event.why === 'check-running' ? 'CHECK_IGNORED' : 'CHECK_REFUSED');
        return sayingsOf(event);
      case 'software.started':
        return this.#softwareStarted(event);
      case 'section.decided':
        return [this.#decided(event)];
      case 'file.requested':
        this.#requests.set(event.request, { asked: event, repeats: 0 });
        return [];
      case 'file.repeated':
        return this.#repeated(event);
      case 'file.received':
        return [this.#received(event)];
      case 'file.left':
        return [this.#left(event)];
      case 'file.failed':
        return [this.#failed(event)];
      case 'file.refused':
        return [this.#refused(event)];
      case 'provisioning-file.refused':
        return [this.#planRefused(event)];
      case 'flash.failed':
        this.#remember('FLASH');
        return sayingsOf(event).map((line) => ({ ...line, ...this.#hint('FLASH') }));
      case 'problem.told':
        return this.#problem(event);
      default:
        return sayingsOf(event);
    }
  }

  #flashRead(event: Fact<'flash.read'>, start: Start | undefined): Hinted[] {
    this.#software = event.software;
    const running = `${event.model} ${withColons(event.mac)} running ${event.software}`;
    const nobody = this.#storyStart === 'resume' && event.user === null;
    return [
      start === undefined ? say('phone', running, 'strong') : this.#startOf(start, running),
      say('flash', holdings(event), 'quiet'),
      ...(nobody
        ? [say('login', 'flash names no user: the phone is taken for one with a user logged in')]
        : []),
    ];
  }

  #startOf(start: Start, running: string): Saying {
    if (start.type === 'phone.restarted') {
      const why = restartReasons[start.why];
      return say('restarted', running === '' ? why : `${why}: ${running}`, 'strong');
    }
    const subject = this.#storyStart === 'resume' ? 'already up' : 'power on';
    this.#storyStart = 'power-on';
    return say(subject, running, 'strong');
  }

  #softwareStarted({ software }: Fact<'software.started'>): Hinted[] {
    if (software === this.#software) return [];
    this.#software = software;
    return [say('software', `${software} runs`)];
  }

  #decided({ section, decision, offered, stored }: Fact<'section.decided'>): Hinted {
    const subject = `[${section}]`;
    const reason = decisionReasons[decision.why];
    const code = skipCodes[decision.why];
    if (code !== undefined) {
      this.#remember(code, section);
      return { ...say(subject, `${reason} -> skipped`, 'bad'), ...this.#hint(code) };
    }
    const runs = section === 'FW' && this.#software !== '' ? this.#software : undefined;
    const versions = [
      `${offered === '' ? 'no version' : offered} offered`,
      ...(runs === undefined ? [] : [`${runs} runs`]),
      ...(stored === null || stored === runs ? [] : [`${stored === '' ? 'no version' : stored} stored`]),
    ].join(', ');
    return decision.action === 'download'
      ? say(subject, `${reason}: ${versions} -> download`)
      : say(subject, `${reason}: ${versions} -> skipped`, 'quiet');
  }

  #repeated({ request, what, why }: Fact<'file.repeated'>): Hinted[] {
    const known = this.#requests.get(request);
    if (known === undefined) return [];
    known.repeats += 1;
    if (known.repeats > REPEATS_TOLD_MAX) return [];
    const again = what === 'request' ? 'asked again' : 'acknowledged again';
    const more = known.repeats === REPEATS_TOLD_MAX ? '; further repeats are only counted' : '';
    return [say(known.asked.file, `${again}: ${why}${more}`, 'doubtful')];
  }

  #received({ request, bytes, ms, attempts }: Fact<'file.received'>): Hinted {
    const asked = this.#end(request);
    const tries = attempts > 1 ? `, ${attempts} tries` : '';
    const size = `${formatBytes(bytes)} in ${formatDuration(ms)}${tries}`;
    return asked === undefined
      ? say('file', size)
      : say(asked.file, `${whence(asked.url, asked.file)}  ${size}`);
  }

  #left({ request, modifiedAt }: Fact<'file.left'>): Hinted {
    const asked = this.#end(request);
    const date = modifiedAt === null ? 'the server names no date' : `of ${modifiedAt}`;
    const said = `no later than the stored one: left (${date})`;
    return asked === undefined
      ? say('file', said, 'quiet')
      : say(asked.file, `${whence(asked.url, asked.file)}  ${said}`, 'quiet');
  }

  #failed({ request, code, detail, bytes, ms, attempts }: Fact<'file.failed'>): Hinted {
    const asked = this.#end(request);
    this.#remember(code, asked?.section);
    const cost = [
      ...(bytes > 0 ? [formatBytes(bytes)] : []),
      ...(attempts > 1 ? [`${attempts} tries`] : []),
      formatDuration(ms),
    ].join(', ');
    const said = `${code}: ${detail} (after ${cost})`;
    const line =
      asked === undefined
        ? say('file', said, 'bad')
        : say(asked.file, `${whence(asked.url, asked.file)}  ${said}`, 'bad');
    return { ...line, ...this.#hint(code) };
  }

  #refused({ section, file, message, code }: Fact<'file.refused'>): Hinted {
    this.#remember(code, section);
    const line = say(`[${section}]`, `${file} refused: ${without(file, message)} (${code})`, 'bad');
    return { ...line, ...this.#hint(code) };
  }

  #planRefused({ file, message, code }: Fact<'provisioning-file.refused'>): Hinted {
    this.#remember(code);
    return { ...say(file, `refused: ${without(file, message)} (${code})`, 'bad'), ...this.#hint(code) };
  }

  #problem({ severity, code, file, line, section, message }: Fact<'problem.told'>): Hinted[] {
    if (this.#told.has(keyOf(code, section))) return [];
    const place = file ?? (section === undefined ? 'phone' : `[${section}]`);
    const subject = line === undefined ? place : `${place}:${line}`;
    const said = without(place, without(subject, message));
    const told = say(subject, `${severity}: ${said} (${code})`, severityTones[severity]);
    return [severity === 'error' ? { ...told, ...this.#hint(code) } : told];
  }

  #end(request: number): Fact<'file.requested'> | undefined {
    const asked = this.#requests.get(request)?.asked;
    this.#requests.delete(request);
    return asked;
  }

  #remember(code: string, section?: SectionName | null): void {
    this.#told.add(keyOf(code, section));
  }

  #hint(code: string): { readonly hint?: string } {
    const hint = this.#hinted.has(code) ? undefined : lookAt(code);
    this.#hinted.add(code);
    return hint === undefined ? {} : { hint };
  }
}

/** A message without the thing it is about, which stands before it already. */
function without(subject: string, message: string): string {
  return message.startsWith(`${subject}: `) ? message.slice(subject.length + 2) : message;
}

function keyOf(code: string, section: SectionName | null | undefined): string {
  return `${code} ${section ?? ''}`;
}

function holdings({ versions, files, settings, image }: Fact<'flash.read'>): string {
  const fileCount = Object.values(files).reduce((sum, stored) => sum + stored.length, 0);
  const counts = [
    unlessNone(Object.keys(versions).length, 'version'),
    unlessNone(fileCount, 'file'),
    unlessNone(Object.keys(settings).length, 'setting'),
  ].filter((count) => count !== '');
  const held = counts.length === 0 ? 'factory: nothing stored' : `holds ${counts.join(', ')}`;
  return image === 'writing' ? `${held}; its image is half written` : held;
}

function unlessNone(count: number, noun: string): string {
  return count === 0 ? '' : counted(count, noun);
}

function withColons(mac: string): string {
  return mac.replace(/(..)(?=.)/g, '$1:');
}

const skipCodes: Readonly<Partial<Record<Fact<'section.decided'>['decision']['why'], string>>> = {
  'refused-name': 'BAD_NAME',
  'wrong-hardware': 'WRONG_HARDWARE',
  'no-filename': 'NO_FILENAME',
};

const severityTones: Readonly<Record<Fact<'problem.told'>['severity'], Tone>> = {
  error: 'bad',
  warning: 'doubtful',
  note: 'quiet',
};
