import { defaultQuirks, type QuirkName, type Quirks, quirkTable } from '../provisioning/quirks.ts';
import { type Aspect, aspects, type Conduct, differences, distanceBetween } from './compare-conduct.ts';

/** What comes of our phone with these switches: what a capture of it would show. */
export type Player = (quirks: Partial<Quirks>) => Promise<Conduct>;

/** What a capture says of a switch. */
export interface SwitchVerdict {
  readonly name: QuirkName;
  readonly default: string;
  /**
   * `refuted`: not the default, another value reproduces the capture; `settled`: the default alone does;
   * `narrowed`: some values do not, or other switches explain it as well; `no-evidence`: all values look the
   * same in it; `contradicted`: none does.
   */
  readonly verdict: 'refuted' | 'settled' | 'narrowed' | 'no-evidence' | 'contradicted';
  /** Values that reproduce what the capture shows of it. */
  readonly values: readonly string[];
  readonly because: string;
}

export interface SwitchVerdicts {
  readonly switches: readonly SwitchVerdict[];
  /** Those that reproduce the capture best. */
  readonly best: Partial<Quirks>;
  /** What they come to. */
  readonly played: Conduct;
  readonly runs: number;
}

type Chosen = Readonly<Partial<Record<QuirkName, string>>>;

/** A change that brings our phone nearest to the capture, and others that do as well. */
interface Step {
  readonly change: Chosen;
  readonly rivals: readonly Chosen[];
}

/** More would be a guess. */
const STEPS_MAX = 6;

/**
 * Sets the switches one by one until our phone comes as near to the capture as it can, then tries each at all
 * its values there.
 */
export async function judgeSwitches(
  names: readonly QuirkName[],
  captured: Conduct,
  play: Player,
): Promise<SwitchVerdicts> {
  const runs = new Map<string, Promise<Conduct>>();
  const conductOf = (chosen: Chosen) => {
    const set = names.filter((name) => valueIn(chosen, name) !== defaultQuirks[name]);
    const key = set.map((name) => `${name}=${chosen[name]}`).join(' ');
    const run = runs.get(key) ?? play(asQuirks(chosen));
    runs.set(key, run);
    return run;
  };
  let chosen: Chosen = {};
  const steps: Step[] = [];
  while (steps.length < STEPS_MAX) {
    const step = await bestStep(names, { chosen, captured, conductOf });
    if (step === undefined) break;
    steps.push(step);
    chosen = { ...chosen, ...step.change };
  }
  const switches: SwitchVerdict[] = [];
  for (const name of names) switches.push(await verdictOn(name, { chosen, captured, conductOf, steps }));
  return { switches, best: asQuirks(chosen), played: await conductOf(chosen), runs: runs.size };
}

interface Search {
  readonly chosen: Chosen;
  readonly captured: Conduct;
  readonly conductOf: (chosen: Chosen) => Promise<Conduct>;
}

/** One switch at another value; where no single one helps, two that only matter together. */
async function bestStep(names: readonly QuirkName[], search: Search): Promise<Step | undefined> {
  const { chosen, captured, conductOf } = search;
  const apart = distanceBetween(await conductOf(chosen), captured);
  if (apart === 0) return undefined;
  const changes = names.flatMap((name) =>
    valuesOf(name)
      .filter((value) => value !== valueIn(chosen, name))
      .map((value): Chosen => ({ [name]: value })),
  );
  const pairs = changes.flatMap((one, index) =>
    changes.slice(index + 1).flatMap((other) => (nameIn(one) === nameIn(other) ? [] : { ...one, ...other })),
  );
  return (await nearestOf(changes, apart, search)) ?? nearestOf(pairs, apart, search);
}

/** The change that comes nearest, if it comes nearer than `apart`. */
async function nearestOf(
  changes: readonly Chosen[],
  apart: number,
  { chosen, captured, conductOf }: Search,
): Promise<Step | undefined> {
  let nearest = apart;
  let found: Chosen[] = [];
  for (const change of changes) {
    const now = distanceBetween(await conductOf({ ...chosen, ...change }), captured);
    if (now < nearest) found = [];
    if (now < nearest || (now === nearest && found.length > 0)) found.push(change);
    nearest = Math.min(nearest, now);
  }
  const [change, ...others] = found;
  if (change === undefined) return undefined;
  const rivals = others.filter((other) => Object.keys(other).join() !== Object.keys(change).join());
  return { change, rivals };
}

function nameIn(change: Chosen): string {
  return Object.keys(change).join();
}

async function verdictOn(
  name: QuirkName,
  { chosen, captured, conductOf, steps }: Search & { readonly steps: readonly Step[] },
): Promise<SwitchVerdict> {
  const all: { readonly value: string; readonly conduct: Conduct }[] = [];
  for (const value of valuesOf(name)) {
    all.push({ value, conduct: await conductOf({ ...chosen, [name]: value }) });
  }
  const verdict = { name, default: defaultQuirks[name] };
  const rivals = rivalsOf(name, steps);
  if (rivals !== undefined) {
    const values = [...new Set([valueIn(chosen, name), defaultQuirks[name], ...rivals.values])];
    return { ...verdict, verdict: 'narrowed', values, because: `${rivals.instead} explains it as well` };
  }
  const telling = tellingAspects(all.map(({ conduct }) => conduct));
  if (telling.length === 0) {
    const because = 'our phone does the same at each value, as far as this capture can show';
    return { ...verdict, verdict: 'no-evidence', values: valuesOf(name), because };
  }
  const values = all
    .filter(({ conduct }) => !differences(conduct, captured).some((aspect) => telling.includes(aspect)))
    .map(({ value }) => value);
  const shows = telling.map((aspect) => aspects[aspect]).join('; ');
  if (values.length === 0) {
    const played = all.find(({ value }) => value === valueIn(chosen, name))?.conduct ?? {};
    return { ...verdict, verdict: 'contradicted', values, because: whatDiffers(telling, captured, played) };
  }
  return { ...verdict, verdict: wordFor(values, verdict.default), values, because: shows };
}

function wordFor(values: readonly string[], standard: string): SwitchVerdict['verdict'] {
  if (!values.includes(standard)) return 'refuted';
  return values.length === 1 ? 'settled' : 'narrowed';
}

/** Whether other switches than this one, or this one instead of others, explain the capture as well. */
function rivalsOf(name: QuirkName, steps: readonly Step[]) {
  const step = steps.find(
    ({ change, rivals }) => rivals.length > 0 && [change, ...rivals].some((one) => name in one),
  );
  if (step === undefined) return undefined;
  const all = [step.change, ...step.rivals];
  const without = all.filter((one) => !(name in one));
  if (without.length === 0) return undefined;
  return { instead: without.map(say).join(' or '), values: all.flatMap((one) => one[name] ?? []) };
}

function say(change: Chosen): string {
  return Object.entries(change)
    .map(([name, value]) => `${name}=${value}`)
    .join(' with ');
}

/** In which aspects values of a switch differ from each other. */
function tellingAspects([first, ...others]: readonly Conduct[]): readonly Aspect[] {
  return [...new Set(others.flatMap((other) => differences(first ?? {}, other)))];
}

/** The first of the aspects in which the two differ. */
export function whatDiffers(among: readonly Aspect[], captured: Conduct, played: Conduct): string {
  const aspect = differences(captured, played).find((one) => among.includes(one));
  if (aspect === undefined) return 'the values differ in more than one way, and none in the captured one';
  const [theirs, ours] = [captured[aspect] ?? [], played[aspect] ?? []];
  const from = theirs.findIndex((entry, index) => entry !== ours[index]);
  const place = from === -1 ? theirs.length : from;
  const say = (list: readonly string[]) => list[place] ?? 'nothing more';
  return `${aspects[aspect]}: captured ${say(theirs)}, ours ${say(ours)}`;
}

function valuesOf(name: QuirkName): readonly string[] {
  return quirkTable[name].values;
}

function valueIn(chosen: Chosen, name: QuirkName): string {
  return chosen[name] ?? defaultQuirks[name];
}

/** Every value is one of its switch's table. */
function asQuirks(chosen: Chosen): Partial<Quirks> {
  return chosen as Partial<Quirks>;
}
