import type { FindingList } from './finding-list.ts';
import { judgeArrival } from './judge-firmware.ts';
import { judgeSections, type SectionFiles } from './judge-sections.ts';
import { judgeSettings, type Offered } from './judge-settings.ts';
import { namedFilesOf } from './named-files.ts';
import { inForce } from './setting-lines.ts';
import type { Plan, Shelf } from './shelf.ts';

/** How a provisioning file is looked at. */
export interface PlanOrder {
  readonly shelf: Shelf;
  readonly findings: FindingList;
  readonly offered: Offered;
  /** The first counts; the others ask for their own files when they are rehearsed. */
  readonly macs: readonly string[];
  readonly server: unknown;
  readonly rttMs: number | undefined;
}

/** A provisioning file with all that it names. */
export interface PlanReading {
  readonly plan: Plan;
  readonly sections: readonly SectionFiles[];
  /** Settings that its device configuration gives. */
  readonly values: Readonly<Record<string, string>>;
  /** What can be said only when phones' own files were read: how many of them switch the daily poll on. */
  judgeTogether(polling: number): void;
}

/** Looks at every file a provisioning file names, and at the settings among them. */
export async function judgePlan(plan: Plan, order: PlanOrder): Promise<PlanReading> {
  const { shelf, findings, offered, macs, rttMs } = order;
  const sections: SectionFiles[] = [];
  let values: Readonly<Record<string, string>> = {};
  for (const section of plan.sections) {
    const files = [];
    for (const named of namedFilesOf(section, macs[0] ?? '')) {
      const examined = await shelf.examine(plan, section, named);
      files.push({ line: named.line, examined });
      const { settings } = examined;
      if (section.name !== 'DEVICE_CONFIG' || settings === undefined) continue;
      judgeSettings(
        { file: examined.path, section: section.name, settings, before: values },
        offered,
        findings,
      );
      values = { ...values, ...settings.values };
    }
    sections.push({ section, files });
  }
  return {
    plan,
    sections,
    values,
    judgeTogether(polling) {
      const polls = polling > 0 || inForce('AUTO_UPDATE', { values, lines: new Map() }) === 'YES';
      judgeSections(plan, sections, { polls, serverKnown: order.server !== undefined }, findings);
      judgeArrival(plan, sections, rttMs, findings);
    },
  };
}
