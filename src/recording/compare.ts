import { resolve } from 'node:path';
import { type QuirkName, type Quirks, quirkTable } from '../provisioning/quirks.ts';
import { type Protocol, protocols } from '../provisioning/words.ts';
import type { StepInput } from '../scenario/live-phone.ts';
import type { Capture } from './capture.ts';
import type { CaptureComparison } from './capture-comparison.schema.ts';
import { beginsCheck } from './compare-asked.ts';
import { aspects, type Conduct, differences } from './compare-conduct.ts';
import { type CapturedPhone, phoneIn } from './compare-phone.ts';
import { conductOfFiles, type Play, playPhone } from './compare-played.ts';
import { judgeRules } from './compare-rules.ts';
import { faultsIn, type RebuiltTree, rebuildTree } from './compare-server.ts';
import { judgeSwitches, type SwitchVerdicts } from './compare-switches.ts';
import { playWire, wireSwitches } from './compare-wire.ts';
import { wireConduct } from './compare-wire-conduct.ts';

export interface CompareOptions {
  /** As it was given. */
  readonly name: string;
  /** Absent: the only one. */
  readonly address?: string;
  /** A folder with the server's tree; absent: the bodies in the capture. */
  readonly files?: string;
  readonly software?: string;
  /** What was done with the phone after its power came on. */
  readonly steps: readonly StepInput[];
  /** Which switches are judged; absent: all. */
  readonly switches?: readonly QuirkName[];
  /** Ends it; it then rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** Checks that are fetched again over sockets have no more requests than this. Our own bound. */
const REPLAYED_MAX = 2_000;

/**
 * Plays our phone with the tree of a capture once for each value of each switch, and says which reproduce it.
 * Throws `CompareError` for a capture that shows no phone.
 */
export async function compareCapture(capture: Capture, options: CompareOptions): Promise<CaptureComparison> {
  const phone = phoneIn(capture, options.address);
  const { address, asked } = phone;
  const theirs = {
    ...conductOfFiles(asked),
    ...wireConduct({
      http: capture.http.filter(({ client }) => client === address),
      ftp: capture.ftp.filter(({ client }) => client === address),
      asked,
    }),
  };
  const tree = rebuildTree(asked);
  try {
    const play = playOf(capture, phone, tree, options);
    const [switchesOfWire, switchesOfFiles] = switchesOf(options);
    const ofFiles = await judgeSwitches(switchesOfFiles, theirs, async (quirks) => {
      options.signal?.throwIfAborted();
      return playPhone(play, quirks);
    });
    const overWire =
      asked.length > REPLAYED_MAX
        ? nothingPlayed
        : (quirks: Partial<Quirks>) => playWire(capture, address, quirks);
    const ofWire = await judgeSwitches(switchesOfWire, theirs, overWire);
    return comparisonOf(
      { capture, phone, theirs, ofFiles, ofWire, notes: notesOf(capture, phone, tree, options) },
      options,
    );
  } finally {
    tree.remove();
  }
}

/** Those that connections alone show, and the others. */
function switchesOf({ switches = Object.keys(quirkTable) as QuirkName[] }: CompareOptions) {
  const isOfWire = (name: QuirkName) => wireSwitches.some((known) => known === name);
  return [switches.filter(isOfWire), switches.filter((name) => !isOfWire(name))] as const;
}

async function nothingPlayed(): Promise<Conduct> {
  return {};
}

function playOf(
  capture: Capture,
  { address, asked, mac, model, software }: CapturedPhone,
  tree: RebuiltTree,
  { files, software: given, steps }: CompareOptions,
): Play {
  const own = capture.tries.filter((one) => one.address === address);
  const heard = new Set(asked.flatMap(({ protocol, file }) => (file === null ? [] : protocol)));
  const unheard = [...new Set(own.map(({ protocol }) => protocol))].filter(
    (protocol) => !heard.has(protocol),
  );
  const faults = faultsIn(
    asked,
    unheard,
    own.some(({ result }) => result === 'unanswered') ? 'silence' : 'refuse',
  );
  const load = given ?? software;
  return {
    phone: { mac, model, ...(load !== undefined && { software: load }) },
    server: {
      files: files === undefined ? { ...tree.files } : [resolve(files), { ...tree.files }],
      protocol: protocolOf(asked),
      ...(faults.length > 0 && { faults }),
    },
    steps,
    asked,
    unheard,
  };
}

function protocolOf(asked: CapturedPhone['asked']): Protocol {
  const first = asked.find(beginsCheck)?.protocol;
  return protocols.find((known) => known === first) ?? 'tftp';
}

interface Judged {
  readonly capture: Capture;
  readonly phone: CapturedPhone;
  readonly theirs: Conduct;
  readonly ofFiles: SwitchVerdicts;
  readonly ofWire: SwitchVerdicts;
  readonly notes: readonly string[];
}

function comparisonOf(judged: Judged, { name, software }: CompareOptions): CaptureComparison {
  const { capture, phone, theirs, ofFiles, ofWire, notes } = judged;
  const { address, mac, model, asked } = phone;
  const ours = { ...ofFiles.played, ...ofWire.played };
  const left = differences(theirs, ours).map((aspect) => ({
    aspect,
    says: aspects[aspect],
    captured: [...(theirs[aspect] ?? [])],
    played: [...(ours[aspect] ?? [])],
  }));
  const best = Object.entries({ ...ofFiles.best, ...ofWire.best }).map(([key, value]) => [
    key,
    String(value),
  ]);
  return {
    type: 'capture.comparison',
    capture: name,
    phone: { address, mac, model, software: software ?? phone.software ?? null },
    requests: asked.length,
    checks: asked.filter(beginsCheck).length,
    runs: ofFiles.runs + ofWire.runs,
    reproduced: left.length === 0,
    best: Object.fromEntries(best),
    differences: left,
    switches: [...ofFiles.switches, ...ofWire.switches]
      .map((one) => ({ ...one, values: [...one.values] }))
      .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)),
    rules: [...judgeRules({ capture, address, theirs, ours })],
    notes: [...notes],
  };
}

/** What somebody has to do something about comes first. */
const order = ['refuted', 'contradicted', 'narrowed', 'settled', 'no-evidence'];

function notesOf(
  { notes }: Capture,
  { software, asked }: CapturedPhone,
  { lost, changed }: RebuiltTree,
  { files, software: given }: CompareOptions,
): readonly string[] {
  const list = (names: readonly string[]) => names.join(', ');
  return [
    ...notes
      .filter(({ code }) => code !== 'NOT_IP')
      .map(({ message, packet }) => `packet ${packet}: ${message}`),
    ...(software === undefined && given === undefined
      ? ['the capture does not tell which software runs: --software says it']
      : []),
    ...(lost.length > 0 && files === undefined
      ? [`not whole in the capture: ${list(lost)}; --files DIR gives the server's tree`]
      : []),
    ...(changed.length > 0
      ? [`came with another content later on, played as at first: ${list(changed)}`]
      : []),
    ...(asked.length > REPLAYED_MAX
      ? [`more than ${REPLAYED_MAX} requests: connections are not compared`]
      : []),
  ];
}
