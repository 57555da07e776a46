import { type ChartTransition, chartOf } from '../../statechart/chart.ts';
import { type MachineName, machines } from '../../statechart/machines.ts';
import { Paths } from '../../statechart/paths.ts';
import { type Circumstances, together } from './circumstances.ts';
import {
  arrivals,
  causes,
  conditions,
  IDLE,
  type Means,
  particulars,
  regionsOfIdle,
  type Step,
  type Waypoint,
  workplaces,
} from './means.ts';

/** A story that should take one transition, as far as its chart tells: nobody has run it yet. */
export interface PlannedStory {
  readonly circumstances: Circumstances;
  readonly steps: readonly Step[];
}

/** So many ways to one transition are worth a try. */
const WAYS_MAX = 4;
const OFF = 'phone.off';

const paths = {
  phone: new Paths(chartOf(machines.phone)),
  check: new Paths(chartOf(machines.check)),
  dhcp: new Paths(chartOf(machines.dhcp)),
} as const satisfies Record<MachineName, Paths>;

/** Plans for one transition, the shortest first. */
export function* planStories(machine: MachineName, goal: ChartTransition): Generator<PlannedStory> {
  const means = meansOf(machine, goal);
  if (means === undefined) return;
  const begun = new StoryDraft(means.when ?? {});
  const first = means.first ?? beforeAll(machine, goal);
  const isLed = first.some((waypoint) => 'at' in waypoint);
  if (isLed && !begun.follow(first)) return;
  if (machine !== 'phone' && !begun.leadTo(workplaces[machine])) return;
  let tried = 0;
  for (const way of begun.waysTo(machine, goal.from)) {
    if (!paths[machine].at(way.leaf).some(({ name }) => name === goal.name)) continue;
    const draft = begun.copy();
    if (!draft.take(machine, way.taken, way.leaf)) continue;
    if (!isLed && !draft.follow(first)) continue;
    if (!draft.finish(machine, goal)) continue;
    yield draft.story();
    if (++tried === WAYS_MAX) return;
  }
}

function beforeAll(machine: MachineName, { from }: ChartTransition): readonly Waypoint[] {
  return machine === 'phone' && isOfIdle(from) ? [{ at: IDLE }] : [];
}

function isOfIdle(state: string): boolean {
  return regionsOfIdle.has(regionOf(state) ?? '');
}

/** A story while it is made: what it needs, its steps so far, and where they lead the phone. */
class StoryDraft {
  #circumstances: Circumstances;
  readonly #steps: Step[] = [];
  /** By region; empty while the phone is off. */
  readonly #leaves = new Map<string, string>();
  /** Time has to go by until then before anything else is done. */
  #awaited: Step | undefined;

  constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances;
  }

  copy(): StoryDraft {
    const copy = new StoryDraft(this.#circumstances);
    copy.#steps.push(...this.#steps);
    for (const [region, leaf] of this.#leaves) copy.#leaves.set(region, leaf);
    copy.#awaited = this.#awaited;
    return copy;
  }

  story(): PlannedStory {
    const awaited = this.#awaited === undefined ? [] : [this.#awaited];
    return { circumstances: this.#circumstances, steps: [...this.#steps, ...awaited] };
  }

  /** Ways on from where the phone stands that go with what the story needs. */
  *waysTo(machine: MachineName, state: string) {
    const chart = paths[machine];
    for (const leaf of this.#standing(machine, state)) {
      yield* chart.ways(leaf, state, (taken) => this.#allows(machine, taken));
    }
  }

  /** Leads the phone to a state of its own machine; false: there is no way. */
  leadTo(state: string): boolean {
    for (const { taken, leaf } of this.waysTo('phone', state)) return this.take('phone', taken, leaf);
    return false;
  }

  follow(waypoints: readonly Waypoint[]): boolean {
    return waypoints.every((waypoint) => {
      if ('at' in waypoint) return this.leadTo(waypoint.at);
      this.#do(waypoint.step);
      return true;
    });
  }

  /** Adds what makes these transitions happen; false: they contradict what the story has. */
  take(machine: MachineName, taken: readonly ChartTransition[], leaf: string): boolean {
    const needed = this.#needing(machine, taken);
    if (needed === undefined) return false;
    this.#circumstances = needed;
    for (const [index, transition] of taken.entries()) {
      const next = taken[index + 1]?.from ?? leaf;
      if (!this.#prepare(machine, transition)) return false;
      this.#cause(machine, transition);
      this.#arrive(machine, transition, next);
    }
    return true;
  }

  /** Adds what makes the last one happen, where all before it is done; false: it contradicts that. */
  finish(machine: MachineName, goal: ChartTransition): boolean {
    const needed = this.#needing(machine, [goal]);
    if (needed === undefined) return false;
    this.#circumstances = needed;
    this.#cause(machine, goal);
    this.#arrive(machine, goal, goal.to);
    return true;
  }

  /** On the way to something else the phone is led elsewhere only beside it. */
  #prepare(machine: MachineName, transition: ChartTransition): boolean {
    const { first = [] } = meansOf(machine, transition) ?? {};
    const region = machine === 'phone' ? regionOf(transition.from) : undefined;
    return this.follow(first.filter((one) => !('at' in one) || regionOf(one.at) !== region));
  }

  #cause(machine: MachineName, transition: ChartTransition): void {
    for (const step of stepsOf(meansOf(machine, transition)?.step)) this.#do(step);
  }

  #arrive(machine: MachineName, transition: ChartTransition, next: string): void {
    const chart = paths[machine];
    const leaves = chart.leavesOf(transition.to);
    const leaf = leaves.find((one) => chart.isWithin(one, next)) ?? leaves[0] ?? transition.to;
    if (machine === 'phone') this.#stand(leaf);
    const { step } = meansOf(machine, transition) ?? {};
    const around = chart.around(leaf).find((state) => state in arrivals);
    const arrival = around === undefined ? undefined : arrivals[around];
    if (step === undefined && arrival !== undefined) this.#awaited = { wait: arrival };
  }

  #stand(leaf: string): void {
    const region = regionOf(leaf);
    if (region === undefined) this.#leaves.clear();
    else this.#leaves.set(region, leaf);
  }

  #standing(machine: MachineName, state: string): readonly string[] {
    if (machine !== 'phone') return paths[machine].leavesOf(machine);
    if (this.#leaves.size === 0) return [OFF];
    const region = regionOf(state);
    if (region === undefined) return [...this.#leaves.values()];
    const leaf = this.#leaves.get(region);
    return leaf === undefined ? paths.phone.leavesOf(region) : [leaf];
  }

  #allows(machine: MachineName, taken: readonly ChartTransition[]): boolean {
    const last = taken.at(-1);
    if (last !== undefined && meansOf(machine, last)?.pastCounts === true) return false;
    return this.#needing(machine, taken) !== undefined;
  }

  #needing(machine: MachineName, taken: readonly ChartTransition[]): Circumstances | undefined {
    return taken.reduce<Circumstances | undefined>((needed, transition) => {
      const means = meansOf(machine, transition);
      return needed && means && together(needed, means.when ?? {});
    }, this.#circumstances);
  }

  #do(step: Step): void {
    if (this.#awaited !== undefined) this.#steps.push(this.#awaited);
    this.#awaited = undefined;
    this.#steps.push(step);
  }
}

function stepsOf(step: Means['step']): readonly Step[] {
  if (step === undefined) return [];
  return isList(step) ? step : [step];
}

function isList(step: Step | readonly Step[]): step is readonly Step[] {
  return Array.isArray(step);
}

const regions: ReadonlySet<string> = new Set(paths.phone.regionsOf('phone.powered'));

/** Which of the things that go on side by side a state belongs to; undefined: it is around them. */
function regionOf(state: string): string | undefined {
  return paths.phone.around(state).find((one) => regions.has(one));
}

/** What makes a transition happen: its condition holds, and those asked before it do not. */
function meansOf(machine: MachineName, transition: ChartTransition): Means | undefined {
  const particular = particulars[transition.name];
  const own = transition.guard === undefined ? {} : (conditions[transition.guard]?.holds ?? {});
  const others = paths[machine]
    .before(transition)
    .map(({ guard }) => (guard === undefined ? {} : (conditions[guard]?.fails ?? {})));
  const all = particular === undefined ? [own, ...others] : [particular];
  const when = all.reduce<Circumstances | undefined>(
    (needed, means) => needed && together(needed, means.when ?? {}),
    {},
  );
  const cause = all.find(({ step }) => step !== undefined)?.step ?? causes[transition.on];
  const first = all.find((means) => means.first !== undefined)?.first;
  const pastCounts = all.some((means) => means.pastCounts === true);
  return (
    when && {
      when,
      ...(pastCounts && { pastCounts }),
      ...(first && { first }),
      ...(cause !== undefined && { step: cause }),
    }
  );
}
