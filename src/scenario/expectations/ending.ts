import { isoInstant } from '../../clock/instant.ts';
import { sayNoPoll } from '../../report/reasons.ts';
import type { Expected } from '../expectation.schema.ts';
import { matches } from '../fact-match.ts';
import { type Finding, found, lastEntry, shown, type View } from '../finding.ts';
import { instantIn } from '../zone.ts';

// What the outcome says of the end, word by word.

const NEVER_ON = 'the phone was never switched on';

/** Such problems were told, and perhaps others. */
export function problems(wanted: Expected<'problems'>, view: View): Finding {
  const told = view.record.outcome()?.problems ?? [];
  const lacking = wanted.filter((one) => !told.some((problem) => matches(defined(one), problem)));
  const told_ = told.map(({ code, file, line }) => shown({ code, file, line })).join('\n') || 'no problem';
  return found(lacking.length === 0, (lacking.length > 0 ? lacking : wanted).map(shown).join('\n'), told_);
}

/** No such problem was told. */
export function problemsAbsent(wanted: Expected<'problems.absent'>, view: View): Finding {
  const told = view.record.outcome()?.problems ?? [];
  const wrong = told.filter((problem) => wanted.some((one) => matches(defined(one), problem)));
  const [first] = wrong;
  return found(
    wrong.length === 0,
    `no problem ${wanted.map(shown).join(', ')}`,
    wrong.map(({ code, file, line, message }) => `${shown({ code, file, line })}: ${message}`).join('\n') ||
      'none',
    { near: lastEntry(view, ({ event }) => event.type === 'problem.told' && event.code === first?.code) },
  );
}

/** The codes for which boot would have failed, and no others. */
export function failures(wanted: Expected<'failures'>, view: View): Finding {
  const outcome = view.record.outcome();
  if (outcome === undefined) return found(false, shown(wanted), NEVER_ON);
  const codes = [...new Set(outcome.failures.map(({ code }) => code))];
  const holds = codes.toSorted().join() === [...new Set(wanted)].toSorted().join();
  const text = outcome.failures.map(({ code, message }) => `${code}: ${message}`).join('\n') || 'none';
  return found(holds, shown(wanted), text, { instead: codes });
}

/** What `deskphone boot` would have answered. */
export function exit(wanted: Expected<'exit'>, { record }: View): Finding {
  const outcome = record.outcome();
  if (outcome === undefined) return found(false, String(wanted), NEVER_ON);
  const code = outcome.ok ? 0 : 3;
  const why = outcome.failures.map(({ message }) => message).join('; ');
  return found(code === wanted, String(wanted), why === '' ? String(code) : `${code}: ${why}`, {
    instead: code,
  });
}

/** Where the phone stands. */
export function state(wanted: Expected<'state'>, { record }: View): Finding {
  const is = record.lcd.seen.standing.state;
  return found(is === wanted, wanted, is, { instead: is });
}

/** The load in flash. */
export function software(wanted: Expected<'software'>, view: View): Finding {
  const is = view.record.flash()?.software;
  return found(is === wanted, wanted, is ?? NEVER_ON, {
    near: lastEntry(view, ({ event }) => event.type === 'firmware.written'),
    instead: is,
  });
}

/** Restarts after power-up. */
export function reboots(wanted: Expected<'reboots'>, view: View): Finding {
  const is = view.record.outcome()?.reboots ?? 0;
  const near = lastEntry(view, ({ event }) => event.type === 'phone.restarted');
  return found(is === wanted, String(wanted), String(is), { near, instead: is });
}

/** The instant of the next poll, or none. */
export function nextPoll(wanted: Expected<'nextPoll'>, { record, zoneMinutes }: View): Finding {
  const outcome = record.outcome();
  const is = outcome?.nextPoll ?? null;
  const instant = wanted === 'none' ? null : isoInstant(instantIn(wanted, zoneMinutes));
  const because = outcome?.noPollBecause ?? null;
  const text = is ?? (because === null ? 'none' : `none: ${sayNoPoll(because)}`);
  return found(is === instant, instant ?? 'none', text, { instead: is ?? 'none' });
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
