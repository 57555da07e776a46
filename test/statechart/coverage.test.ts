import { afterAll, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import { CoverageCount, namesIn, type Share } from '../../src/statechart/coverage.ts';
import { TransportError } from '../../src/transport/transport.ts';
import { type BenchOptions, benchPhone, image, LANGUAGE_TEXT } from '../phone/bench-phone.ts';
import { wholeTree } from '../phone/demo-files.ts';
import { holding } from '../phone/holding-flash.ts';
import { liveAYear } from '../phone/year.ts';
import { dhcpStories, type Story } from './dhcp-stories.ts';

// Every state and every transition is taken by a phone that phoneMaker made, on the loopback. Random years
// take most of them; the stories below take what chance leaves out.

const count = new CoverageCount();
const HOUR_MS = 3_600_000;

const http = 'PROTOCOL HTTP';
const text = (...lines: string[]) => `${lines.join('\n')}\n`;
const settings = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

const domain = { SIP_DOMAIN1: 'a.b', SERVER_IP1_1: '192.0.2.1' };
const bound = {
  ...domain,
  AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
  AUTOLOGIN_ID_KEY01: '1@a.b',
  AUTOLOGIN_PASSWD_KEY01: 'x',
};
const banner = {
  settings: settings({ ...bound, LOGIN_BANNER_ENABLE: 'YES' }),
  files: { LOGIN_BANNER: [{ name: 'banner.txt' }] },
};
const erasing = {
  '1230SIP.cfg': text('[LANGUAGE]', 'DELETE_FILES YES', http, 'VERSION 000002', 'FILENAME a.lng'),
  'a.lng': LANGUAGE_TEXT,
};
const withLanguage = { versions: { LANGUAGE: '000001' }, files: { LANGUAGE: [{ name: 'old.lng' }] } };
const forced = text(
  '[FW]',
  http,
  'DOWNLOAD_MODE FORCED',
  'VERSION SIP12x004.01.13.00',
  'FILENAME SIP12x004.01.13.00.bin',
);
const upgrade = {
  '1230SIP.cfg': text('[FW]', http, 'VERSION SIP12x004.04.09.00', 'FILENAME a.bin'),
  'a.bin': image('SIP12x004.04.09.00'),
};

/** A flash whose n-th write fails: as a disk does (`code`), or by a mistake of ours. */
function failingFlash(n: number, error: Error): NonNullable<BenchOptions['phoneFlash']> {
  return (contents) => {
    const flash = memoryFlash(contents);
    let writes = 0;
    return {
      read: () => flash.read(),
      body: (sha256) => flash.body(sha256),
      write: (changed, bodies) => {
        writes += 1;
        if (writes === n) throw error;
        flash.write(changed, bodies);
      },
    };
  };
}
const diskFull = Object.assign(new Error('no space left'), { code: 'UNWRITABLE' });
const mistake = new TypeError('a mistake of ours');

const roaming = { ...bound, AUTOLOGIN_ENABLE: 'YES', USER_FILE_ENABLE: 'YES' };
const roamer = { user: '1@a.b', settings: settings(roaming), versions: { IMAGES: '000001' } };
const roamerFiles = {
  '1230SIP.cfg': text('[IMAGES]', 'VERSION 000001', 'FILENAME a'),
  '1@a.b.cfg': '[files]\naddressbook=a.txt\n',
  'a.txt': '',
};

const on: PhoneCommand = { type: 'power.on' };
const up: PhoneCommand = { type: 'phone.resume' };
const check: PhoneCommand = { type: 'updates.check' };
const ask: PhoneCommand = { type: 'updates.ask' };
const yes: PhoneCommand = { type: 'question.answer', answer: 'yes' };
const no: PhoneCommand = { type: 'question.answer', answer: 'no' };
const dial: PhoneCommand = { type: 'call.dial' };
const rings: PhoneCommand = { type: 'call.incoming' };

const policy = {
  '1230SIP.cfg': text('[SEC_POLICY]', http, 'VERSION 000001', 'FILENAME p.txt'),
  'p.txt': 'KEY_SIZE 2048\n',
};

const stories: Story[] = [
  {
    title: 'a fingerprint that is accepted',
    phone: { files: policy },
    commands: [on, 30_000, yes, 60_000],
  },
  { title: 'a fingerprint that nobody accepts', phone: { files: policy }, commands: [on, 120_000] },
  {
    title: 'a reset while a fingerprint is shown',
    phone: { files: policy },
    commands: [on, 30_000, { type: 'phone.reset' }, 200_000],
  },
  {
    title: 'a fingerprint that is typed in',
    phone: { files: policy, phoneFlash: holding({ SEC_POLICY: 'SEC_POLICY_ACCEPT VAL_MANUAL_B\n' }) },
    commands: [on, 30_000, { type: 'question.enter', text: 'AB' }, 60_000],
  },
  {
    title: 'a provisioning file that must be signed',
    phone: {
      files: policy,
      phoneFlash: holding({ SEC_POLICY: 'SECURITY_POLICY_PARAM_CHANGE YES\n', USER_KEYS: 'a root' }),
    },
    commands: [on, 60_000],
  },
  {
    title: 'a remote update, and nobody told it a server',
    phone: { server: 'unknown' },
    commands: [up, { type: 'check-sync.accept', manner: 'silent' }],
  },
  {
    title: 'a reset while the phone asks whether to install',
    phone: {
      files: { '1230SIP.cfg': text('[LANGUAGE]', http, 'VERSION 000001', 'PROMPT YES', 'FILENAME a') },
    },
    commands: [on, 30_000, { type: 'phone.reset' }, 200_000],
  },
  {
    title: 'a reset before the first section',
    phone: { files: wholeTree },
    commands: [on, 1, { type: 'phone.reset' }, 60_000],
  },
  { title: 'keys while the phone asks', phone: {}, commands: [up, ask, check, ask] },
  { title: 'nobody told the phone a server', phone: { server: 'unknown' }, commands: [on, 60_000] },
  { title: 'up, and nobody told it a server', phone: { server: 'unknown' }, commands: [up, check, ask] },
  {
    title: 'a recovery without a server',
    phone: { server: 'unknown', flash: { image: 'writing' } },
    commands: [on, 60_000],
  },
  {
    title: 'a recovery without a boot file',
    phone: { flash: { image: 'writing' }, timings: 'field' },
    commands: [on, HOUR_MS],
  },
  {
    title: 'a login that is refused',
    phone: { flash: { settings: settings({ ...bound, SIP_DOMAIN1: 'c.d' }) } },
    commands: [on, 60_000, check, ask],
  },
  {
    title: 'a user who cannot log off',
    phone: { flash: { settings: settings(bound) } },
    commands: [on, 60_000, { type: 'logout' }],
  },
  {
    title: 'a banner, and calls while it is shown',
    phone: { flash: banner },
    commands: [on, 60_000, rings, dial, check, ask, { type: 'banner.confirm' }],
  },
  {
    title: 'a banner that a silent check comes before',
    phone: { flash: banner, files: { '1230SIP.cfg': '[IMAGES]\n' } },
    commands: [
      on,
      60_000,
      { type: 'check-sync.accept', manner: 'silent' },
      60_000,
      { type: 'banner.confirm' },
    ],
  },
  {
    title: 'a user whose files are fetched at login and at a check',
    phone: { files: roamerFiles, flash: roamer },
    commands: [on, 60_000, check, 60_000],
  },
  {
    title: 'a logout while they are fetched',
    phone: { files: roamerFiles, flash: roamer },
    commands: [on, 3.5, { type: 'logout' }, 60_000],
  },
  {
    title: 'a licensed feature that comes by a check, and keeps the user out',
    phone: {
      files: {
        '1230SIP.cfg': text('[DEVICE_CONFIG]', http, 'VERSION 000001', 'FILENAME d.cfg'),
        'd.cfg': 'MAX_LOGINS 2\n',
      },
      quirks: { licensing: 'enforce' },
      flash: { user: '1@a.b', settings: settings({ ...domain, AUTOLOGIN_ENABLE: 'YES' }) },
    },
    commands: [up, check, 60_000],
  },
  {
    title: 'a proxy that refuses logins, and a second user',
    phone: { flash: { settings: settings(domain) } },
    commands: [
      on,
      { type: 'logins.answer', answer: 'refuse' },
      60_000,
      { type: 'login.submit', user: '1@a.b' },
      60_000,
      { type: 'logins.answer', answer: 'accept' },
      { type: 'login.submit', user: '1@a.b' },
      60_000,
      { type: 'login.submit', user: '2@a.b' },
    ],
  },
  {
    title: 'errors of memory',
    phone: {},
    commands: [
      up,
      { type: 'memory.fail', severity: 'minor' },
      { type: 'memory.fail', severity: 'major' },
      60_000,
    ],
  },
  {
    title: 'user data erased during a check',
    phone: {},
    commands: [up, check, { type: 'user-data.erase' }, 60_000],
  },
  {
    title: 'a factory reset during a check',
    phone: {},
    commands: [up, check, { type: 'factory.reset' }, 60_000],
  },
  { title: 'calls before anybody is logged in', phone: {}, commands: [on, rings, dial] },
  {
    title: 'a call while another is up, with DND and without',
    phone: { flash: { user: '1@a.b' } },
    commands: [up, dial, rings, { type: 'dnd.set', on: true }, rings, { type: 'call.end' }, rings],
  },
  { title: 'No to Check for Updates', phone: {}, commands: [up, ask, no, ask, 61_000, ask, yes, 60_000] },
  {
    title: 'a remote update while the phone asks about one of its own',
    phone: {},
    commands: [up, ask, { type: 'check-sync.accept', manner: 'dialogue' }, ask, no],
  },
  {
    title: 'keys without power, during the boot and during a check',
    phone: { timings: 'field' },
    commands: [check, ask, on, check, ask],
  },
  {
    title: 'values typed by hand',
    phone: {},
    commands: [
      up,
      { type: 'setting.type', name: 'BANNER', value: 'x' },
      { type: 'setting.type', name: 'AUTO_UPDATE', value: 'YES' },
      { type: 'settings.all-auto' },
    ],
  },
  {
    title: 'a server that is typed in Device Settings',
    phone: { server: 'unknown' },
    commands: [up, { type: 'device-settings.apply', typed: { PROVISIONING_URL: '192.0.2.7' } }, 60_000],
  },
  {
    title: 'factory reset',
    phone: { flash: withLanguage },
    commands: [up, { type: 'factory.reset' }, 60_000],
  },
  {
    title: 'polls that end when a file says so',
    phone: {
      files: {
        '1230SIP.cfg': text('[DEVICE_CONFIG]', http, 'VERSION 000001', 'FILENAME d.cfg'),
        'd.cfg': 'AUTO_UPDATE NO\n',
      },
      flash: { settings: settings({ AUTO_UPDATE: 'YES' }) },
    },
    commands: [up, { type: 'clock.set', toMs: Date.UTC(2026, 2, 2, 9) }, check, 60_000],
  },
  {
    title: 'stored languages erased first',
    phone: { files: erasing, flash: withLanguage },
    commands: [on, 60_000],
  },
  {
    title: 'a disk that fails as they are erased',
    phone: { files: erasing, flash: withLanguage, phoneFlash: failingFlash(1, diskFull) },
    commands: [on, 60_000],
  },
  {
    title: 'a mistake of ours as they are erased',
    phone: { files: erasing, flash: withLanguage, phoneFlash: failingFlash(1, mistake) },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'an image that is announced as the running one',
    phone: { files: { '1230SIP.cfg': forced }, quirks: { fwIdentical: 'before-download' } },
    commands: [on, 60_000],
  },
  {
    title: 'a disk that fails as its version is stored',
    phone: {
      files: { '1230SIP.cfg': forced },
      quirks: { fwIdentical: 'before-download' },
      phoneFlash: failingFlash(1, diskFull),
    },
    commands: [on, 60_000],
  },
  {
    title: 'a mistake of ours as its version is stored',
    phone: {
      files: { '1230SIP.cfg': forced },
      quirks: { fwIdentical: 'before-download' },
      phoneFlash: failingFlash(1, mistake),
    },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'a disk that fails as an image begins',
    phone: { files: upgrade, phoneFlash: failingFlash(1, diskFull) },
    commands: [on, 60_000],
  },
  {
    title: 'a mistake of ours as an image begins',
    phone: { files: upgrade, phoneFlash: failingFlash(1, mistake) },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'a disk that fails as an image is done',
    phone: { files: upgrade, phoneFlash: failingFlash(2, diskFull) },
    commands: [on, 60_000],
  },
  {
    title: 'a mistake of ours as an image is done',
    phone: { files: upgrade, phoneFlash: failingFlash(2, mistake) },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'a mistake of ours as a file is kept',
    phone: {
      files: wholeTree,
      flash: { software: 'SIP12x004.04.09.00' },
      phoneFlash: failingFlash(1, mistake),
    },
    commands: [on, 60_000],
    fails: true,
  },
  {
    title: 'a name that climbs out',
    phone: {
      files: { '1230SIP.cfg': text('[LANGUAGE]', http, 'VERSION 000001', 'FILENAME ../a', 'FILENAME b') },
    },
    commands: [on, 60_000],
  },
  {
    title: 'a check that ends with its first failure',
    phone: {
      files: { '1230SIP.cfg': text('[LANGUAGE]', http, 'VERSION 000001', 'FILENAME a') },
      quirks: { afterFailedFetch: 'end' },
    },
    commands: [on, 60_000],
  },
  {
    title: 'a reset between two files',
    phone: {
      files: {
        '1230SIP.cfg': text('[LANGUAGE]', http, 'VERSION 000001', 'FILENAME a', 'FILENAME b'),
        a: LANGUAGE_TEXT,
        b: LANGUAGE_TEXT,
      },
    },
    commands: [on, 2.5, { type: 'phone.reset' }, 60_000],
  },
  ...dhcpStories,
];

test.for(stories)('$title', async ({ phone, commands, fails }) => {
  const bench = benchPhone({ ...phone, onTransition: count.take });
  for (const command of commands) {
    if (typeof command === 'number') await bench.clock.runFor(command);
    else bench.phone.send(command);
  }
  expect(bench.phone.failed()).toBe(fails === true);
});

test.for(['1230SIP.cfg', 'a'])('a mistake of ours while %s is fetched', async (broken) => {
  const bench = benchPhone({
    onTransition: count.take,
    files: { '1230SIP.cfg': text('[LANGUAGE]', http, 'VERSION 000001', 'FILENAME a') },
    door: (loopback) => ({
      fetch: (request, signal) => {
        if (request.path === broken) throw mistake;
        return loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  bench.phone.send(on);
  await bench.clock.runFor(60_000);
  expect(bench.phone.failed()).toBe(true);
});

test('a check of which the servers never come to an end', async () => {
  const names = Array.from({ length: 99 }, (_, index) => `FILENAME ${index}`);
  const bench = benchPhone({
    onTransition: count.take,
    files: { '1230SIP.cfg': text('[IMAGES]', http, 'VERSION 000001', ...names) },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (request.path.endsWith('SIP.cfg')) yield* loopback.fetch(request, signal);
        else {
          await new Promise((resolve) => bench.clock.setTimeout(() => resolve(undefined), 100_000));
          throw new TransportError('TIMEOUT', request, 'too slow');
        }
      },
      close: () => loopback.close(),
    }),
  });
  bench.phone.send(on);
  await bench.clock.runFor(3 * HOUR_MS);
  expect(bench.factsOf('update.finished')).toHaveLength(1);
});

test('a poll that comes during a check, and one that comes while the phone asks', async () => {
  const bench = benchPhone({
    onTransition: count.take,
    quirks: { stagger: 'none' },
    files: { '1230SIP.cfg': text('[IMAGES]', http, 'VERSION 000001', 'PROMPT YES', 'FILENAME a') },
    flash: { settings: settings({ AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '36000', DST_ENABLED: 'NO' }) },
  });
  bench.phone.send(up);
  const beforePoll = (ms: number) =>
    bench.phone.send({ type: 'clock.set', toMs: Date.UTC(2026, 2, 9, 10) - ms });
  beforePoll(30_000);
  bench.phone.send(check);
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('poll.due').map(({ follows }) => follows)).toEqual(['nothing']);
  await bench.clock.runFor(60_000);
  beforePoll(30_000);
  bench.phone.send({ type: 'check-sync.accept', manner: 'dialogue' });
  await bench.clock.runFor(31_000);
  expect(bench.factsOf('poll.due').map(({ follows }) => follows)).toEqual(['nothing', 'joined']);
});

test('each state and each transition has a name of its own, with its condition', () => {
  const names = count.coverage().flatMap(({ machine }) => Object.values(namesIn(machine)).flat());
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names).toEqual(
    expect.arrayContaining([
      'phone.powered.line.free: call.incoming [in updateDnd or userDnd] -> stays',
      'phone.powered.schedule.stopped: clock.moved [in life.up and pollWanted] -> phone.powered.schedule.waiting',
      'phone.powered: notify.receive [not (in life.up or in life.checking)] -> stays',
      'phone.powered.life.up.arriving: at once [erasurePending factory-reset] -> phone.powered.life.restarting',
      'phone.powered.life.bootLoader: after bootLoader -> phone.powered.life.startingSoftware',
      'check.askingAboutFile: question.answer [asksYesOrNo] -> check.working',
    ]),
  );
});

test('random years', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const { complaints } = await liveAYear(String(seed), count.take);
    expect(complaints).toEqual([]);
  }
}, 120_000);

afterAll(() => {
  const missed: string[] = [];
  for (const { machine, states, transitions } of count.coverage()) {
    const share = ({ taken, all }: Share) => `${taken} of ${all} (${Math.floor((100 * taken) / all)} %)`;
    process.stdout.write(
      `statechart ${machine}: states ${share(states)}, transitions ${share(transitions)} taken\n`,
    );
    missed.push(...states.missed, ...transitions.missed);
  }
  expect(missed).toEqual([]);
});
