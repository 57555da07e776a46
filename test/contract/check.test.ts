import { expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import { benchPhone, image, LANGUAGE_TEXT, type Tree } from '../phone/bench-phone.ts';
import { wholeTree } from '../phone/demo-files.ts';

const section = (name: string, ...lines: string[]) =>
  `[${name}]\nPROTOCOL HTTP\nVERSION 000001\n${lines.map((line) => `${line}\n`).join('')}`;

/** What a phone asked for, in order. */
async function asked(files: Tree): Promise<readonly string[]> {
  const bench = benchPhone({ files });
  await bench.follow('power.on');
  return bench.factsOf('file.requested').map(({ file }) => file);
}

test('a provisioning file that does not arrive ends the check: everything is kept, and told', async () => {
  const bench = benchPhone({ files: {}, flash: { versions: { LANGUAGE: '000001' } } });
  const before = bench.flash.read();
  await bench.follow('power.on');
  expect(bench.flash.read()).toEqual(before);
  expect(bench.factsOf('update.finished').map(({ result }) => result)).toEqual(['no-provisioning-file']);
  expect(bench.outcome().problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'NOT_FOUND 1230SIP.cfg',
  ]);
});

test('sections are taken in the order in which they stand', async () => {
  const names = ['b.txt', 'a.lng', 'd.cfg'];
  const sections = [
    section('LOGIN_BANNER', 'FILENAME b.txt'),
    section('LANGUAGE', 'FILENAME a.lng'),
    section('DEVICE_CONFIG', 'FILENAME d.cfg'),
  ];
  expect(await asked({ '1230SIP.cfg': sections.join('') })).toEqual(['1230SIP.cfg', ...names]);
  expect(await asked({ '1230SIP.cfg': sections.toReversed().join('') })).toEqual([
    '1230SIP.cfg',
    ...names.toReversed(),
  ]);
});

test.for([
  ['a value of the phone-specific file wins when its section comes last', ['DEVICE', 'USER'], 'OWN'],
  ['a value of the device configuration wins when its section comes last', ['USER', 'DEVICE'], 'COMMON'],
] as const)('%s', async ([, order, banner]) => {
  const sections = { DEVICE: section('DEVICE_CONFIG', 'FILENAME d.cfg'), USER: section('USER_CONFIG') };
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': order.map((name) => sections[name]).join(''),
      'd.cfg': 'BANNER COMMON\n',
      'SIP001B4F123001.cfg': 'BANNER OWN\n',
    },
  });
  await bench.follow('power.on');
  expect(bench.outcome().settings['BANNER']).toBe(banner);
});

test('what DELETE_FILES erases is told', async () => {
  const bench = benchPhone({
    files: { '1230SIP.cfg': `${section('LANGUAGE', 'FILENAME b.lng', 'DELETE_FILES YES')}VERSION 000002\n` },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: [{ name: 'a.lng' }] } },
  });
  await bench.follow('power.on');
  expect(bench.factsOf('flash.written').map(({ changes }) => changes)[0]).toEqual([
    { change: 'files-erased', section: 'LANGUAGE', names: ['a.lng'] },
    { change: 'version-erased', section: 'LANGUAGE' },
  ]);
});

test('the names that are asked for by USER_CONFIG and DEV_CERT', async () => {
  const files = { '1230SIP.cfg': `${section('USER_CONFIG')}${section('DEV_CERT', 'FILENAME devcert*.p12')}` };
  expect(await asked(files)).toEqual(['1230SIP.cfg', 'SIP001B4F123001.cfg', 'devcert001B4F123001.p12']);
});

test('a refused file leaves the old one, and the next is fetched', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': `${section('LANGUAGE', 'FILENAME a.lng', 'FILENAME b.lng')}VERSION 000002\n`,
      'a.lng': 'no language\n',
      'b.lng': LANGUAGE_TEXT,
    },
    flash: { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: [{ name: 'a.lng' }] } },
  });
  await bench.follow('power.on');
  expect(bench.flash.read().files.LANGUAGE?.map(({ name, content }) => [name, content?.sizeBytes])).toEqual([
    ['a.lng', undefined],
    ['b.lng', LANGUAGE_TEXT.length],
  ]);
  expect(bench.outcome()).toMatchObject({ ok: false, flash: { versions: { LANGUAGE: '000001' } } });
});

test('the image, the running load and the stored version change in one write', async () => {
  const bench = benchPhone({ files: wholeTree });
  await bench.follow('power.on');
  const load = 'SIP12x004.04.09.00';
  expect(bench.factsOf('flash.written').slice(0, 2)).toEqual([
    { type: 'flash.written', changes: [{ change: 'image', image: 'writing' }] },
    {
      type: 'flash.written',
      changes: [
        { change: 'image', image: 'ok' },
        { change: 'software', software: load },
        { change: 'version', section: 'FW', version: load },
      ],
    },
  ]);
});

test('what stands behind a new image is asked for after the restart', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': `[FW]\nPROTOCOL HTTP\nVERSION SIP12x004.04.09.00\nFILENAME a.bin\n${section('LOGIN_BANNER', 'FILENAME b.txt')}`,
      'a.bin': image('SIP12x004.04.09.00'),
      'b.txt': 'Welcome',
    },
  });
  await bench.follow('power.on');
  const story = bench
    .facts()
    .flatMap((fact) =>
      fact.type === 'file.requested' ? [fact.file] : fact.type === 'phone.restarted' ? ['(restart)'] : [],
    );
  expect(story).toEqual(['1230SIP.cfg', 'a.bin', '(restart)', '1230SIP.cfg', 'b.txt']);
});

test('a setting that is written twice and ends as it was restarts nothing', async () => {
  const files = (version: string) => ({
    '1230SIP.cfg': `[DEVICE_CONFIG]\nPROTOCOL HTTP\nVERSION ${version}\nFILENAME d.cfg\n${section('USER_CONFIG', 'DOWNLOAD_MODE FORCED')}`,
    'd.cfg': 'FORCE_REBOOT YES\nAUTOLOGIN_ENABLE YES\n',
    'SIP001B4F123001.cfg': 'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID\n',
  });
  const bench = benchPhone({ files: files('000001'), flash: { user: '1@a.b' } });
  await bench.follow('phone.resume', 'updates.check');
  expect(bench.outcome().reboots).toBe(1);
  bench.publish(files('000002'));
  await bench.follow('power.off', 'phone.resume', 'updates.check');
  expect(bench.outcome().reboots).toBe(1);
  expect(bench.factsOf('section.decided').map(({ decision }) => decision.why)).toEqual([
    ...['not-stored', 'forced'],
    ...['not-newer', 'forced'],
    ...['newer', 'forced'],
  ]);
});

test('ENABLE_PRACK is pending until the next logout', async () => {
  const bench = benchPhone({
    files: { '1230SIP.cfg': section('DEVICE_CONFIG', 'FILENAME d.cfg'), 'd.cfg': 'ENABLE_PRACK YES\n' },
  });
  await bench.follow('phone.resume', 'updates.check');
  expect(bench.factsOf('problem.told').map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'RESTART_PENDING: ENABLE_PRACK takes effect after the next logout',
  ]);
});

test('the limit of a check goes on after a question where it stood before', async () => {
  const pictures = (count: number) =>
    section('IMAGES', ...Array.from({ length: count }, (_, index) => `FILENAME ${index}.png`));
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': `${pictures(10)}${section('DIALING_PLAN', 'FILENAME plan', 'PROMPT YES')}${pictures(80)}`,
      plan: '%%\n',
    },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (!request.path.endsWith('.png')) yield* loopback.fetch(request, signal);
        else await sleep(bench.clock, 100_000, signal);
      },
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  const finished = bench.entries.find(({ event }) => event.type === 'update.finished');
  expect(Math.round((finished?.at ?? 0) / 1000)).toBe(7200 + 60);
});
