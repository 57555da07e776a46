import type { Section } from '../provisioning/section.ts';
import { compareVersions } from '../provisioning/version.ts';
import type { FindingList } from './finding-list.ts';
import type { Plan } from './shelf.ts';

/** What the provisioning files of several models say of the same file. */
export function judgeModels(plans: readonly Plan[], findings: FindingList): void {
  const seen = new Map<string, { readonly plan: Plan; readonly section: Section }>();
  for (const plan of plans) {
    for (const section of plan.sections) {
      for (const { name } of section.files) {
        const key = `${section.name}\n${section.serverIp ?? ''}\n${name}`;
        const first = seen.get(key);
        if (first === undefined) seen.set(key, { plan, section });
        else judgePair(name, first, { plan, section }, findings);
      }
    }
  }
}

interface Place {
  readonly plan: Plan;
  readonly section: Section;
}

/** Told where the version is the lower one: that file was forgotten. */
function judgePair(name: string, first: Place, second: Place, findings: FindingList): void {
  if (first.plan.file === second.plan.file || first.section.version === second.section.version) return;
  const firstIsLower = compareVersions(first.section.version, second.section.version) < 0;
  const [lower, higher] = firstIsLower ? [first, second] : [second, first];
  const { plan, section } = lower;
  const message = `${name} has VERSION ${section.version} here and ${higher.section.version} in ${higher.plan.file}`;
  findings.tell('VERSIONS_DIFFER', {
    file: plan.file,
    line: section.versionLine ?? section.line,
    section: section.name,
    message,
  });
}
