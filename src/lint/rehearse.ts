import { apply } from '../device/apply.ts';
import { checkRoom } from '../device/capacity.ts';
import { changeFlash } from '../device/change-flash.ts';
import { type FlashContents, factoryFlash } from '../device/flash-contents.ts';
import { receiveSettings, settingsOfFile } from '../device/settings.ts';
import { versionKeyOf } from '../device/version-key.ts';
import { type Decision, decide, decideFirmware } from '../provisioning/decision.ts';
import { provisioningFileName, unistimProvisioningFileName } from '../provisioning/file-name.ts';
import { softwareOf, whyNotConverted } from '../provisioning/load.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { FindingList } from './finding-list.ts';
import { namedFilesOf } from './named-files.ts';
import type { LintPhone } from './phones.ts';
import type { RuleId } from './rules.ts';
import type { Examined, Plan, Shelf } from './shelf.ts';

/** What became of one name of a section in a check, and why it was asked for or not. */
export interface Step {
  readonly section: SectionName;
  readonly file: string;
  readonly why: Decision['why'];
  readonly result: 'taken' | 'identical' | 'restart' | 'refused' | 'missing' | 'elsewhere' | 'skipped';
  /** Why it is refused or missing. */
  readonly code?: RuleId;
  readonly sizeBytes?: number;
}

/** One phone's way through the tree, without time and without a network of its own. */
export interface Rehearsal {
  readonly phone: LintPhone;
  /** The provisioning file asked for first. */
  readonly provisioningFile: string;
  readonly served: boolean;
  readonly steps: readonly Step[];
}

interface Stage {
  readonly shelf: Shelf;
  readonly findings: FindingList;
  readonly quirks: Quirks;
}

/** Rehearses a check from a phone's stored state, with the one after the restart that new firmware brings. */
export async function rehearse(phone: LintPhone, stage: Stage): Promise<Rehearsal> {
  const { mac, software } = phone;
  const fresh = factoryFlash({ mac, software });
  const before = phone.stored === 'nothing' ? fresh : (await check(phone, fresh, stage)).flash;
  const provisioningFile = planFileOf(phone, before);
  const served = (await stage.shelf.plan(provisioningFile)) !== undefined;
  const { steps } = await check(phone, before, stage);
  return { phone, provisioningFile, served, steps };
}

/** Software with UNIStim asks for another file. */
function planFileOf({ model }: LintPhone, { software }: FlashContents): string {
  return softwareOf(software) === 'UNIStim'
    ? unistimProvisioningFileName(model)
    : provisioningFileName(model);
}

interface Checked {
  readonly flash: FlashContents;
  readonly steps: readonly Step[];
}

/** One check and, after a restart for new firmware, the next; a second restart is not waited for. */
async function check(phone: LintPhone, before: FlashContents, stage: Stage): Promise<Checked> {
  const first = await checkOnce(phone, before, stage);
  if (!first.steps.some(({ result }) => result === 'restart')) return first;
  const second = await checkOnce(phone, first.flash, stage);
  return { flash: second.flash, steps: [...first.steps, ...second.steps] };
}

async function checkOnce(phone: LintPhone, before: FlashContents, stage: Stage): Promise<Checked> {
  const plan = await stage.shelf.plan(planFileOf(phone, before));
  const steps: Step[] = [];
  let flash = before;
  for (const section of plan?.sections ?? []) {
    const turn = await takeTurn(phone, flash, plan, section, stage);
    steps.push(...turn.steps);
    flash = turn.flash;
    if (turn.steps.some(({ result }) => result === 'restart')) break;
  }
  return { flash, steps };
}

async function takeTurn(
  { mac }: LintPhone,
  before: FlashContents,
  plan: Plan | undefined,
  section: Section,
  stage: Stage,
): Promise<Checked> {
  const decision = decideFor(section, before, stage.quirks);
  const named = namedFilesOf(section, mac);
  const about = (file: string) => ({ section: section.name, file, why: decision.why });
  if (plan === undefined || decision.action === 'skip') {
    return { flash: before, steps: named.map(({ path }) => ({ ...about(path), result: 'skipped' })) };
  }
  let flash = eraseFirst(section, before, stage.quirks);
  let complete = true;
  const steps: Step[] = [];
  for (const file of named) {
    const examined = await stage.shelf.examine(plan, section, file);
    const taken = take(flash, section, examined, { ...stage, plan, line: file.line });
    flash = taken.flash;
    const size = examined.file === undefined ? {} : { sizeBytes: examined.file.sizeBytes };
    steps.push({ ...about(file.path), ...taken.ended, ...size });
    complete &&=
      ['taken', 'identical', 'restart'].includes(taken.ended.result) || taken.ended.code === 'STORE_FULL';
  }
  if (!complete) return { flash, steps };
  const version = {
    change: 'version' as const,
    section: versionKeyOf(section.name),
    version: section.version,
  };
  return { flash: changeFlash(flash, [version]), steps };
}

function decideFor(section: Section, { software, versions }: FlashContents, quirks: Quirks): Decision {
  const stored = versions[versionKeyOf(section.name)];
  return section.name === 'FW'
    ? decideFirmware(section, { running: software, stored }, quirks)
    : decide(section, stored);
}

/** DELETE_FILES YES (M43 p45), as far as it changes what there is room for. */
function eraseFirst(section: Section, flash: FlashContents, quirks: Quirks): FlashContents {
  if (!section.deleteFiles) return flash;
  const kinds = quirks.deleteFiles === 'both' ? (['LANGUAGE', 'TONES'] as const) : [section.name];
  return changeFlash(
    flash,
    kinds.map((kind) => ({
      change: 'files-erased',
      section: kind,
      names: (flash.files[kind] ?? []).map((file) => file.name),
    })),
  );
}

interface Taken {
  readonly flash: FlashContents;
  readonly ended: Pick<Step, 'result' | 'code'>;
}

function take(
  flash: FlashContents,
  section: Section,
  examined: Examined,
  stage: Stage & { readonly plan: Plan; readonly line: number },
): Taken {
  const { state, code, file, load, settings } = examined;
  if (state !== 'taken' || file === undefined) {
    return { flash, ended: { result: state, ...(code !== undefined && { code }) } };
  }
  if (load !== undefined) return takeFirmware(flash, load, stage);
  if (settings !== undefined) {
    const received = receiveSettings(flash.settings, settingsOfFile(settings.values), {
      file: file.name,
      section: section.name,
    });
    return { flash: changeFlash(flash, received.changes), ended: { result: 'taken' } };
  }
  const { findings, quirks, plan, line } = stage;
  const room = checkRoom(flash, section, file, quirks.customDataMax);
  if (room.verdict === 'refused') {
    findings.tell(room.code, { file: plan.file, line, section: section.name, message: room.message });
    return { flash, ended: { result: 'refused', code: room.code } };
  }
  findings.tellAll(room.problems, plan.file, line);
  const { changes } = apply(flash, section, file, { quirks, receivedAt: '' });
  return { flash: changeFlash(flash, changes), ended: { result: 'taken' } };
}

/** Documented: R4.3 manual, UNIStim below 062AC5L is upgraded as UNIStim first. */
function takeFirmware(
  flash: FlashContents,
  load: string,
  { findings, plan, line }: { findings: FindingList; plan: Plan; line: number },
): Taken {
  const why = softwareOf(flash.software) === 'UNIStim' ? whyNotConverted(flash.software) : undefined;
  if (why !== undefined) {
    const code = 'CONVERSION_REFUSED';
    findings.tell(code, { file: plan.file, line, section: 'FW', message: why });
    return { flash, ended: { result: 'refused', code } };
  }
  if (load === flash.software) return { flash, ended: { result: 'identical' } };
  const software = { change: 'software' as const, software: load };
  return { flash: changeFlash(flash, [software]), ended: { result: 'restart' } };
}
