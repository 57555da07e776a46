import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A flash directory as someone wrote it by hand: a phone that was provisioned once. */
export function heldPhone(text = provisioned): { readonly folder: string; text(): string } {
  const folder = temporaryFolder();
  const file = join(folder, 'flash.json');
  writeFileSync(file, text);
  return { folder, text: () => readFileSync(file, 'utf8') };
}

/** Written as nobody but a person writes it, so that a rewrite of the same contents shows. */
export const provisioned = `{
  "mac": "00:1B:4F:12:30:01", "software": "SIP12x004.01.13.00",
  "versions": { "DEVICE_CONFIG": "000005", "LANGUAGE": "000002" },
  "files": { "LANGUAGE": ["French.lng"] },
  "settings": { "BANNER": "ACME" }
}
`;
