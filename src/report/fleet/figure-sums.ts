import { type NotifyReason, notifyReasons } from '../../events/wire-facts.schema.ts';
import { type Protocol, protocols } from '../../provisioning/words.ts';
import { type Phase, phases } from '../phase.ts';
import { Distribution, sumOf } from './distribution.ts';
import { countedPerSecond, jobKinds, phoneEnds } from './figures.schema.ts';
import type { CountedPerSecond, FleetFigures, JobKind, PhoneEnd } from './figures.ts';
import { type FileKind, fileKinds } from './file-kind.ts';
import { FileSums } from './file-sums.ts';
import { FirstFew } from './first-few.ts';
import type { FleetGlance } from './glance.ts';
import { JobSums } from './job-sums.ts';
import { countsOf, gotten, inOrderOf, sortedCounts } from './keyed.ts';
import { LatencySeries } from './latency-series.ts';
import { type LiveFigures, liveFiles, liveJobs } from './live-figures.ts';
import { type OnTheWay, type Release, ReleaseSums } from './release-sums.ts';
import { SecondCounts } from './second-counts.ts';
import { CountSeries, LevelSeries, TimeGrid } from './time-grid.ts';

/** A run of five minutes then has bins of 100 ms, one of two days bins of a minute. */
const BINS_MAX = 3_000;
/** Each holds a histogram. */
const COARSE_BINS_MAX = 150;
/** Of phones or files that are named; all are counted. */
const NAMED_MAX = 20;

/** Of TLS. */
const handshakes = ['full', 'resumed'] as const;
type Handshake = (typeof handshakes)[number];

type Slow = FleetFigures['slowest'][number];
type Failure = FleetFigures['failures'][number];

/** What the figures of all parts of a fleet must agree on. */
export interface FigureFrame {
  readonly measuredFromUs: number;
  /** Absent: no release is watched. */
  readonly release?: Release;
}

/**
 * The figures of a fleet while they are being counted. All of it adds up: two of them added are the same as
 * one that counted both, whatever the order.
 */
export class FigureSums {
  readonly frame: FigureFrame;
  readonly grid = new TimeGrid(BINS_MAX);
  readonly coarseGrid = new TimeGrid(COARSE_BINS_MAX);
  scheduled = 0;
  begun = 0;
  restarts = 0;
  callsDropped = 0;
  readonly ends = new Map<PhoneEnd, number>();
  readonly refusals = new Map<string, number>();
  readonly notifiesIgnored = new Map<NotifyReason, number>();
  readonly dnd = new Distribution();
  readonly release: ReleaseSums | undefined;
  readonly slowest = new FirstFew<Slow>(NAMED_MAX, (a, b) => b.latencyUs - a.latencyUs || a.phone - b.phone);
  readonly failures = new FirstFew<Failure>(NAMED_MAX, (a, b) => a.atUs - b.atUs || a.phone - b.phone);
  readonly #jobs = new Map<Protocol, Map<JobKind, JobSums>>();
  readonly #files = new Map<Protocol, Map<FileKind, FileSums>>();
  readonly #requests = new Map<Protocol, CountSeries>();
  readonly #bytes = new Map<Protocol, CountSeries>();
  readonly #connections = new Map<Protocol, CountSeries>();
  readonly #handshakes = new Map<Handshake, CountSeries>();
  readonly #errors = new Map<Protocol, CountSeries>();
  readonly #sessions = new Map<Protocol, LevelSeries>();
  readonly #states = new Map<Phase, LevelSeries>();
  readonly #latencyOverTime = new Map<Protocol, LatencySeries>();
  readonly #perSecond: Readonly<Record<CountedPerSecond, Map<Protocol, SecondCounts>>> = {
    requests: new Map(),
    connections: new Map(),
  };
  /** Figures that were written before seconds were counted. */
  #addedWithoutSeconds = 0;

  constructor(frame: FigureFrame) {
    this.frame = frame;
    this.release = frame.release && new ReleaseSums(frame.release, this.grid, NAMED_MAX);
  }

  jobs(protocol: Protocol, kind: JobKind): JobSums {
    return gotten(gotten(this.#jobs, protocol, newMap<JobKind, JobSums>), kind, newJobSums);
  }

  files(protocol: Protocol, kind: FileKind): FileSums {
    return gotten(gotten(this.#files, protocol, newMap<FileKind, FileSums>), kind, newFileSums);
  }

  /** A request was sent, for the first time or once more. */
  countRequest(protocol: Protocol, atUs: number): void {
    this.#requestsOf(protocol).count(this.grid.binOf(atUs));
    this.#secondsOf('requests', protocol).count(atUs);
  }

  countConnection(protocol: Protocol, atUs: number): void {
    this.#connectionsOf(protocol).count(this.grid.binOf(atUs));
    this.#secondsOf('connections', protocol).count(atUs);
  }

  bytes(protocol: Protocol): CountSeries {
    return gotten(this.#bytes, protocol, () => this.grid.carry(new CountSeries()));
  }

  handshakes(kind: Handshake): CountSeries {
    return gotten(this.#handshakes, kind, () => this.grid.carry(new CountSeries()));
  }

  errors(protocol: Protocol): CountSeries {
    return gotten(this.#errors, protocol, () => this.grid.carry(new CountSeries()));
  }

  sessions(protocol: Protocol): LevelSeries {
    return gotten(this.#sessions, protocol, () => this.grid.carry(new LevelSeries()));
  }

  states(phase: Phase): LevelSeries {
    return gotten(this.#states, phase, () => this.grid.carry(new LevelSeries()));
  }

  latencyOverTime(protocol: Protocol): LatencySeries {
    return gotten(this.#latencyOverTime, protocol, () => this.coarseGrid.carry(new LatencySeries()));
  }

  reach(atUs: number): void {
    this.grid.reach(atUs);
    this.coarseGrid.reach(atUs);
  }

  glance(): FleetGlance {
    const total = (series: ReadonlyMap<Protocol, CountSeries>) =>
      [...series.values()].reduce((sum, one) => sum + one.total, 0);
    const boots = [...this.#jobs.values()].flatMap((kinds) => kinds.get('boot') ?? []);
    const files = [...this.#files.values()].flatMap((kinds) => [...kinds.values()]);
    return {
      scheduled: this.scheduled,
      begun: this.begun,
      states: inOrderOf(phases, this.#states, ({ level }) => level),
      requests: total(this.#requests),
      bytes: total(this.#bytes),
      asked: files.reduce((sum, { asked }) => sum + asked, 0),
      errors: files.reduce((sum, { errors }) => sum + errors, 0),
      bootsDone: boots.reduce((sum, { done }) => sum + done, 0),
      bootsFailed: boots.reduce((sum, { failed }) => sum + failed, 0),
      bootLatency: sumOf(boots.map(({ latency }) => latency)).stored(),
    };
  }

  live(): LiveFigures {
    const rows = <K, S, R>(sums: ReadonlyMap<Protocol, ReadonlyMap<K, S>>, row: RowOf<K, S, R>) =>
      [...sums].flatMap(([protocol, kinds]) => [...kinds].map(([kind, one]) => row(protocol, kind, one)));
    return {
      sessions: [...this.#sessions].map(([protocol, { level }]) => [protocol, level] as const),
      jobs: rows(this.#jobs, liveJobs),
      files: rows(this.#files, liveFiles),
    };
  }

  add(stored: FleetFigures): void {
    this.grid.reach(stored.endUs, stored.binUs);
    this.coarseGrid.reach(stored.endUs, stored.coarseBinUs);
    this.scheduled += stored.phones.scheduled;
    this.begun += stored.phones.begun;
    this.restarts += stored.phones.restarts;
    this.callsDropped += stored.phones.callsDropped;
    for (const end of phoneEnds) addTo(this.ends, end, stored.phones.ends[end] ?? 0);
    for (const [code, count] of Object.entries(stored.refusals)) addTo(this.refusals, code, count);
    for (const why of notifyReasons) addTo(this.notifiesIgnored, why, stored.notifiesIgnored[why] ?? 0);
    this.dnd.add(Distribution.from(stored.dnd));
    for (const protocol of protocols) this.#addOf(protocol, stored);
    const factor = this.grid.binUs / stored.binUs;
    for (const phase of phases) {
      const level = stored.overTime.states[phase];
      if (level !== undefined) this.states(phase).add(level, factor, stored.binUs);
    }
    for (const kind of handshakes) {
      const counts = stored.overTime.handshakes[kind];
      if (counts !== undefined) this.handshakes(kind).add(counts, factor);
    }
    if (stored.perSecond === undefined) this.#addedWithoutSeconds += 1;
    if (stored.release !== null) this.release?.add(stored.release, factor, stored.binUs);
    this.slowest.addAll(stored.slowest);
    this.failures.addAll(stored.failures);
  }

  #addOf(protocol: Protocol, stored: FleetFigures): void {
    const { overTime } = stored;
    const factor = this.grid.binUs / stored.binUs;
    for (const kind of jobKinds) {
      const jobs = stored.jobs[protocol]?.[kind];
      if (jobs !== undefined) this.jobs(protocol, kind).add(jobs);
    }
    for (const kind of fileKinds) {
      const files = stored.files[protocol]?.[kind];
      if (files !== undefined) this.files(protocol, kind).add(files);
    }
    if (overTime.requests[protocol]) this.#requestsOf(protocol).add(overTime.requests[protocol], factor);
    if (overTime.bytes[protocol]) this.bytes(protocol).add(overTime.bytes[protocol], factor);
    if (overTime.connections[protocol]) {
      this.#connectionsOf(protocol).add(overTime.connections[protocol], factor);
    }
    if (overTime.errors[protocol]) this.errors(protocol).add(overTime.errors[protocol], factor);
    const sessions = overTime.sessions[protocol];
    if (sessions !== undefined) this.sessions(protocol).add(sessions, factor, stored.binUs);
    for (const counted of countedPerSecond) {
      const seconds = stored.perSecond?.[counted][protocol];
      if (seconds !== undefined) this.#secondsOf(counted, protocol).add(seconds);
    }
    const latency = stored.latencyOverTime[protocol];
    if (latency !== undefined) {
      this.latencyOverTime(protocol).add(latency, this.coarseGrid.binUs / stored.coarseBinUs);
    }
  }

  /** `phones`: those that are still there, beside those of the figures that were added. */
  stored(phones: Iterable<OnTheWay> = []): FleetFigures {
    return {
      measuredFromUs: this.frame.measuredFromUs,
      endUs: this.grid.endUs,
      binUs: this.grid.binUs,
      coarseBinUs: this.coarseGrid.binUs,
      phones: {
        scheduled: this.scheduled,
        begun: this.begun,
        ends: countsOf(phoneEnds, this.ends),
        restarts: this.restarts,
        callsDropped: this.callsDropped,
      },
      jobs: inOrderOf(protocols, this.#jobs, (kinds) => inOrderOf(jobKinds, kinds, storedOf)),
      files: inOrderOf(protocols, this.#files, (kinds) => inOrderOf(fileKinds, kinds, storedOf)),
      refusals: sortedCounts(this.refusals),
      notifiesIgnored: countsOf(notifyReasons, this.notifiesIgnored),
      dnd: this.dnd.stored(),
      overTime: {
        requests: inOrderOf(protocols, this.#requests, storedOf),
        bytes: inOrderOf(protocols, this.#bytes, storedOf),
        errors: inOrderOf(protocols, this.#errors, storedOf),
        connections: inOrderOf(protocols, this.#connections, storedOf),
        handshakes: inOrderOf(handshakes, this.#handshakes, storedOf),
        sessions: inOrderOf(protocols, this.#sessions, storedOf),
        states: inOrderOf(phases, this.#states, storedOf),
      },
      ...(this.#addedWithoutSeconds === 0 && {
        perSecond: {
          requests: inOrderOf(protocols, this.#perSecond.requests, storedOf),
          connections: inOrderOf(protocols, this.#perSecond.connections, storedOf),
        },
      }),
      latencyOverTime: inOrderOf(protocols, this.#latencyOverTime, storedOf),
      release: this.release?.stored(phones) ?? null,
      slowest: this.slowest.stored(),
      failures: this.failures.stored(),
    };
  }

  #requestsOf(protocol: Protocol): CountSeries {
    return gotten(this.#requests, protocol, () => this.grid.carry(new CountSeries()));
  }

  #connectionsOf(protocol: Protocol): CountSeries {
    return gotten(this.#connections, protocol, () => this.grid.carry(new CountSeries()));
  }

  #secondsOf(counted: CountedPerSecond, protocol: Protocol): SecondCounts {
    return gotten(this.#perSecond[counted], protocol, () => new SecondCounts());
  }
}

type RowOf<K, S, R> = (protocol: Protocol, kind: K, sums: S) => R;

function storedOf<S>(sums: { stored(): S }): S {
  return sums.stored();
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

function newJobSums(): JobSums {
  return new JobSums();
}

function newFileSums(): FileSums {
  return new FileSums();
}

function addTo<K>(counts: Map<K, number>, key: K, amount: number): void {
  if (amount > 0) counts.set(key, (counts.get(key) ?? 0) + amount);
}
