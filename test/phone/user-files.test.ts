import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { newProfile } from '../../src/device/user-profile.ts';
import { TransportError } from '../../src/transport/transport.ts';
import { type BenchOptions, benchPhone, type Tree } from './bench-phone.ts';

const settings = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

const USER = '1001@a.b';
const automatic = {
  SIP_DOMAIN1: 'a.b',
  SERVER_IP1_1: '192.0.2.1',
  AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
  AUTOLOGIN_ID_KEY01: USER,
  AUTOLOGIN_PASSWD_KEY01: 'x',
};
const roaming = { ...automatic, USER_FILE_ENABLE: 'YES' };

const tree: Tree = {
  '1230SIP.cfg': '[IMAGES]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME a.png\n',
  [`${USER}.cfg`]: '[files]\naddressbook=book.txt\ncustomkeys=keys/1001.txt\nspeeddiallist=dials.txt\n',
  'book.txt': '[contact]\nnickname=Anna\naddress=1002@a.b\n[group]\nname=Friends\n',
  'keys/1001.txt': '[key]\nindex=2\nlabel=Boss\ntype=spdial\n[key]\nindex=3\ntype=pager\n',
  'dials.txt': '[key]\nlabel=Door\n',
};
const userFiles = [`${USER}.cfg`, 'book.txt', 'keys/1001.txt', 'dials.txt'];
const upToDate = { versions: { IMAGES: '000001' } };

/** A phone that logs in by itself. */
function phoneOf(values: Record<string, string>, files: Tree, more: BenchOptions = {}) {
  return benchPhone({ ...more, files, flash: { ...upToDate, settings: settings(values), ...more.flash } });
}

const without = (...names: string[]): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([name]) => !names.includes(name)));

test("at login the user's files are fetched and taken, before the phone is idle", async () => {
  const bench = phoneOf(roaming, tree);
  await bench.follow('power.on');
  expect(bench.outcome().requests.map(({ file, url, userFile }) => [file, url, userFile])).toEqual([
    ['1230SIP.cfg', 'http://127.0.0.1:80/1230SIP.cfg', undefined],
    [userFiles[0], `http://127.0.0.1:80/${USER}.cfg`, 'user-file'],
    [userFiles[1], 'http://127.0.0.1:80/book.txt', 'address-book'],
    [userFiles[2], 'http://127.0.0.1:80/keys/1001.txt', 'custom-keys'],
    [userFiles[3], 'http://127.0.0.1:80/dials.txt', 'speed-dials'],
  ]);
  expect(bench.flash.read().profiles).toEqual({
    [USER]: {
      ...newProfile({}),
      contacts: [{ nickname: 'Anna', address: '1002@a.b', group: '', buddy: false }],
      groups: ['Friends'],
      keys: [{ index: 2, label: 'Boss', type: 'spdial', attributes: {} }],
      speedDials: [{ label: 'Door', mode: 'Always', attributes: {} }],
    },
  });
  expect(bench.outcome()).toMatchObject({
    ok: true,
    state: 'idle',
    user: USER,
    profile: { contacts: 1, groups: 1, keys: 1, speedDials: 1 },
  });
  expect(bench.factsOf('user-file.taken')).toEqual(
    userFiles.map((file, index) => ({
      type: 'user-file.taken',
      user: USER,
      kind: (['user-file', 'address-book', 'custom-keys', 'speed-dials'] as const)[index],
      file,
      entries: [3, 1, 1, 1][index],
    })),
  );
  expect(bench.facts().at(-1)).toEqual({ type: 'phone.idle' });
  // No check asked for them, so nobody is disturbed.
  expect(bench.factsOf('dnd.enabled')).toEqual([]);
});

test('a check fetches them again as its last step, under its Do Not Disturb', async () => {
  const bench = phoneOf(roaming, tree);
  await bench.follow('power.on');
  const booted = bench.entries.length;
  bench.publish({ ...tree, 'book.txt': '[contact]\naddress=1\n[contact]\naddress=2\n' });
  await bench.follow('updates.check');
  const told = bench
    .facts()
    .slice(booted)
    .flatMap((event) => {
      if (event.type === 'file.requested') return [event.file];
      return ['dnd.enabled', 'dnd.disabled', 'update.finished'].includes(event.type) ? [event.type] : [];
    });
  expect(told).toEqual(['dnd.enabled', '1230SIP.cfg', ...userFiles, 'dnd.disabled', 'update.finished']);
  expect(bench.outcome()).toMatchObject({ state: 'idle', dnd: false, profile: { contacts: 2, keys: 1 } });
});

test('what is the same again is not written again', async () => {
  const bench = phoneOf(roaming, tree);
  await bench.follow('power.on');
  const writes = bench.factsOf('flash.written').length;
  await bench.follow('updates.check');
  expect(bench.factsOf('flash.written').length).toBe(writes);
});

const asked: [title: string, values: Record<string, string>, files: Tree, expected: string[]][] = [
  ['USER_FILE_ENABLE NO asks for none', automatic, tree, []],
  ["a user's file that is missing names nothing", roaming, without(`${USER}.cfg`), [`${USER}.cfg`]],
  [
    'where it names no file, the default does',
    { ...roaming, DEFAULT_ADDRESSBOOK_FILE: 'all.txt', DEFAULT_CUSTOMKEYS_FILE: 'keys.txt' },
    { ...tree, [`${USER}.cfg`]: '[files]\naddressbook=\ncustomkeys=own.txt\n' },
    [`${USER}.cfg`, 'all.txt', 'own.txt'],
  ],
  [
    'a default counts where the user has no file, and without USER_FILE_ENABLE',
    { ...automatic, DEFAULT_SPEEDDIALLIST_FILE: 'dials.txt' },
    tree,
    ['dials.txt'],
  ],
  [
    'a name that climbs out is not asked for',
    roaming,
    { ...tree, [`${USER}.cfg`]: '[files]\naddressbook=../book.txt\nspeeddiallist=dials.txt\n' },
    [`${USER}.cfg`, 'dials.txt'],
  ],
];

describe('which files are asked for', () => {
  test.for(asked)('%s', async ([, values, files, expected]) => {
    const bench = phoneOf(values, files);
    await bench.follow('power.on');
    expect(bench.factsOf('file.requested').flatMap(({ file, userFile }) => (userFile ? [file] : []))).toEqual(
      expected,
    );
    expect(bench.outcome().state).toBe('idle');
  });
});

const told: [title: string, files: Tree, expected: object[], ok: boolean][] = [
  [
    "a missing user's file is a warning",
    without(`${USER}.cfg`),
    [{ severity: 'warning', code: 'NOT_FOUND', file: `${USER}.cfg` }],
    true,
  ],
  [
    'a missing file that it names is an error, told where it is named',
    without('book.txt'),
    [{ severity: 'error', code: 'NOT_FOUND', file: `${USER}.cfg`, line: 2 }],
    false,
  ],
  [
    'so is a name that climbs out',
    { ...tree, [`${USER}.cfg`]: '[files]\ncustomkeys=../x\n' },
    [{ severity: 'error', code: 'BAD_NAME', file: `${USER}.cfg`, line: 2 }],
    false,
  ],
  [
    'keys of type feature are noted outside IP Office mode',
    { ...tree, 'keys/1001.txt': '[key]\nindex=2\ntype=feature\n' },
    [{ severity: 'note', code: 'FEATURE_KEY', file: 'keys/1001.txt' }],
    true,
  ],
  [
    'more than is kept of one user is not taken',
    { ...tree, 'book.txt': `[contact]\naddress=${'1'.repeat(140_000)}\n` },
    [{ severity: 'error', code: 'PROFILE_FULL', file: 'book.txt' }],
    false,
  ],
];

describe('what is told', () => {
  test.for(told)('%s', async ([, files, expected, ok]) => {
    const bench = phoneOf(roaming, files);
    await bench.follow('power.on');
    const { problems, ok: found } = bench.outcome();
    expect(problems.filter(({ code }) => code !== 'UNKNOWN_KEY_TYPE')).toMatchObject(expected);
    expect(found).toBe(ok);
  });
});

test('a file that is missing leaves what the profile has', async () => {
  const bench = phoneOf(roaming, tree);
  await bench.follow('power.on');
  const before = bench.flash.read().profiles;
  bench.publish(without(...userFiles));
  await bench.follow('updates.check');
  expect(bench.flash.read().profiles).toEqual(before);
});

/** A server that never answers a request for these. */
function silent(seconds: number): NonNullable<BenchOptions['door']> {
  return (loopback) => ({
    async *fetch(request, signal) {
      if (request.path.endsWith('SIP.cfg')) return yield* loopback.fetch(request, signal);
      throw new TransportError('TIMEOUT', request, `no answer within ${seconds} s`);
    },
    close: () => loopback.close(),
  });
}

const dead: [quirks: NonNullable<BenchOptions['quirks']>, requests: number][] = [
  [{}, 2],
  [{ deadServer: 'skip' }, 1],
  [{ afterFailedFetch: 'end' }, 1],
];

test.for(dead)('a dead server keeps nobody out for good: %o', async ([quirks, requests]) => {
  const values = { ...roaming, DEFAULT_ADDRESSBOOK_FILE: 'all.txt' };
  const bench = phoneOf(values, tree, { quirks, door: silent(10) });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe('idle');
  expect(bench.factsOf('file.failed')).toHaveLength(requests);
});

test('a power cut between two files leaves those that came', async () => {
  const bench = phoneOf(roaming, tree);
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('user-file.taken').length < 2, 60_000);
  bench.phone.send({ type: 'power.off' });
  await bench.clock.runFor(60_000);
  const { contacts, keys } = bench.flash.read().profiles[USER] ?? newProfile({});
  expect({ contacts: contacts.length, keys: keys.length }).toEqual({ contacts: 1, keys: 0 });
  expect(bench.outcome().requests.at(-1)?.result).toBe('ABORTED');
});

test('a reset during the last step of a check waits for the running file', async () => {
  const bench = phoneOf(roaming, tree);
  await bench.follow('power.on');
  const booted = bench.factsOf('file.requested').length;
  bench.phone.send({ type: 'updates.check' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < booted + 3, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runWhile(() => bench.factsOf('phone.restarted').length === 0, 60_000);
  expect(bench.factsOf('file.requested')[booted + 2]?.file).toBe('book.txt');
  expect(bench.factsOf('file.requested').length).toBe(booted + 3);
  expect(bench.factsOf('file.failed')).toEqual([]);
});

test('a logout while they come is done afterwards', async () => {
  const bench = phoneOf({ ...roaming, AUTOLOGIN_ENABLE: 'YES' }, tree, { flash: { user: USER } });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('user-file.taken').length < 1, 60_000);
  bench.phone.send({ type: 'logout' });
  await bench.clock.runFor(60_000);
  expect(bench.outcome()).toMatchObject({ state: 'login', user: null, profile: null });
  expect(bench.factsOf('user-file.taken')).toHaveLength(4);
});

test('erasing user data erases the profiles', async () => {
  const bench = phoneOf({ ...roaming, AUTOLOGIN_ENABLE: 'NO' }, without(`${USER}.cfg`), {
    flash: { profiles: { [USER]: newProfile({}) } },
  });
  await bench.follow('power.on', 'user-data.erase');
  expect(bench.flash.read().profiles).toEqual({});
});

test("with FORCE_TIME_ZONE NO a poll goes by the time zone in the user's profile", async () => {
  const values = { ...automatic, AUTO_UPDATE: 'YES', TIMEZONE_OFFSET: '0', DST_ENABLED: 'NO' };
  const profiles = { [USER]: newProfile(settings({ TIMEZONE_OFFSET: '-3600' })) };
  const polls = async (more: Record<string, string>) => {
    const bench = phoneOf({ ...values, ...more }, tree, {
      quirks: { stagger: 'none' },
      flash: { profiles, user: USER },
    });
    bench.phone.send({ type: 'phone.resume' });
    return bench.outcome().nextPoll;
  };
  expect([await polls({}), await polls({ FORCE_TIME_ZONE: 'YES' })]).toEqual([
    '2026-03-03T01:00:00.000Z',
    '2026-03-03T00:00:00.000Z',
  ]);
});

test('a check that comes between the login and its banner does not lose the banner', async () => {
  const bench = phoneOf({ ...roaming, LOGIN_BANNER_ENABLE: 'YES' }, tree, {
    flash: { ...upToDate, files: { LOGIN_BANNER: [{ name: 'banner.txt' }] } },
  });
  let asked = 0;
  bench.journal.listen(({ event }) => {
    if (event.type !== 'file.requested' || event.file !== userFiles[1] || ++asked > 1) return;
    queueMicrotask(() => bench.phone.send({ type: 'check-sync.accept', manner: 'silent' }));
  });
  await bench.follow('power.on');
  expect(bench.factsOf('update.started').map(({ trigger }) => trigger)).toEqual(['power-up', 'check-sync']);
  expect(bench.outcome().state).toBe('banner');
  await bench.follow('banner.confirm', 'updates.check');
  expect(bench.outcome().state).toBe('idle');
  expect(bench.factsOf('banner.shown')).toHaveLength(1);
});
