import type { Outcome } from './outcome.ts';
import { formatBytes } from './sizes.ts';

/**
 * What came of a phone beside its requests, as words by subject: what two servers are held against. Left out
 * is what says nothing of the server: latency, lines of files, texts of messages, which name addresses, and
 * what our own User-Agent lacks.
 */
export function behaviourOf(outcome: Outcome | null): ReadonlyMap<string, string> {
  if (outcome === null) return new Map([['power', 'never switched on']]);
  const said = new Map<string, string>();
  const tell = (about: string, words: string) => said.set(about, words);
  tell('verdict', outcome.ok ? 'ok' : 'failed');
  for (const [about, times] of counted(outcome.failures.map(failureWords))) tell(about, times);
  tell('state', outcome.state);
  tell('software', outcome.phone.software);
  tell('restarts', String(outcome.reboots));
  tell('Do Not Disturb', outcome.dnd ? 'on' : 'off');
  tellSections(outcome, tell);
  for (const [section, version] of Object.entries(outcome.flash.versions)) {
    tell(`flash ${section}: version`, version === '' ? 'empty' : version);
  }
  for (const [section, files] of Object.entries(outcome.flash.files)) {
    tell(`flash ${section}: files`, files.join(', '));
  }
  for (const [name, value] of Object.entries(outcome.settings)) tell(`setting ${name}`, value);
  if (outcome.user !== null) tell('user', outcome.user);
  if (outcome.profile !== null) tell('profile', profileWords(outcome.profile));
  if (outcome.lease !== null) tell('address', `${outcome.lease.address} (${outcome.lease.how})`);
  tell('poll', pollWords(outcome));
  const problems = outcome.problems.filter(({ code }) => code !== 'USER_AGENT_WITHOUT_BYTE');
  for (const [about, times] of counted(problems.map(problemWords))) tell(about, times);
  return said;
}

function tellSections({ sections }: Outcome, tell: (about: string, words: string) => void): void {
  const seen = new Map<string, number>();
  for (const { check, section, decision, why, result, version, error } of sections) {
    const name = `[${section}] in check ${check}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const came = error === undefined ? result : `${result} (${error})`;
    const kept = version === null ? 'no version' : `version ${version === '' ? 'empty' : version}`;
    tell(times === 1 ? name : `${name} (${times})`, `${decision} (${why}), ${came}, ${kept}`);
  }
}

/** How often each is said; the same code may stand in many lines. */
function counted(abouts: readonly string[]): Map<string, string> {
  const times = new Map<string, number>();
  for (const about of abouts) times.set(about, (times.get(about) ?? 0) + 1);
  return new Map([...times].map(([about, count]) => [about, count === 1 ? 'once' : `${count} times`]));
}

function failureWords({ code, section, file, check }: Outcome['failures'][number]): string {
  const places = [
    ...(section === undefined ? [] : [`[${section}]`]),
    ...(file === undefined ? [] : [file]),
    ...(check === undefined ? [] : [`in check ${check}`]),
  ];
  return ['failure', code, ...places].join(' ');
}

function problemWords({ severity, code, section, file }: Outcome['problems'][number]): string {
  const places = [
    ...(section === undefined ? [] : [`[${section}]`]),
    ...(file === undefined ? [] : [`in ${file}`]),
  ];
  return [severity, code, ...places].join(' ');
}

function profileWords({ contacts, groups, keys, speedDials }: NonNullable<Outcome['profile']>): string {
  return `${contacts} contacts, ${groups} groups, ${keys} keys, ${speedDials} speed dials`;
}

/** The time of day alone: two runs against sockets may stand on both sides of midnight. */
function pollWords({ nextPoll, noPollBecause }: Outcome): string {
  return nextPoll === null ? `none (${noPollBecause})` : `at ${nextPoll.slice(11, 19)} UTC`;
}

/** One request in a few words: `ok 412 B`, `NOT_FOUND`. */
export function requestWords({
  result,
  bytes,
  attempts,
}: Pick<Outcome['requests'][number], 'result' | 'bytes' | 'attempts'>): string {
  const size = bytes === 0 && result !== 'ok' ? '' : ` ${formatBytes(bytes)}`;
  return `${result}${size}${attempts > 1 ? ` in ${attempts} tries` : ''}`;
}
