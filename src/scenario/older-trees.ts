import { statSync } from 'node:fs';
import { quote } from '../provisioning/quote.ts';
import { type FaultComplaint, nameOfRule } from '../server/fault-rules.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { directoryStore, type FileStore } from '../server/file-store.ts';
import type { OlderTrees } from '../server/phone-faults.ts';

/** The folders that rules take older files from, opened. Throws what `complaintsAboutFolders` would tell. */
export function openOlderTrees(rules: readonly FaultRule[]): OlderTrees {
  const [complaint] = complaintsAboutFolders(rules);
  if (complaint !== undefined) throw new Error(complaint.message);
  const trees = new Map<string, FileStore>();
  for (const from of rules.flatMap(folderOf)) trees.set(from, trees.get(from) ?? directoryStore(from));
  return trees;
}

/** What is wrong with those folders; a name that is not absolute counts from where the program runs. */
export function complaintsAboutFolders(rules: readonly FaultRule[]): readonly FaultComplaint[] {
  return rules.flatMap((rule, index) =>
    folderOf(rule)
      .filter((from) => !isFolder(from))
      .map((from) => ({
        path: [index, 'from'],
        message: `${nameOfRule(index, rule.fault)}: from is ${quote(from)}, which is no folder; expected one with an older tree`,
      })),
  );
}

function folderOf(rule: FaultRule): readonly string[] {
  return 'from' in rule ? [rule.from] : [];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
