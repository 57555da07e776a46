import { expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import type { Quirks } from '../../src/provisioning/quirks.ts';
import type { Outcome } from '../../src/report/outcome.ts';
import { type BenchOptions, benchPhone, image, LANGUAGE_TEXT, type Tree } from './bench-phone.ts';
import { wholeTree } from './demo-files.ts';

// What a check does, seen from outside: the outcome of a phone on the loopback.

function file(...lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

const http = 'PROTOCOL HTTP';
const language = (...names: string[]) => ['[LANGUAGE]', http, ...names.map((name) => `FILENAME ${name}`)];

interface Story {
  readonly title: string;
  readonly files: Tree;
  readonly flash?: BenchOptions['flash'];
  readonly quirks?: Partial<Quirks>;
  readonly sections: readonly string[];
}

/** A section's line of the outcome in short: `LANGUAGE download newer stored 000002`. */
function short({ sections }: Outcome): string[] {
  return sections.map(({ section, decision, why, result, version, error }) =>
    [section, decision, why, result, version ?? '-', error].filter((word) => word !== undefined).join(' '),
  );
}

const five = ['A', 'B', 'C', 'D', 'E'].map((letter) => ({ name: `${letter}.lng` }));

const stories: Story[] = [
  {
    title: 'AUTO takes what was never completed, and stores VERSION',
    files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001'), 'a.lng': LANGUAGE_TEXT },
    sections: ['LANGUAGE download not-stored stored 000001'],
  },
  {
    title: 'AUTO leaves the same version alone',
    files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001') },
    flash: { versions: { LANGUAGE: '000001' } },
    sections: ['LANGUAGE skip not-newer none 000001'],
  },
  {
    title: 'FORCED stores a lower version',
    files: {
      '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001', 'DOWNLOAD_MODE FORCED'),
      'a.lng': LANGUAGE_TEXT,
    },
    flash: { versions: { LANGUAGE: '000009' } },
    sections: ['LANGUAGE download forced stored 000001'],
  },
  {
    title: 'one of two files missing: the other is stored, the version is not',
    files: { '1230SIP.cfg': file(...language('a.lng', 'b.lng'), 'VERSION 000001'), 'a.lng': LANGUAGE_TEXT },
    sections: ['LANGUAGE download not-stored kept - NOT_FOUND'],
  },
  {
    title: 'the first of two files missing: the version is not stored either',
    files: { '1230SIP.cfg': file(...language('b.lng', 'a.lng'), 'VERSION 000001'), 'a.lng': LANGUAGE_TEXT },
    sections: ['LANGUAGE download not-stored kept - NOT_FOUND'],
  },
  {
    title: 'a language file without its header is refused',
    files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001'), 'a.lng': 'hello=Bonjour\n' },
    sections: ['LANGUAGE download not-stored kept - WRONG_FORMAT'],
  },
  {
    title: 'a sixth language is refused, and the version stored all the same',
    files: { '1230SIP.cfg': file(...language('F.lng'), 'VERSION 000002'), 'F.lng': LANGUAGE_TEXT },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: five } },
    sections: ['LANGUAGE download newer kept 000002 STORE_FULL'],
  },
  {
    title: 'with quirk fullStoresVersion=no a sixth language keeps the version back',
    files: { '1230SIP.cfg': file(...language('F.lng'), 'VERSION 000002'), 'F.lng': LANGUAGE_TEXT },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: five } },
    quirks: { fullStoresVersion: 'no' },
    sections: ['LANGUAGE download newer kept 000001 STORE_FULL'],
  },
  {
    title: 'a language of a stored name replaces it and is no sixth',
    files: { '1230SIP.cfg': file(...language('E.lng'), 'VERSION 000002'), 'E.lng': LANGUAGE_TEXT },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: five } },
    sections: ['LANGUAGE download newer stored 000002'],
  },
  {
    title: 'DELETE_FILES YES makes room for a sixth',
    files: {
      '1230SIP.cfg': file(...language('F.lng'), 'VERSION 000002', 'DELETE_FILES YES'),
      'F.lng': LANGUAGE_TEXT,
    },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: five } },
    sections: ['LANGUAGE download newer stored 000002'],
  },
  {
    title: 'what DELETE_FILES erased stays erased when the new file is missing',
    files: { '1230SIP.cfg': file(...language('F.lng'), 'VERSION 000002', 'DELETE_FILES YES') },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: five } },
    sections: ['LANGUAGE download newer kept - NOT_FOUND'],
  },
  {
    title: 'a name that climbs out is refused before any request',
    files: { '1230SIP.cfg': file(...language('../a.lng'), 'VERSION 000001') },
    sections: ['LANGUAGE skip refused-name none -'],
  },
  {
    title: 'of two names the one that climbs out is refused, the other is taken, the version is not stored',
    files: {
      '1230SIP.cfg': file(...language('../a.lng', 'b.lng'), 'VERSION 000001'),
      'b.lng': LANGUAGE_TEXT,
    },
    sections: ['LANGUAGE download not-stored kept - BAD_NAME'],
  },
  {
    title: 'an image for another family of phones is refused before any request',
    files: { '1230SIP.cfg': file('[FW]', 'VERSION SIP1140e04.04.09.00', 'FILENAME SIP1140e04.04.09.00.bin') },
    sections: ['FW skip wrong-hardware none -'],
  },
  {
    title: 'FORCED with the load that runs: fetched, identical, version stored, no reboot',
    files: {
      '1230SIP.cfg': file(
        '[FW]',
        http,
        'DOWNLOAD_MODE FORCED',
        'VERSION SIP12x004.01.13.00',
        'FILENAME a.bin',
      ),
      'a.bin': image('SIP12x004.01.13.00'),
    },
    sections: ['FW download forced identical SIP12x004.01.13.00'],
  },
  {
    title: 'with quirk fwIdentical=before-download the same image is not even fetched',
    files: {
      '1230SIP.cfg': file(
        '[FW]',
        http,
        'DOWNLOAD_MODE FORCED',
        'VERSION SIP12x004.01.13.00',
        'FILENAME a.bin',
      ),
    },
    quirks: { fwIdentical: 'before-download' },
    sections: ['FW download forced identical SIP12x004.01.13.00'],
  },
  {
    title: 'an image under 64 KiB is no image',
    files: {
      '1230SIP.cfg': file('[FW]', http, 'VERSION SIP12x004.04.09.00', 'FILENAME a.bin'),
      'a.bin': image('SIP12x004.04.09.00').subarray(0, 65_535),
    },
    sections: ['FW download newer kept - WRONG_FORMAT'],
  },
  {
    title: 'a web page in place of an image is no image, however long',
    files: {
      '1230SIP.cfg': file('[FW]', http, 'VERSION SIP12x004.04.09.00', 'FILENAME a.bin'),
      'a.bin': `<html>${'not found '.repeat(10_000)}</html>`,
    },
    sections: ['FW download newer kept - WRONG_FORMAT'],
  },
  {
    title: 'custom data beyond what flash holds is refused, and nothing stored is lost',
    files: {
      '1230SIP.cfg': file('[IMAGES]', http, 'VERSION 000001', 'FILENAME big.png'),
      'big.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(511_993)]),
    },
    sections: ['IMAGES download not-stored kept - NO_CAPACITY'],
  },
  {
    title: 'a banner of 2048 bytes is taken',
    files: {
      '1230SIP.cfg': file('[LOGIN_BANNER]', http, 'VERSION 000001', 'FILENAME b.txt'),
      'b.txt': 'x'.repeat(2048),
    },
    sections: ['LOGIN_BANNER download not-stored stored 000001'],
  },
  {
    title: 'a banner of 2049 bytes is refused',
    files: {
      '1230SIP.cfg': file('[LOGIN_BANNER]', http, 'VERSION 000001', 'FILENAME b.txt'),
      'b.txt': 'x'.repeat(2049),
    },
    sections: ['LOGIN_BANNER download not-stored kept - BAD_SIZE'],
  },
  {
    title: 'an empty banner is refused',
    files: {
      '1230SIP.cfg': file('[LOGIN_BANNER]', http, 'VERSION 000001', 'FILENAME b.txt'),
      'b.txt': '',
    },
    sections: ['LOGIN_BANNER download not-stored kept - BAD_SIZE'],
  },
  {
    title: 'after a failed file the next section goes on',
    files: {
      '1230SIP.cfg': file(
        ...language('a.lng'),
        'VERSION 000001',
        '[LOGIN_BANNER]',
        http,
        'VERSION 000001',
        'FILENAME b.txt',
      ),
      'b.txt': 'Welcome',
    },
    sections: [
      'LANGUAGE download not-stored kept - NOT_FOUND',
      'LOGIN_BANNER download not-stored stored 000001',
    ],
  },
  {
    title: 'with quirk afterFailedFetch=end the check ends there',
    files: {
      '1230SIP.cfg': file(
        ...language('a.lng'),
        'VERSION 000001',
        '[TONES]',
        http,
        'VERSION 000001',
        'FILENAME t.wav',
      ),
      't.wav': 'RIFF',
    },
    quirks: { afterFailedFetch: 'end' },
    sections: ['LANGUAGE download not-stored kept - NOT_FOUND'],
  },
  {
    title: 'a section without FILENAME is skipped',
    files: { '1230SIP.cfg': file('[LANGUAGE]', 'VERSION 000001') },
    sections: ['LANGUAGE skip no-filename none -'],
  },
  {
    title: 'a repeated section is taken against the version the first has stored',
    files: {
      '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000002', ...language('a.lng'), 'VERSION 000001'),
      'a.lng': LANGUAGE_TEXT,
    },
    sections: ['LANGUAGE download not-stored stored 000002', 'LANGUAGE skip not-newer none 000002'],
  },
];

test.for(stories.map((story) => [story.title, story] as const))('%s', async ([, story]) => {
  const { files, flash, quirks, sections } = story;
  const bench = benchPhone({ files, ...(flash && { flash }), ...(quirks && { quirks }) });
  await bench.follow('power.on');
  expect(short(bench.outcome())).toEqual(sections);
});

test('DELETE_FILES erases its own kind; with quirk deleteFiles=both languages and tones', async () => {
  const files = {
    '1230SIP.cfg': file(...language('F.lng'), 'VERSION 000002', 'DELETE_FILES YES'),
    'F.lng': LANGUAGE_TEXT,
  };
  const flash = {
    versions: { LANGUAGE: '000001', TONES: '000001' },
    files: { LANGUAGE: [{ name: 'A.lng' }], TONES: [{ name: 'Ring.wav' }] },
  };
  const own = benchPhone({ files, flash });
  await own.follow('power.on');
  expect(own.outcome().flash).toEqual({
    versions: { LANGUAGE: '000002', TONES: '000001' },
    files: { LANGUAGE: ['F.lng'], TONES: ['Ring.wav'] },
  });
  const both = benchPhone({ files, flash, quirks: { deleteFiles: 'both' } });
  await both.follow('power.on');
  expect(both.outcome().flash).toEqual({ versions: { LANGUAGE: '000002' }, files: { LANGUAGE: ['F.lng'] } });
});

const user = file(
  'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID',
  'AUTOLOGIN_ID_KEY01 1@a.b',
  'AUTOLOGIN_PASSWD_KEY01 s',
);
const configured = (device: string, version = '000001'): Tree => ({
  '1230SIP.cfg': file(
    '[DEVICE_CONFIG]',
    http,
    `VERSION ${version}`,
    'FILENAME d.cfg',
    '[USER_CONFIG]',
    http,
    'DOWNLOAD_MODE FORCED',
    'VERSION 000001',
  ),
  'd.cfg': `${file('SIP_DOMAIN1 a.b', 'SERVER_IP1_1 192.0.2.1', 'AUTOLOGIN_ENABLE YES')}${device}`,
  'SIP001B4F123001.cfg': user,
});

const restarts: [title: string, quirks: Partial<Quirks>, device: string, later: string, reboots: number][] = [
  [
    'new settings with FORCE_REBOOT YES restart at run time',
    {},
    'FORCE_REBOOT YES\n',
    'FORCE_REBOOT YES\nBANNER X\n',
    1,
  ],
  ['new settings without FORCE_REBOOT do not', {}, '', 'BANNER X\n', 0],
  ['FORCE_REBOOT YES without a net difference does not', {}, 'FORCE_REBOOT YES\n', 'FORCE_REBOOT YES\n', 0],
  ['configReboot=always needs no FORCE_REBOOT', { configReboot: 'always' }, '', 'BANNER X\n', 1],
  [
    'configReboot=never beats FORCE_REBOOT YES',
    { configReboot: 'never' },
    'FORCE_REBOOT YES\n',
    'FORCE_REBOOT YES\nBANNER X\n',
    0,
  ],
  [
    'configRebootAtPowerUp=yes restarts the first boot once',
    { configRebootAtPowerUp: 'yes' },
    'FORCE_REBOOT YES\n',
    'FORCE_REBOOT YES\n',
    1,
  ],
];

test.for(restarts)('%s', async ([, quirks, device, later, reboots]) => {
  const bench = benchPhone({ files: configured(device), quirks, timings: 'field' });
  await bench.follow('power.on');
  bench.publish(configured(later, '000002'));
  await bench.follow('updates.check');
  expect(bench.outcome()).toMatchObject({ ok: true, state: 'idle', dnd: false, reboots });
});

test('a restart for new settings comes 24 seconds after the check, with DND off meanwhile', async () => {
  const bench = benchPhone({ files: configured('FORCE_REBOOT YES\n'), timings: 'field' });
  await bench.follow('power.on');
  bench.publish(configured('FORCE_REBOOT YES\nBANNER X\n', '000002'));
  await bench.follow('updates.check');
  const told = bench.entries.filter(({ event }) =>
    ['dnd.enabled', 'dnd.disabled', 'update.finished', 'phone.restarting', 'phone.restarted'].includes(
      event.type,
    ),
  );
  expect(told.slice(1).map(({ event }) => event.type)).toEqual([
    'dnd.enabled',
    'dnd.disabled',
    'update.finished',
    'phone.restarting',
    'phone.restarted',
    'update.finished',
  ]);
  const [restarting, restarted] = told.slice(4, 6);
  expect((restarted?.at ?? 0) - (restarting?.at ?? 0)).toBe(24_000);
});

test('a setting that needs a restart is pending at run time, and in force at power-up', async () => {
  const bench = benchPhone({ files: configured('SIP_UDP_PORT 5070\n') });
  await bench.follow('power.on');
  expect(bench.factsOf('problem.told').filter(({ code }) => code === 'RESTART_PENDING')).toEqual([]);
  bench.publish(configured('SIP_UDP_PORT 5080\n', '000002'));
  await bench.follow('updates.check');
  expect(bench.factsOf('problem.told').filter(({ code }) => code === 'RESTART_PENDING')).toEqual([
    expect.objectContaining({ message: 'SIP_UDP_PORT takes effect after the next restart' }),
  ]);
});

test('two images that overtake each other do not make the phone loop', async () => {
  const fw = (load: string) => [
    '[FW]',
    http,
    'DOWNLOAD_MODE FORCED',
    `VERSION ${load}`,
    `FILENAME ${load}.bin`,
  ];
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': file(...fw('SIP12x004.04.09.00'), ...fw('SIP12x004.03.01.00')),
      'SIP12x004.04.09.00.bin': image('SIP12x004.04.09.00'),
      'SIP12x004.03.01.00.bin': image('SIP12x004.03.01.00'),
    },
  });
  await bench.follow('power.on');
  expect(bench.outcome()).toMatchObject({ reboots: 1, phone: { software: 'SIP12x004.04.09.00' } });
  expect(short(bench.outcome()).at(-1)).toBe('FW skip later none SIP12x004.04.09.00');
});

test('with quirk fwIdentical=write-again a FORCED image restarts each check once, and never loops', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': file(
        '[FW]',
        http,
        'DOWNLOAD_MODE FORCED',
        'VERSION SIP12x004.01.13.00',
        'FILENAME a.bin',
      ),
      'a.bin': image('SIP12x004.01.13.00'),
    },
    quirks: { fwIdentical: 'write-again' },
  });
  await bench.follow('power.on');
  expect(bench.outcome()).toMatchObject({ reboots: 1, state: 'login' });
});

test('with quirk deadServer=skip a server that did not answer is asked once', async () => {
  const files = {
    '1230SIP.cfg': file(
      ...['a', 'b'].flatMap((name) => [
        '[TONES]',
        http,
        'SERVER_IP 192.0.2.9',
        'VERSION 000001',
        `FILENAME ${name}.wav`,
      ]),
    ),
  };
  const door: NonNullable<BenchOptions['door']> = (loopback) => ({
    fetch: (request, signal) =>
      request.host === '192.0.2.9'
        ? loopback.fetch({ ...request, limits: { ...request.limits, totalMs: 0 } }, signal)
        : loopback.fetch(request, signal),
    close: () => loopback.close(),
  });
  const tried = async (deadServer: 'try' | 'skip') => {
    const bench = benchPhone({ files, door, quirks: { deadServer } });
    await bench.follow('power.on');
    return bench.factsOf('file.requested').map((fact) => fact.file);
  };
  expect(await tried('try')).toEqual(['1230SIP.cfg', 'a.wav', 'b.wav']);
  expect(await tried('skip')).toEqual(['1230SIP.cfg', 'a.wav']);
});

test('a check that takes longer than two hours in all is ended and told', async () => {
  const names = Array.from({ length: 80 }, (_, index) => `FILENAME ${index}.png`);
  const bench = benchPhone({
    files: { '1230SIP.cfg': file('[IMAGES]', 'SERVER_IP 192.0.2.9', 'VERSION 000001', ...names) },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (request.host !== '192.0.2.9') yield* loopback.fetch(request, signal);
        else await sleep(bench.clock, 100_000, signal);
      },
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  const [finished] = bench.entries.filter(({ event }) => event.type === 'update.finished');
  expect(Math.round((finished?.at ?? 0) / 1000)).toBe(7200);
  expect(bench.factsOf('file.requested')).toHaveLength(73);
  expect(bench.factsOf('file.failed').at(-1)).toMatchObject({ code: 'ABORTED' });
  expect(bench.outcome()).toMatchObject({ ok: false, state: 'login' });
});

test('a manual value is sticky: the file does not change it, and says so', async () => {
  const bench = benchPhone({
    files: configured('BANNER FROM FILE\n'),
    flash: { settings: { BANNER: { value: 'BY HAND', from: 'manual' } } },
  });
  await bench.follow('power.on');
  expect(bench.flash.read().settings['BANNER']).toEqual({ value: 'BY HAND', from: 'manual' });
  expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('MANUAL_VALUE_STAYS');
});

test('a parameter keeps its value when its line is gone', async () => {
  const bench = benchPhone({ files: configured('BANNER ACME\n') });
  await bench.follow('power.on');
  bench.publish(configured('', '000002'));
  await bench.follow('updates.check');
  expect(bench.outcome().settings['BANNER']).toBe('ACME');
});

test('flash that cannot be written keeps what it held, and the run says so', async () => {
  const bench = benchPhone({
    files: wholeTree,
    flash: { software: 'SIP12x004.04.09.00', versions: { DEVICE_CONFIG: '000000' } },
    phoneFlash: (contents) => ({
      read: () => contents,
      body: () => undefined,
      write: () => {
        throw Object.assign(new Error('no space left'), { code: 'UNWRITABLE' });
      },
    }),
  });
  await bench.follow('power.on');
  expect(bench.outcome()).toMatchObject({
    ok: false,
    state: 'login',
    flash: { versions: { DEVICE_CONFIG: '000000' } },
  });
  expect(bench.factsOf('flash.failed')[0]).toEqual({ type: 'flash.failed', message: 'no space left' });
});

test('a bug in the emulator ends the run, not just the phone', async () => {
  const bench = benchPhone({
    door: () => ({
      fetch: () => {
        throw new TypeError('a bug');
      },
      close: () => {},
    }),
  });
  await expect(bench.follow('power.on')).rejects.toThrow('a bug');
});

const page = '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>';

test.for(['DEVICE_CONFIG', 'DIALING_PLAN', 'LANGUAGE', 'LOGIN_BANNER', 'TONES'])(
  'a web page in place of the file of [%s] is refused, and flash stays as it was',
  async (section) => {
    const bench = benchPhone({
      files: { '1230SIP.cfg': file(`[${section}]`, http, 'VERSION 000002', 'FILENAME f'), f: page },
      flash: { versions: { [section]: '000001' } },
    });
    const before = bench.flash.read();
    await bench.follow('power.on');
    expect(bench.flash.read()).toEqual(before);
    expect(short(bench.outcome())).toEqual([`${section} download newer kept 000001 WEB_PAGE`]);
  },
);

test('a file that did not arrive is told with the line that names it', async () => {
  const bench = benchPhone({ files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001') } });
  await bench.follow('power.on');
  expect(bench.outcome().problems).toContainEqual(
    expect.objectContaining({ code: 'NOT_FOUND', file: '1230SIP.cfg', line: 3, section: 'LANGUAGE' }),
  );
});

test.for([
  ['the provisioning file', 1],
  ['the last file', 2],
] as const)('a reset while %s is fetched restarts the phone after it', async ([, requests]) => {
  const bench = benchPhone({
    files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001'), 'a.lng': LANGUAGE_TEXT },
  });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < requests, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('update.finished').map(({ result }) => result)[0]).toBe('cut');
  expect(bench.factsOf('phone.restarted').map(({ why }) => why)).toEqual(['reset']);
  expect(bench.factsOf('file.received').length).toBeGreaterThanOrEqual(requests);
});

test('a FORCED image whose name says nothing is fetched again after its restart, and is identical', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': file('[FW]', http, 'DOWNLOAD_MODE FORCED', 'VERSION 04040900', 'FILENAME image.bin'),
      'image.bin': image('SIP12x004.04.09.00'),
    },
  });
  await bench.follow('power.on');
  expect(short(bench.outcome())).toEqual([
    'FW download forced stored 04040900',
    'FW download forced identical 04040900',
  ]);
  expect(bench.outcome().reboots).toBe(1);
});

test('two images whose names say nothing do not make the phone loop either', async () => {
  const fw = (name: string) => ['[FW]', http, 'DOWNLOAD_MODE FORCED', 'VERSION 1', `FILENAME ${name}`];
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': file(...fw('a.bin'), ...fw('b.bin')),
      'a.bin': image('SIP12x004.04.09.00'),
      'b.bin': image('SIP12x004.03.01.00'),
    },
  });
  await bench.follow('power.on');
  expect(bench.outcome().reboots).toBe(1);
  expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('RESTART_ONCE');
});

test('a UNIStim phone is converted by an image whose name says nothing', async () => {
  const bench = benchPhone({
    files: {
      '1230.cfg': file('[FW]', 'VERSION 04011300', 'FILENAME image.bin'),
      'image.bin': image('SIP12x004.01.13.00'),
    },
    flash: { software: '062AC7J' },
  });
  await bench.follow('power.on');
  expect(
    bench
      .factsOf('file.requested')
      .slice(0, 2)
      .map(({ protocol, file: name }) => `${protocol} ${name}`),
  ).toEqual(['tftp 1230.cfg', 'tftp image.bin']);
  expect(bench.flash.read().software).toBe('SIP12x004.01.13.00');
});

test('UNIStim below 062AC5L refuses the conversion with its reason', async () => {
  const bench = benchPhone({
    files: { '1230.cfg': file('[FW]', 'VERSION SIP12x004.01.13.00', 'FILENAME image.bin') },
    flash: { software: '062AC5K' },
  });
  await bench.follow('power.on');
  expect(bench.factsOf('file.requested').map((fact) => fact.file)).toEqual(['1230.cfg']);
  expect(short(bench.outcome())).toEqual(['FW download newer kept - CONVERSION_REFUSED']);
});

test.for(['user-data.erase', 'factory.reset'] as const)(
  '%s restarts the phone, DND goes off with it',
  async (type) => {
    const bench = benchPhone({
      files: { '1230SIP.cfg': file(...language('a.lng'), 'VERSION 000001') },
      flash: { userDnd: true, versions: { LANGUAGE: '000001' }, files: { LANGUAGE: [{ name: 'a.lng' }] } },
    });
    await bench.follow('phone.resume');
    expect(bench.outcome().dnd).toBe(true);
    await bench.follow(type);
    expect(bench.outcome()).toMatchObject({ dnd: false, reboots: 1 });
    expect(bench.flash.read().files).toEqual(
      type === 'factory.reset' ? {} : { LANGUAGE: [{ name: 'a.lng' }] },
    );
    expect(bench.factsOf('section.decided').map(({ decision }) => decision.why)).toEqual(['not-stored']);
  },
);
