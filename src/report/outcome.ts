import type { z } from 'zod';
import { type DndFlags, dndOff, dndShown, foldDnd } from '../display/dnd.ts';
import { foldStanding, type Standing, standingOff } from '../display/phone-state.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { Fact } from '../events/phone-event.ts';
import { ofUser } from '../provisioning/user-file.ts';
import { CheckLog } from './check-outcomes.ts';
import { FlashFold, type ToldFlash } from './flash-fold.ts';
import { type LeaseOutcome, leaseAfter } from './lease-outcome.ts';
import type { outcomeSchema } from './outcome.schema.ts';
import { RequestLog } from './request-outcomes.ts';
import { shownValue } from './secrets.ts';
import { SectionLog } from './section-outcomes.ts';
import { type Demands, type Failure, judge, type ProblemOutcome } from './verdict.ts';

/** What came of a command, over all its checks and reboots: the last line of `--json`. */
export type Outcome = Readonly<z.infer<typeof outcomeSchema>>;

/** The outcome of one phone's journal. */
export function outcomeOf(entries: Iterable<JournalEntry>, demands: Demands): Outcome {
  const fold = new OutcomeFold();
  for (const entry of entries) fold.add(entry);
  return fold.outcome(demands);
}

/** Builds an outcome while the facts of one phone go by, so that nobody has to keep them. */
export class OutcomeFold {
  #standing: Standing = standingOff;
  #dnd: DndFlags = dndOff;
  #reboots = 0;
  readonly #flash = new FlashFold();
  readonly #checks = new CheckLog();
  readonly #requests = new RequestLog();
  readonly #sections = new SectionLog(this.#requests);
  #lease: LeaseOutcome | null = null;
  #noLease: Fact<'dhcp.failed'> | undefined;
  #poll: Fact<'poll.scheduled'> | Fact<'poll.not-scheduled'> | undefined;
  readonly #refusals: Fact<'update.refused'>[] = [];
  readonly #problems = new Map<string, ProblemOutcome>();

  add(entry: JournalEntry): void {
    const { event } = entry;
    this.#standing = foldStanding(this.#standing, event);
    this.#dnd = foldDnd(this.#dnd, event);
    this.#flash.add(event);
    this.#checks.add(event, this.#standing.state);
    this.#requests.add(entry);
    this.#sections.add(event);
    this.#lease = leaseAfter(this.#lease, event);
    if (event.type === 'dhcp.failed') this.#noLease = event;
    if (event.type === 'phone.restarted') this.#reboots += 1;
    if (event.type === 'poll.scheduled' || event.type === 'poll.not-scheduled') this.#poll = event;
    if (event.type === 'update.refused') this.#refusals.push(event);
    if (event.type === 'problem.told') this.#tell(event);
  }

  /**
   * The outcome as of now. `shortfall`: what the phone was to do, beside its facts, and did not. Throws when
   * the journal does not say what flash held: then nothing can be said of the phone.
   */
  outcome(demands: Demands, shortfall?: Failure): Outcome {
    const flash = this.#flash.contents();
    if (flash === undefined) throw new Error('No outcome without the fact flash.read');
    const { state } = this.#standing;
    const problems = [...this.#problems.values()].sort(byFileAndLine);
    const checks = this.#checks.all;
    const requests = this.#requests.all;
    const sections = this.#sections.all;
    const failures = judge(
      {
        state,
        noLease: this.#noLease,
        checks,
        refusals: this.#refusals,
        requests,
        sections,
        problems,
        shortfall,
      },
      demands,
    );
    return {
      type: 'outcome',
      ok: failures.length === 0,
      // A phone that never came to a check was on its way from power-up.
      trigger: checks[0]?.trigger ?? this.#refusals[0]?.trigger ?? 'power-up',
      phone: { mac: flash.mac, model: flash.model, software: flash.software },
      state,
      dnd: dndShown(this.#dnd),
      reboots: this.#reboots,
      requests: requests.map(({ outcome }) => outcome),
      sections: sections.map(({ outcome }) => outcome),
      flash: { versions: flash.versions, files: namesOf(flash.files) },
      user: flash.user,
      profile: profileOf(flash),
      settings: shownSettings(flash.settings),
      lease: this.#lease,
      nextPoll: this.#poll?.type === 'poll.scheduled' ? this.#poll.instant : null,
      noPollBecause: noPollBecause(this.#poll),
      problems,
      failures,
    };
  }

  /** A problem is of a file, so what two checks say of it in the same words counts once. */
  #tell(event: Fact<'problem.told'>): void {
    const { severity, file, line, section, code, message } = event;
    const problem: ProblemOutcome = {
      severity,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(section !== undefined && { section }),
      code,
      message,
    };
    this.#problems.set(JSON.stringify(problem), problem);
  }
}

/**
 * By file name and line; what concerns a whole file comes before its lines, what concerns no file comes last.
 */
function byFileAndLine(a: ProblemOutcome, b: ProblemOutcome): number {
  if (a.file !== b.file) {
    if (a.file === undefined) return 1;
    if (b.file === undefined) return -1;
    return a.file < b.file ? -1 : 1;
  }
  return (a.line ?? 0) - (b.line ?? 0);
}

function namesOf(files: ToldFlash['files']): Outcome['flash']['files'] {
  return Object.fromEntries(
    Object.entries(files).map(([section, stored]) => [section, stored.map(({ name }) => name)]),
  );
}

function profileOf({ user, profiles }: ToldFlash): Outcome['profile'] {
  const profile = ofUser(profiles, user);
  if (profile === undefined) return null;
  const { contacts, groups, keys, speedDials } = profile;
  return {
    contacts: contacts.length,
    groups: groups.length,
    keys: keys.length,
    speedDials: speedDials.length,
  };
}

function shownSettings(settings: ToldFlash['settings']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, { value }]) => [name, shownValue(name, value)]),
  );
}

function noPollBecause(poll: Fact<'poll.scheduled'> | Fact<'poll.not-scheduled'> | undefined): string | null {
  if (poll === undefined) return 'not-up';
  return poll.type === 'poll.scheduled' ? null : poll.because;
}
