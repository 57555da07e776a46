import { limitsOf } from '../provisioning/limits.ts';
import { compareLoads, parseFirmwareVersion, parseLoad } from '../provisioning/load.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { FindingList } from './finding-list.ts';
import type { SectionFiles } from './judge-sections.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Examined, Plan } from './shelf.ts';

/** What images are under the VERSION given, and whether files arrive in time by TFTP. */
export function judgeArrival(
  plan: Plan,
  sections: readonly SectionFiles[],
  rttMs: number | undefined,
  findings: FindingList,
): void {
  for (const { section, files } of sections) {
    const [image] = files;
    if (section.name === 'FW' && image?.examined.load !== undefined) {
      judgeLoad({ plan, line: section.versionLine ?? section.line, mode: section.downloadMode }, findings, {
        version: section.version,
        load: image.examined.load,
      });
    }
    for (const { line, examined } of files) {
      judgeTftp({ plan, line, kind: section.name }, examined, rttMs, findings);
    }
  }
}

/** Documented: M44 p52, VERSION is the version of the load on the server. */
function judgeLoad(
  { plan, line, mode }: { readonly plan: Plan; readonly line: number; readonly mode: 'AUTO' | 'FORCED' },
  findings: FindingList,
  { version, load }: { readonly version: string; readonly load: string },
): void {
  const [announced, found] = [parseFirmwareVersion(version), parseLoad(load)];
  if (announced === undefined || found === undefined || mode === 'FORCED') return;
  const difference = compareLoads(announced, found);
  if (difference === 0) return;
  const said = { file: plan.file, line, section: 'FW' as const };
  const message = `VERSION is ${version}, the image is ${load}`;
  if (difference > 0) findings.tell('FW_NEVER_ARRIVES', { ...said, message: `${message}: never reached` });
  else findings.tell('FW_OTHER_LOAD', { ...said, message });
}

/** Told where every phone of the model skips the image; stored versions have no say in it. */
export function judgeFirmwareNews(
  plans: readonly Plan[],
  rehearsals: readonly Rehearsal[],
  findings: FindingList,
): void {
  for (const { file, sections } of plans) {
    const firmware = sections.find(({ name }) => name === 'FW');
    const steps = rehearsals
      .filter(({ provisioningFile, phone }) => provisioningFile === file && phone.stored === 'nothing')
      .flatMap((rehearsal) => rehearsal.steps.filter(({ section }) => section === 'FW'));
    if (firmware === undefined || steps.length === 0 || steps.some(({ why }) => why !== 'not-newer'))
      continue;
    const line = firmware.versionLine ?? firmware.line;
    const message = `VERSION is ${firmware.version}, not higher than what the phones looked at run`;
    findings.tell('FW_NOT_NEWER', { file, line, section: 'FW', message });
  }
}

/** RFC 1350: 512 bytes a block, each acknowledged before the next; a last block that is not full ends it. */
const BLOCK_BYTES = 512;

function judgeTftp(
  { plan, line, kind }: { readonly plan: Plan; readonly line: number; readonly kind: SectionName },
  { path, source, file }: Examined,
  rttMs: number | undefined,
  findings: FindingList,
): void {
  if (source.protocol !== 'tftp' || file === undefined) return;
  const { totalMs } = limitsOf(kind, 'tftp');
  const blocks = Math.floor(file.sizeBytes / BLOCK_BYTES) + 1;
  const longest = `${(totalMs / blocks).toFixed(1)} ms`;
  const told = { file: plan.file, line, section: kind };
  if (rttMs !== undefined && blocks * rttMs > totalMs) {
    const seconds = Math.round((blocks * rttMs) / 1000);
    const message = `${path}: ${blocks} blocks at ${rttMs} ms each take ${seconds} s; a phone waits ${totalMs / 1000} s. A round trip may take ${longest}`;
    findings.tell('TFTP_TOO_SLOW', { ...told, message });
  } else if (kind === 'FW' && rttMs === undefined) {
    const message = `${path}: ${blocks} blocks by TFTP arrive within ${totalMs / 1000} s only where a round trip takes less than ${longest}`;
    findings.tell('FW_BY_TFTP', { ...told, message });
  }
}
