import { quote } from '../provisioning/quote.ts';
import type { Section } from '../provisioning/section.ts';
import { isVersionNumber, VERSION_DIGITS_MAX } from '../provisioning/version.ts';
import type { FindingList, Told } from './finding-list.ts';
import type { RuleId } from './rules.ts';
import type { Examined, Plan } from './shelf.ts';

/** A section with what stands behind its names. */
export interface SectionFiles {
  readonly section: Section;
  readonly files: readonly { readonly line: number; readonly examined: Examined }[];
}

/** What the sections of one provisioning file say together, and each by itself. */
export function judgeSections(
  plan: Plan,
  sections: readonly SectionFiles[],
  about: { readonly polls: boolean; readonly serverKnown: boolean },
  findings: FindingList,
): void {
  const tell = (rule: RuleId, section: Section, told: Pick<Told, 'line' | 'message'>) =>
    findings.tell(rule, { file: plan.file, section: section.name, ...told });
  judgeOrder(plan, tell);
  if (!about.serverKnown) judgeProtocols(plan, tell);
  judgeDeviceCertificate(sections, tell);
  for (const { section, files } of sections) {
    judgeMode(section, files, about.polls, tell);
    judgeVersion(section, tell);
    judgeCredentials(section, files[0]?.examined, tell);
    judgeAge(plan, section, files, tell);
  }
}

type Tell = (rule: RuleId, section: Section, told: Pick<Told, 'line' | 'message'>) => void;

/** Documented: M44 p54, the later section wins for a parameter that both give. */
function judgeOrder({ sections }: Plan, tell: Tell): void {
  const user = sections.find(({ name }) => name === 'USER_CONFIG');
  const device = sections.findLast(({ name }) => name === 'DEVICE_CONFIG');
  if (user === undefined || device === undefined || user.line > device.line) return;
  const message = `[USER_CONFIG] stands before [DEVICE_CONFIG] in line ${device.line}, whose settings win`;
  tell('USER_BEFORE_DEVICE', user, { line: user.line, message });
}

/** Only where nobody said how phones reach the tree; else DEFAULT_PROTOCOL says it with more right. */
function judgeProtocols({ sections }: Plan, tell: Tell): void {
  const named = new Set(sections.flatMap(({ protocol }) => protocol ?? []));
  if (named.size === 0 || named.has('tftp')) return;
  const others = [...named].map((protocol) => protocol.toUpperCase()).join(' and ');
  for (const section of sections.filter(({ protocol }) => protocol === undefined)) {
    const message = `[${section.name}] names no PROTOCOL and means TFTP; the other sections name ${others}`;
    tell('MIXED_PROTOCOL', section, { line: section.line, message });
  }
}

function judgeDeviceCertificate(sections: readonly SectionFiles[], tell: Tell): void {
  for (const { section, files } of sections) {
    if (section.name === 'DEV_CERT') return;
    if (files[0]?.examined.source.protocol !== 'https') continue;
    const message = `[${section.name}] comes by HTTPS, and no [DEV_CERT] stands before it`;
    tell('NO_DEVICE_CERTIFICATE', section, { line: section.line, message });
  }
}

/** Documented: S41 p32, FORCED is advised for [USER_CONFIG]: its file has no version of its own. */
function judgeMode(section: Section, files: SectionFiles['files'], polls: boolean, tell: Tell): void {
  if (section.downloadMode !== 'FORCED') return;
  const { line } = section;
  if (section.prompt) {
    const message = `[${section.name}] is FORCED with PROMPT YES: its user is asked at every check`;
    tell('PROMPT_EVERY_CHECK', section, { line, message });
  }
  if (section.name === 'USER_CONFIG' || files.length === 0) return;
  const sizes = files.map(({ examined }) => examined.file?.sizeBytes ?? 0);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const size = bytes === 0 ? '' : `, ${bytes} bytes each time`;
  const name = `[${section.name}] is FORCED`;
  if (polls) {
    tell('FORCED_EVERY_DAY', section, {
      line,
      message: `${name} and AUTO_UPDATE is YES: fetched every day${size}`,
    });
  } else {
    tell('FORCED_EVERY_CHECK', section, { line, message: `${name}: fetched at every check${size}` });
  }
}

/** What leaves no room above it, or counts as the lowest whatever it is. [FW] has its own rules. */
function judgeVersion(section: Section, tell: Tell): void {
  const { name, version, downloadMode, versionLine: line = section.line } = section;
  if (downloadMode !== 'AUTO' || name === 'FW') return;
  const highest = /^0*9+$/.test(version) && version.length >= VERSION_DIGITS_MAX;
  if (isVersionNumber(version) && !highest) return;
  const found = version === '' ? 'there is no VERSION' : `VERSION is ${quote(version)}`;
  const why = highest ? 'no number of 10 digits is higher' : 'it counts as the lowest';
  tell('VERSION_NEVER_RISES', section, { line, message: `[${name}] is AUTO and ${found}: ${why}` });
}

function judgeCredentials(section: Section, examined: Examined | undefined, tell: Tell): void {
  const { userName, password, line, name } = section;
  if (userName === undefined && password === undefined) return;
  const protocol = examined?.source.protocol ?? section.protocol ?? 'tftp';
  if (protocol === 'tftp') {
    tell('CREDENTIALS_UNUSED', section, { line, message: `[${name}] comes by TFTP, which knows no users` });
  } else if (userName === undefined) {
    tell('CREDENTIALS_UNUSED', section, {
      line,
      message: `[${name}] has SRV_USER_PASS and no SRV_USER_NAME`,
    });
  } else if (password !== undefined) {
    const wire = protocol === 'https' ? '' : ` and goes over ${protocol.toUpperCase()} in the clear`;
    const message = `the password of [${name}] stands in the file${wire}`;
    tell('CREDENTIALS_IN_CLEAR', section, { line, message });
  }
}

/** Files of one release are put there within moments of each other. */
const SAME_RELEASE_MS = 60_000;

/** A guess by the times of the files: changed after the provisioning file was, under the same VERSION. */
function judgeAge(plan: Plan, section: Section, files: SectionFiles['files'], tell: Tell): void {
  const { modifiedMs: plannedMs } = plan;
  if (section.downloadMode !== 'AUTO' || section.name === 'FW' || plannedMs === undefined) return;
  for (const { line, examined } of files) {
    const changedMs = examined.modifiedMs ?? 0;
    if (changedMs <= plannedMs + SAME_RELEASE_MS) continue;
    const message = `${examined.path} changed after ${plan.file} did, and VERSION is ${section.version}`;
    tell('VERSION_NOT_RAISED', section, { line, message });
  }
}
