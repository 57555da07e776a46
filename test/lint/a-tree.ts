import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_SOFTWARE } from '../../src/device/flash-contents.ts';
import { makeImage } from '../../src/device/image.ts';
import { directoryTree } from '../../src/lint/directory-tree.ts';
import { type LintOrder, type LintReport, lintTree } from '../../src/lint/lint-tree.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';

export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export const MAC = '001B4F123001';

/** A tree for the 1230 in which there is nothing to mend; `null` takes one of its files away. */
const cleanTree: Files = {
  '1230SIP.cfg': [
    '[DEVICE_CONFIG]',
    'DOWNLOAD_MODE AUTO',
    'VERSION 000001',
    'FILENAME DeviceConfig.cfg',
    'PROTOCOL HTTP',
    '[USER_CONFIG]',
    'DOWNLOAD_MODE FORCED',
    'VERSION 000001',
    'PROTOCOL HTTP',
    '',
  ].join('\n'),
  'DeviceConfig.cfg': 'SIP_DOMAIN1 deskphone.example\nSERVER_IP1_1 192.0.2.10\nTIMEZONE_OFFSET -18000\n',
  [`SIP${MAC}.cfg`]: 'VMAIL 1999\n',
};

/** What stands before the clean tree's own sections. */
export function withSections(...lines: readonly string[]): Files {
  return { '1230SIP.cfg': `${lines.join('\n')}\n${String(cleanTree['1230SIP.cfg'])}` };
}

export function image(load: string, sizeBytes = 70_000): Uint8Array {
  return makeImage({ load, sizeBytes });
}

/** Header lines and one text: enough for a language. */
export const language = '##1 Nortel IP phone language file\n##2 1140 SIP\n##3 ver SIP 4.4.9.0\nA=b\n';

/** A folder with these files, all of one moment. */
export function folderOf(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'deskphone-lint-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, body] of Object.entries(files)) {
    if (body === null) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), body);
    utimesSync(join(directory, path), 1_000_000, 1_000_000);
  }
  return directory;
}

/** The folder of a clean tree with some files changed. */
export function folderWith(files: Files = {}): string {
  return folderOf({ ...cleanTree, ...files });
}

/** Lints a folder as a 1230 from the factory, unless told otherwise. */
export function lintFolder(directory: string, order: Partial<LintOrder> = {}): Promise<LintReport> {
  return lintTree({
    tree: directoryTree(directory),
    server: undefined,
    ports: {},
    quirks: defaultQuirks,
    models: ['1230'],
    software: [DEFAULT_SOFTWARE],
    stored: ['nothing'],
    macs: [],
    rttMs: undefined,
    allow: [],
    breathe: async () => {},
    ...order,
  });
}

/** `error NOT_FOUND 1230SIP.cfg:4 message`, one a finding. */
export function saidBy({ findings }: LintReport): readonly string[] {
  return findings.map(({ rule, severity, file, line, message, files }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `${severity} ${rule} ${place} ${message}${files > 1 ? ` (${files} files)` : ''}`;
  });
}

export async function findingsIn(files: Files, order: Partial<LintOrder> = {}): Promise<readonly string[]> {
  return saidBy(await lintFolder(folderWith(files), order));
}
