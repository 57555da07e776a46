import {
  bootFileName,
  provisioningFileName,
  unistimProvisioningFileName,
} from '../provisioning/file-name.ts';
import { type Model, models } from '../provisioning/words.ts';
import type { FindingList } from './finding-list.ts';
import type { Plan } from './shelf.ts';
import { isUserFile, whyNoUserFile } from './user-file-name.ts';

/** What the names of a tree's files say, whatever is in them. */
export function judgeNames(
  paths: readonly string[],
  about: {
    readonly plans: readonly Plan[];
    /** Paths that a phone would ask for. */
    readonly asked: ReadonlySet<string>;
    /** Names that values of settings give. */
    readonly mentioned: ReadonlySet<string>;
  },
  findings: FindingList,
): void {
  // Of a file that was read in part one cannot say what it does not name; and without any nothing is named.
  const allRead = about.plans.length > 0 && about.plans.every(({ cutOff }) => !cutOff);
  for (const path of paths) {
    if (isUserFile(path) || about.asked.has(path)) continue;
    const why = whyNoUserFile(path);
    const stray = strayOf(path);
    if (why !== undefined) findings.tell('STRAY_USER_FILE', { file: path, message: `${path}: ${why}` });
    else if (stray !== undefined) findings.tell('STRAY_NAME', { file: path, message: `${path}: ${stray}` });
    else if (isSibling(path)) {
      const message = `${path} is for a phone of the 1100 series; it is not looked at`;
      findings.tell('SIBLING_FILE', { file: path, message });
    } else if (allRead && !isAskedOtherwise(path) && !isMentioned(path, about)) {
      findings.tell('NEVER_FETCHED', { file: path, message: `${path} is named by no section` });
    }
  }
  judgeUserFiles(paths, about.plans, findings);
  judgeBootFiles(new Set(paths), about.plans, findings);
}

/** Names that are asked for at other times: by another model, the boot loader, UNIStim, a roaming user. */
function isAskedOtherwise(path: string): boolean {
  return (
    namesOfModels.has(path) || path.includes('@') || /(?:^|\/)(?:\.|README|LICENSE|CHANGELOG)/i.test(path)
  );
}

const namesOfModels: ReadonlySet<string> = new Set(
  models.flatMap((model) => [
    provisioningFileName(model),
    unistimProvisioningFileName(model),
    bootFileName(model),
  ]),
);

function strayOf(path: string): string | undefined {
  if (path.includes('/') || namesOfModels.has(path)) return undefined;
  const lower = path.toLowerCase();
  const meant = [...namesOfModels].find((name) => name.toLowerCase() === lower);
  if (meant !== undefined) return `letters are not in the right case; a phone asks for ${meant}`;
  if (/^12(?:xx|x0)(?:sip|boot)?\.cfg$/i.test(path)) {
    return 'the manuals print it as a placeholder; a 1230 asks for 1230SIP.cfg';
  }
  return /^12[123]0e(?:sip|boot)?\.cfg$/i.test(path)
    ? 'names with an e are those of the 1100 series; a 1230 asks for 1230SIP.cfg'
    : undefined;
}

function isSibling(path: string): boolean {
  return /(?:^|\/)11\d\de?(?:SIP|Boot)?\.cfg$/i.test(path);
}

function isMentioned(
  path: string,
  { plans, mentioned }: { readonly plans: readonly Plan[]; readonly mentioned: ReadonlySet<string> },
): boolean {
  if (mentioned.has(path.slice(path.lastIndexOf('/') + 1))) return true;
  return plans.some(({ sections }) =>
    sections.some(
      ({ name, files }) => name === 'DEV_CERT' && files.some((file) => standsFor(file.name, path)),
    ),
  );
}

/** `*` in the FILENAME of [DEV_CERT] is the MAC. */
function standsFor(name: string, path: string): boolean {
  const [before = '', ...after] = name.split('*');
  if (after.length === 0) return name === path;
  const end = after.join('*');
  return path.startsWith(before) && path.endsWith(end) && path.length === before.length + 12 + end.length;
}

function judgeUserFiles(paths: readonly string[], plans: readonly Plan[], findings: FindingList): void {
  const userFiles = paths.filter(isUserFile).length;
  const asking = plans.flatMap(({ file, sections }) =>
    sections.filter(({ name }) => name === 'USER_CONFIG').map(({ line }) => ({ file, line })),
  );
  if (userFiles === 0) {
    for (const { file, line } of asking) {
      const message = 'no SIP<MAC>.cfg is in the tree';
      findings.tell('NO_USER_FILES', { file, line, section: 'USER_CONFIG', message });
    }
    return;
  }
  const silent = plans.filter(({ file, cutOff }) => !cutOff && !asking.some((other) => other.file === file));
  for (const { file } of silent) {
    const message = `the tree has ${userFiles} SIP<MAC>.cfg, and ${file} no [USER_CONFIG]`;
    findings.tell('NO_USER_CONFIG', { file, message });
  }
}

function judgeBootFiles(paths: ReadonlySet<string>, plans: readonly Plan[], findings: FindingList): void {
  for (const { file, sections } of plans) {
    const model = models.find((known: Model) => provisioningFileName(known) === file);
    const firmware = sections.find(({ name }) => name === 'FW');
    if (model === undefined || firmware === undefined || paths.has(bootFileName(model))) continue;
    const message = `${bootFileName(model)} is not in the tree, and ${file} brings firmware`;
    findings.tell('BOOT_FILE_MISSING', { file, line: firmware.line, section: 'FW', message });
  }
}
