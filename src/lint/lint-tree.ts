import {
  bootFileName,
  provisioningFileName,
  unistimProvisioningFileName,
} from '../provisioning/file-name.ts';
import { softwareOf } from '../provisioning/load.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Ports } from '../provisioning/section-source.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import { type Model, models, type Severity } from '../provisioning/words.ts';
import { type Finding, FindingList } from './finding-list.ts';
import { judgeFirmwareNews } from './judge-firmware.ts';
import { judgeModels } from './judge-models.ts';
import { judgeNames } from './judge-names.ts';
import { judgePlan } from './judge-plan.ts';
import { judgeUserFiles } from './judge-user-files.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import { offeredBy } from './offered.ts';
import { phonesOf, type StoredState } from './phones.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import type { RuleId } from './rules.ts';
import { type Plan, Shelf } from './shelf.ts';
import type { Tree } from './tree.ts';
import { isUserFile, macOf } from './user-file-name.ts';

/** What to look at, and as which phones. */
export interface LintOrder {
  readonly tree: Tree;
  /** The address phones are given; undefined: a folder, and nobody said. */
  readonly server: ServerAddress | undefined;
  readonly ports: Ports;
  readonly quirks: Quirks;
  /** Undefined: those that have a provisioning file. */
  readonly models: readonly Model[] | undefined;
  readonly software: readonly [string, ...string[]];
  readonly stored: readonly StoredState[];
  /** Phones whose own file must be there; empty: whichever there are. */
  readonly macs: readonly string[];
  /** Of a TFTP packet and its answer; undefined: not known. */
  readonly rttMs: number | undefined;
  /** Rules that find nothing. */
  readonly allow: readonly RuleId[];
  /** Called now and then, so that a long reading can be broken off: it throws then. */
  breathe(): Promise<void>;
}

export interface LintReport {
  readonly tree: string;
  /** Files in the tree; null: a server, which cannot be asked. */
  readonly files: number | null;
  readonly userFiles: number;
  readonly findings: readonly Finding[];
  readonly unlisted: ReadonlyMap<RuleId, number>;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly matrix: Matrix;
}

/** Used where no phone's own file is there to go by. */
const ANY_MAC = '001B4F123001';

/** Reads a tree as phones would, and then as nobody but its keeper can. */
export async function lintTree(order: LintOrder): Promise<LintReport> {
  const { tree, quirks } = order;
  const findings = new FindingList(order.allow);
  const userFiles = tree.paths?.filter(isUserFile) ?? [];
  const macs = order.macs.length > 0 ? order.macs : [macOf(userFiles[0] ?? '') || ANY_MAC];
  const shelf = new Shelf({
    ...order,
    findings,
    userFiles: order.macs.length > 0 ? 'demanded' : tree.paths === undefined ? 'unasked' : 'if-there',
  });
  // In a folder every file is read, whoever is looked at: else one could not say what nobody fetches.
  const read = tree.paths === undefined ? (order.models ?? models) : models;
  const plans = await plansOf(read.map(provisioningFileName), shelf);
  judgeMissingPlans(order, plans, shelf, findings);

  const offered = offeredBy(plans);
  const readings = [];
  for (const plan of plans)
    readings.push(await judgePlan(plan, { ...order, shelf, findings, offered, macs }));
  const polling = await judgeUserFiles(userFiles, readings, { ...order, findings, offered });
  for (const reading of readings) reading.judgeTogether(polling);
  for (const plan of await plansOf(otherNames(order), shelf)) {
    const reading = await judgePlan(plan, { ...order, shelf, findings, offered, macs });
    reading.judgeTogether(0);
  }
  judgeModels(plans, findings);

  const stage = { shelf, findings, quirks };
  const rehearsals: Rehearsal[] = [];
  for (const phone of phonesOf({ ...order, models: modelsOf(order, plans), macs })) {
    rehearsals.push(await rehearse(phone, stage));
    await order.breathe();
  }
  judgeUnservedPhones(rehearsals, shelf, findings);
  judgeFirmwareNews(plans, rehearsals, findings);
  if (tree.paths !== undefined) {
    const mentioned = new Set(readings.flatMap(({ values }) => Object.values(values)));
    judgeNames(tree.paths, { plans, asked: shelf.asked, mentioned }, findings);
  }
  for (const message of tree.limits) findings.tell('TREE_TOO_LARGE', { file: '', message });
  return {
    tree: tree.name,
    files: tree.paths?.length ?? null,
    userFiles: userFiles.length,
    findings: findings.all(),
    unlisted: findings.unlisted,
    counts: findings.counts(),
    matrix: matrixOf(rehearsals),
  };
}

async function plansOf(names: readonly string[], shelf: Shelf): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const name of names) {
    const plan = await shelf.plan(name);
    if (plan !== undefined) plans.push(plan);
  }
  return plans;
}

/** Files of UNIStim phones and boot loaders: read where they are; a server is asked as such a phone only. */
function otherNames({ tree, software }: LintOrder): readonly string[] {
  const ofUnistim = models.map(unistimProvisioningFileName);
  const { paths } = tree;
  if (paths === undefined) return software.some((load) => softwareOf(load) === 'UNIStim') ? ofUnistim : [];
  return [...ofUnistim, ...models.map(bootFileName)].filter((name) => paths.includes(name));
}

function modelsOf(order: LintOrder, plans: readonly Plan[]): readonly Model[] {
  if (order.models !== undefined) return order.models;
  const served = models.filter((model) => plans.some(({ file }) => file === provisioningFileName(model)));
  return served.length > 0 ? served : models;
}

function judgeMissingPlans(
  { tree, models: asked }: LintOrder,
  plans: readonly Plan[],
  shelf: Shelf,
  findings: FindingList,
): void {
  for (const model of asked ?? models) {
    const file = provisioningFileName(model);
    if (plans.some((plan) => plan.file === file) || shelf.failed.has(file)) continue;
    const needed = asked !== undefined || plans.length === 0;
    const message = `${file} is not there${needed ? elsewhere(tree, file) : ''}`;
    findings.tell(needed ? 'NO_PROVISIONING_FILE' : 'MODEL_NOT_SERVED', { file, message });
  }
}

/** Phones with UNIStim that were asked about have a file of their own. */
function judgeUnservedPhones(rehearsals: readonly Rehearsal[], shelf: Shelf, findings: FindingList): void {
  for (const { phone, served, provisioningFile: file } of rehearsals) {
    if (served || softwareOf(phone.software) === 'SIP' || shelf.failed.has(file)) continue;
    const message = `${file} is not there; a ${phone.model} with ${phone.software} asks for it`;
    findings.tell('NO_PROVISIONING_FILE', { file, message });
  }
}

/** Where a file of that name is instead: most likely the folder that phones are given. */
function elsewhere({ paths = [] }: Tree, file: string): string {
  const found = paths.find((path) => path.endsWith(`/${file}`));
  if (found === undefined) return '';
  return `; ${found} is: lint the folder that phones are given`;
}
