import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfigurationFile } from '../../src/provisioning/configuration-file.ts';
import { decideFirmware } from '../../src/provisioning/decision.ts';
import { parseProvisioningFile } from '../../src/provisioning/provisioning-file.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';

const root = new URL('../../fixtures/documented/', import.meta.url);

function read(path: string): Uint8Array {
  return readFileSync(new URL(path, root));
}

function parse(path: string) {
  return parseProvisioningFile(read(path), { file: path, quirks: defaultQuirks });
}

const provisioning: [path: string, sections: string[], problems: string[]][] = [
  ['wazo/1230SIP.cfg', ['DEVICE_CONFIG', 'FW', 'USER_CONFIG'], ['12 FW_VERSION_FORM']],
  ['wazo/1230.cfg', ['FW'], ['4 FW_VERSION_FORM']],
  [
    'freepbx-blog/1230SIP.cfg',
    ['FW', 'DEVICE_CONFIG', 'USER_CONFIG'],
    ['4 FW_VERSION_BIN', '8 UNKNOWN_KEYWORD'],
  ],
  ['sipxecs/1230SIP.cfg', ['USER_CONFIG'], ['4 NO_VERSION']],
  ['manual-r4.4/1230SIP.cfg', ['USER_KEYS', 'FW'], ['2 NO_VERSION']],
  ['manual-r4.3/1230Boot.cfg', ['FW'], []],
  ['manual-r4.3/1230SIP.cfg', ['FW', 'LANGUAGE', 'TONES', 'IMAGES', 'USER_CONFIG'], []],
];
test.for(provisioning)('%s is read', ([path, sections, problems]) => {
  const parsed = parse(path);
  expect(parsed.sections.map((section) => section.name)).toEqual(sections);
  expect(parsed.problems.map(({ line, code }) => `${line} ${code}`)).toEqual(problems);
  expect(parsed.cutOff).toBe(false);
});

const configuration: [path: string, count: number][] = [
  ['wazo/DeviceConfig.cfg', 17],
  ['wazo/SIP001B4F123001.cfg', 11],
  ['sipxecs/SIP001B4F123001.cfg', 11],
];
test.for(configuration)('%s has %i values and no problem', ([path, count]) => {
  const parsed = parseConfigurationFile(read(path), { file: path, quirks: defaultQuirks });
  expect(parsed.values).toHaveLength(count);
  expect(parsed.problems).toEqual([]);
});

describe('the firmware of Wazo', () => {
  // The authors' own installation notes: phones sometimes refuse to upgrade unless FORCED is set.
  test('is not taken by a phone on SIP 3.2 under AUTO, but by one on UNIStim', () => {
    const [, firmware] = parse('wazo/1230SIP.cfg').sections;
    const [conversion] = parse('wazo/1230.cfg').sections;
    if (firmware === undefined || conversion === undefined) throw new Error('no [FW]');
    const sip = { running: 'SIP12x003.02.16.00', stored: undefined };
    const unistim = { running: '062AC7J', stored: undefined };
    expect(decideFirmware(firmware, sip, defaultQuirks)).toEqual({ action: 'skip', why: 'not-newer' });
    expect(decideFirmware(conversion, unistim, defaultQuirks)).toEqual({ action: 'download', why: 'forced' });
  });
});

test('every file says where it is from', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.cfg'),
  );
  expect(files).toHaveLength(provisioning.length + configuration.length);
  for (const path of files) expect(Buffer.from(read(path)).toString()).toMatch(/^# From: /);
});
