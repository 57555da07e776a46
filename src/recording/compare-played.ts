import { isoInstant } from '../clock/instant.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Protocol } from '../provisioning/words.ts';
import { PhoneError, type PhoneSurroundings, powerOn, type StepInput } from '../scenario/live-phone.ts';
import { type Asked, beginsCheck } from './compare-asked.ts';
import type { Conduct } from './compare-conduct.ts';

/** What is told to our phone, and what is held against the result. */
export interface Play {
  readonly phone: NonNullable<PhoneSurroundings['phone']>;
  readonly server: NonNullable<PhoneSurroundings['server']>;
  /** What was done with the phone after its power came on. */
  readonly steps: readonly StepInput[];
  /** What the capture has. */
  readonly asked: readonly Asked[];
  /** Protocols at whose port nobody answered: the wire shows a connection that was tried, and no name. */
  readonly unheard: readonly Protocol[];
}

/** From power to the first request, about: boot loader, software, a try or two. */
const BEFORE_FIRST_REQUEST_MS = 14_000;
/** A poll this close to the captured one is that one. Durations of a restart are drawn. */
const POLL_TOLERANCE_MS = 20_000;
const LIMIT = '30d';

/** Plays the phone with these switches under virtual time, and says what a capture of it would show. */
export async function playPhone(play: Play, quirks: Partial<Quirks>): Promise<Conduct> {
  const startsMs = Math.round((play.asked[0]?.atMs ?? 0) - BEFORE_FIRST_REQUEST_MS);
  const phone = await powerOn({
    phone: play.phone,
    server: play.server,
    time: { mode: 'virtual', starts: isoInstant(startsMs) },
    timings: 'field',
    quirks,
    waitFor: 'nothing',
  });
  try {
    await phone.take({ wait: 'rest', limit: LIMIT });
    for (const step of play.steps) await phone.take(step);
  } catch (error) {
    // It did not come to what a step needs: what it did until then is its conduct all the same.
    if (!(error instanceof PhoneError)) throw error;
  } finally {
    await phone.stop();
  }
  return conductOf(phone.facts, play, startsMs);
}

interface Told {
  readonly protocol: Protocol;
  readonly file: string;
  readonly atMs: number;
  attempts: number;
  readonly polled: boolean;
}

function conductOf(facts: readonly JournalEntry[], { asked, unheard }: Play, startsMs: number): Conduct {
  const told: Told[] = [];
  let polled = false;
  const offsetMs = startsMs - (facts[0]?.at ?? 0);
  for (const { event, at } of facts) {
    if (event.type === 'update.started') polled = event.trigger === 'poll';
    if (event.type === 'file.requested' && event.protocol !== 'https') {
      const { protocol, file } = event;
      told.push({ protocol, file, atMs: at + offsetMs, attempts: 1, polled });
    }
    const last = told.at(-1);
    if (event.type === 'file.repeated' && event.what === 'request' && last !== undefined) last.attempts += 1;
  }
  const named = told.map((one) => ({ ...one, file: unheard.includes(one.protocol) ? null : one.file }));
  const own = named.filter(beginsCheck);
  const theirs = asked.filter(beginsCheck);
  return {
    ...conductOfFiles(named),
    polls: own.flatMap(({ polled: byPoll, atMs }, check) => {
      const capturedMs = theirs[check]?.atMs;
      if (!byPoll || capturedMs === undefined) return [];
      const aheadMs = capturedMs - atMs;
      if (Math.abs(aheadMs) <= POLL_TOLERANCE_MS) return [];
      const seconds = Math.round(Math.abs(aheadMs) / 1_000);
      return [`check ${check + 1} ${seconds} s ${aheadMs > 0 ? 'before' : 'after'} the captured one`];
    }),
  };
}

/** What the names alone say, of a capture too, whose polls are when they are. */
export function conductOfFiles(all: readonly Pick<Asked, 'protocol' | 'file' | 'attempts'>[]): Conduct {
  const name = ({ protocol, file }: Pick<Asked, 'protocol' | 'file'>) =>
    `${protocol} ${file ?? '(no connection)'}`;
  return {
    requests: all.map(name),
    attempts: all.filter(({ attempts }) => attempts > 1).map((one) => `${name(one)}: ${one.attempts}`),
    polls: [],
  };
}
