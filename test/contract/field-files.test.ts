import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type BenchOptions, type BenchPhone, benchPhone, image } from '../phone/bench-phone.ts';
import { textIn, treeIn } from './field-tree.ts';

// What administrators did to their files, and what a phone made of it.

/** A phone that boots from a tree of the field. */
async function booted(folder: string, options: BenchOptions = {}): Promise<BenchPhone> {
  const bench = benchPhone({ ...options, files: { ...treeIn(folder), ...options.files } });
  await bench.follow('power.on');
  return bench;
}

/** `FW download newer stored SIP12x0...`, one a section and check. */
function decided(bench: BenchPhone): readonly string[] {
  return bench
    .outcome()
    .sections.map(({ section, decision, why, result, version, error }) =>
      [section, decision, why, result, version ?? '-', error].filter((word) => word !== undefined).join(' '),
    );
}

const told = (bench: BenchPhone) => bench.outcome().problems.map(({ code }) => code);
const asked = (bench: BenchPhone) => bench.factsOf('file.requested').map(({ file }) => file);
const settingsOf = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

const load = 'SIP12x004.01.13.00';
const ofWazo = { [`firmware/${load}.bin`]: image(load) };

test('row 1: a file that changed under the same VERSION is not fetched', async () => {
  const bench = await booted('field/01-changed-without-version/before');
  bench.publish(treeIn('field/01-changed-without-version/after'));
  await bench.follow('power.off', 'power.on');
  expect(decided(bench).at(-1)).toBe('DEVICE_CONFIG skip not-newer none 000001');
  expect(bench.outcome().settings['BANNER']).toBe('BEFORE');
});

describe('row 2: firmware whose VERSION is digits', () => {
  const old = { software: 'SIP12x003.02.16.00' };

  test('is left under AUTO, although it is newer, and that is told', async () => {
    const bench = await booted('documented/wazo', { files: ofWazo, flash: old });
    expect(decided(bench)).toContain('FW skip not-newer none -');
    expect(told(bench)).toContain('FW_VERSION_FORM');
    expect(bench.flash.read().software).toBe(old.software);
  });

  test('is taken under FORCED', async () => {
    const text = textIn('documented/wazo', '1230SIP.cfg');
    const files = { ...ofWazo, '1230SIP.cfg': text.replace('DOWNLOAD_MODE AUTO', 'DOWNLOAD_MODE FORCED') };
    const bench = await booted('documented/wazo', { files, flash: old });
    expect(bench.flash.read().software).toBe(load);
  });
});

test('row 3: [FW] FORCED left in the file is fetched at every check, and never written again', async () => {
  const running = 'SIP12x004.04.09.00';
  const bench = await booted('documented/freepbx-blog', {
    files: { [`${running}.bin`]: image(running), 'device.cfg': '', 'SIP001B4F123001.cfg': '' },
    flash: { software: running, user: '1@a.b' },
  });
  await bench.follow('power.off', 'phone.resume', 'updates.check', 'updates.check');
  expect(asked(bench).filter((file) => file.endsWith('.bin'))).toHaveLength(3);
  expect(bench.factsOf('firmware.identical')).toHaveLength(3);
  expect(bench.factsOf('firmware.writing')).toEqual([]);
  expect(bench.outcome().reboots).toBe(0);
});

test.for([
  ['digits', 'FW skip not-newer none -', 'SIP12x004.00.04.00', ['FW_VERSION_FORM']],
  ['load', `FW download newer stored ${load}`, load, ['NOT_AUTHENTICATED']],
  ['file-name', `FW download newer stored ${load}`, load, ['FW_VERSION_BIN', 'NOT_AUTHENTICATED']],
] as const)('row 4: a [FW] VERSION in the form of a %s', async ([form, decision, software, problems]) => {
  const flash = { software: 'SIP12x004.00.04.00' };
  const bench = await booted(`field/04-version-forms/${form}`, { files: ofWazo, flash });
  expect(decided(bench)[0]).toBe(decision);
  expect(bench.flash.read().software).toBe(software);
  expect([...new Set(told(bench))].toSorted()).toEqual(problems);
});

test('row 5: the file of a MAC in small letters is not found', async () => {
  const bench = await booted('field/05-mac-in-small-letters');
  expect(asked(bench)).toEqual(['1230SIP.cfg', 'SIP001B4F123001.cfg']);
  expect(decided(bench)).toEqual(['USER_CONFIG download forced kept - NOT_FOUND']);
  expect(bench.outcome()).toMatchObject({ ok: false, state: 'login' });
});

test.for([
  ['SIP', load, 'http 1230SIP.cfg'],
  ['UNIStim', '062AC7J', 'tftp 1230.cfg'],
] as const)('row 6: %s software asks for its own name and no other', async ([, software, request]) => {
  const files: Record<string, string> = { '1230.cfg': '', '1230SIP.cfg': '' };
  const [, name = ''] = request.split(' ');
  delete files[name];
  const bench = benchPhone({ files, flash: { software } });
  await bench.follow('power.on');
  expect(bench.factsOf('file.requested').map(({ protocol, file }) => `${protocol} ${file}`)).toEqual([
    request,
  ]);
  expect(bench.factsOf('file.failed').map(({ code }) => code)).toEqual(['NOT_FOUND']);
});

test('row 6: the file of UNIStim and that of another model are no use to a 1230 on SIP', async () => {
  const bench = await booted('field/06-name-of-another');
  expect(asked(bench)).toEqual(['1230SIP.cfg']);
  expect(told(bench)).toEqual(['NOT_FOUND']);
});

test.for([
  ['80', ['1230SIP.cfg', 'banner.txt'], []],
  ['81', ['1230SIP.cfg'], ['NO_SECTION', 'LINE_TOO_LONG']],
] as const)('row 8: a line of %s bytes', async ([length, files, problems]) => {
  const bench = await booted(`field/08-long-lines/${length}`);
  expect(asked(bench)).toEqual(files);
  expect(
    told(bench)
      .filter((code) => code !== 'DEFAULT_PROTOCOL')
      .toSorted(),
  ).toEqual([...problems].toSorted());
});

test('row 9: [USER_CONFIG] before [DEVICE_CONFIG] is overridden by it', async () => {
  const bench = await booted('field/09-user-before-device');
  expect(bench.outcome().settings['BANNER']).toBe('FOR ALL');
});

test.for([
  ['SIP12x004.01.13.00', 'login'],
  ['SIP12x004.04.09.00', 'idle'],
] as const)('row 10: SERVER_IP1_2 0.0.0.0 on %s', async ([software, state]) => {
  const bench = await booted('field/10-second-server-unset', { flash: { software } });
  expect(bench.outcome().state).toBe(state);
});

test('row 10: a SERVER_IP1_1 that is no address leaves nothing to register with', async () => {
  const files = {
    'SIP001B4F123001.cfg': 'SIP_DOMAIN1 example.org\nSERVER_IP1_1 sip.example.org\n',
  };
  const flash = { settings: settingsOf({ AUTOLOGIN_ENABLE: 'YES' }), user: '1001@example.org' };
  const bench = await booted('field/10-second-server-unset', { files, flash });
  expect(told(bench)).toEqual(['BAD_VALUE', 'NO_SERVER_IP']);
  expect(bench.outcome().state).toBe('login');
});

test('row 11: under quirk licensing=enforce a licensed feature locks the user out until it is off', async () => {
  const bench = await booted('field/11-licensed-feature', { quirks: { licensing: 'enforce' } });
  expect(bench.outcome().state).toBe('login');
  expect(told(bench)).toContain('LICENCE_REQUIRED');
  bench.publish({
    ...treeIn('field/11-licensed-feature'),
    'device.cfg': textIn('field/11-licensed-feature', 'device.cfg').replace('MAX_LOGINS 4', 'MAX_LOGINS 1'),
  });
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().state).toBe('idle');
});

test('row 12: with authenticity reject a newer image is refused, and the old one stays', async () => {
  const newer = 'SIP12x004.04.09.00';
  const bench = await booted('field/12-jump-too-far', {
    files: { [`${newer}.bin`]: image(newer) },
    flash: { software: 'SIP12x003.02.16.00' },
    authenticity: 'reject',
  });
  expect(decided(bench)).toEqual(['FW download newer kept - AUTHENTICATION_FAILED']);
  expect(bench.flash.read()).toMatchObject({ software: 'SIP12x003.02.16.00', image: 'ok' });
});

test('row 15: AUTO_UPDATE_TIME 2200 is 00:36:40 and not 22:00', async () => {
  const bench = await booted('field/15-time-as-hhmm', { quirks: { stagger: 'none' } });
  expect(bench.outcome().nextPoll).toBe('2026-03-03T00:36:40.000Z');
});

test('row 20: old auto-login data is used after SIP<MAC>.cfg is gone', async () => {
  const bench = await booted('field/20-own-file-removed/before');
  bench.publish(treeIn('field/20-own-file-removed/after'));
  await bench.follow('power.off', 'power.on');
  expect(decided(bench).at(-1)).toBe('USER_CONFIG download forced kept 000001 NOT_FOUND');
  expect(bench.outcome().state).toBe('idle');
  expect(bench.factsOf('login.succeeded').map(({ user }) => user)).toEqual(Array(2).fill('1001@example.org'));
});

test('row 23: lines that are no setting are told and skipped, and the rest is applied', async () => {
  const bench = await booted('field/23-lines-that-are-no-setting');
  expect(bench.outcome().problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '4 UNKNOWN_PARAMETER',
    '5 UNKNOWN_PARAMETER',
    '6 BAD_VALUE',
  ]);
  expect(bench.outcome().settings).toEqual({ VMAIL: '123', BANNER: 'ACME' });
});

test('row 24: an auto-login ID of another domain does not log in', async () => {
  const bench = await booted('field/24-unknown-domain');
  expect(bench.outcome().state).toBe('login');
  expect(bench.factsOf('login.refused').map(({ why }) => why)).toEqual([
    'unknown domain: "6003@cyber" ends in none of SIP_DOMAIN1 to SIP_DOMAIN5',
  ]);
});

test('row 25: as that log has it, a new configuration restarts the phone 24 s later, at a boot too', async () => {
  const bench = await booted('field/25-new-configuration', {
    quirks: { configReboot: 'always', configRebootAtPowerUp: 'yes' },
    timings: 'field',
  });
  const at = (type: string) => bench.entries.find(({ event }) => event.type === type)?.at ?? Number.NaN;
  expect(at('phone.restarted') - at('update.finished')).toBe(24_000);
  expect(bench.factsOf('phone.restarted').map(({ why }) => why)).toEqual(['configuration']);
  expect(bench.outcome()).toMatchObject({ reboots: 1, state: 'login' });
});

test('row 26: leading zeros make no VERSION newer or older, and under FORCED none matters', async () => {
  const bench = await booted('field/26-leading-zeros/before');
  bench.publish(treeIn('field/26-leading-zeros/after'));
  await bench.follow('power.off', 'power.on');
  expect(decided(bench)).toEqual([
    'LANGUAGE download not-stored stored 0000000001',
    'DEVICE_CONFIG download forced stored 000001',
    'LANGUAGE skip not-newer none 0000000001',
    'DEVICE_CONFIG download forced stored 000002',
  ]);
});

test('the files of the field say where they are from', () => {
  const files = Object.entries(treeIn('field')).filter(([path]) => path.endsWith('.cfg'));
  expect(files.filter(([, text]) => !Buffer.from(text).toString().startsWith('# From: '))).toEqual([]);
});
