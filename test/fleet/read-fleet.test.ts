import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { published } from '../../src/cli/published.schema.ts';
import { fleetHash } from '../../src/fleet/fleet-hash.ts';
import { Population } from '../../src/fleet/population.ts';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import { workersFor } from '../../src/fleet/workers-for.ts';
import { sayProblem } from '../../src/scenario/scenario-problem.ts';
import { pathOf } from '../docs/markdown.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { planOf, problemsIn } from './fleet-files.ts';

const HEAD = 'version: 1\ntitle: t\n';

const mistakes: [title: string, text: string, problems: readonly string[]][] = [
  ['no fleet', HEAD, ['1:1: fleet: is missing']],
  ['a misspelt key', `${HEAD}fleet:\n  cuont: 5\n`, ['4:3: fleet has no "cuont"; did you mean count?']],
  [
    'a list of phones',
    `${HEAD}phones: [{}]\nfleet: {}\n`,
    ['3:9: phones: a fleet has no list of phones; expected phone, and fleet.mix for those that differ'],
  ],
  [
    'steps and expectations',
    `${HEAD}steps: [check]\nexpect: [{state: idle}]\nfleet: {}\n`,
    [
      '3:8: steps: phones of a fleet take no steps: each boots; expected fleet.events, fleet.duration',
      '4:9: expect: a fleet is judged by fleet.thresholds',
    ],
  ],
  [
    'an identity that all phones would share',
    `${HEAD}phone: { mac: 001B4F123001, name: desk }\nfleet: {}\n`,
    [
      '3:35: phones of a fleet have no names, but numbers',
      '3:15: each phone has its own; expected fleet.macBase, or fleet.identities',
    ],
  ],
  [
    'two ways to arrive',
    `${HEAD}fleet: { arrivals: { ramp: 10s, rate: 5/s } }\n`,
    ['3:20: fleet.arrivals: expected one of ramp, rate, poisson, pollWindow, concurrency'],
  ],
  [
    'no phone',
    `${HEAD}fleet: { count: 0, mix: [] }\n`,
    [
      '3:17: fleet.count: found 0; expected at least 1',
      '3:25: fleet.mix: found []; expected at least 1 item',
    ],
  ],
  [
    'more and less than any number of phones, each once',
    `${HEAD}fleet:\n  count: 99999999999999999\n  firstIndex: -1e300\n`,
    [
      '4:10: fleet.count: found 100000000000000000; expected at most 1000000',
      '5:15: fleet.firstIndex: found -1e+300; expected at least 0',
    ],
  ],
  [
    'one event instead of a list, and text instead of a number',
    `${HEAD}fleet: { events: { at: 1h, restart: {} }, iterations: often }\n`,
    [
      '3:18: fleet.events: found {"at":"1h","restart":{}}; expected a list',
      '3:55: fleet.iterations: found "often"; expected a number',
    ],
  ],
  [
    'a release that is no load',
    `${HEAD}fleet: { release: { FW: foo } }\n`,
    ['3:25: "foo" is no load of these phones; expected one such as SIP12x004.04.09.00'],
  ],
  [
    'an event after the end',
    `${HEAD}fleet: { duration: 10m, events: [{ at: 9m, restart: {} }, { at: 10m, checkSync: {} }] }\n`,
    ['3:65: check-sync at 10m would never come: the duration is 10m'],
  ],
  [
    'an answer to yes or no that is neither',
    `${HEAD}phone: { habits: { answers: { scheduled-update: maybe } } }\nfleet: {}\n`,
    [
      '3:49: phone.habits.answers.scheduled-update: "maybe" is not an answer; expected yes, no, install, later, nothing',
    ],
  ],
  [
    'a release of a section there is not',
    `${HEAD}fleet: { release: { LANGUAGES: "1" } }\n`,
    ['3:21: release has no "LANGUAGES"; did you mean LANGUAGE?'],
  ],
  [
    'a release without its section, and what servers have by protocol without one',
    `${HEAD}server: { files: demo, bandwidth: 5M, ports: { htp: 1 } }\nfleet: { release: SIP12 }\n`,
    [
      '3:35: server.bandwidth: found "5M"; expected a map such as {http: 1M}',
      '3:48: ports has no "htp"; expected tftp, ftp, http, https',
      '4:19: fleet.release: found "SIP12"; expected a map such as {FW: SIP12x004.01.13.00}',
    ],
  ],
  [
    'a poll window of half an hour',
    `${HEAD}fleet: { arrivals: { pollWindow: 30m } }\n`,
    ['3:34: a poll window is whole hours, as AUTO_UPDATE_TIME_RANGE is; expected one such as 1h'],
  ],
  [
    'shares that are no whole',
    `${HEAD}fleet: { mix: [{ share: 50% }, { share: 20% }] }\n`,
    ['3:15: the shares of the kinds sum to 70%; expected 100%'],
  ],
  [
    'a misspelt setting of a kind',
    `${HEAD}fleet: { mix: [{ share: 100%, phone: { settings: { VMALI: "1" } } }] }\n`,
    ['3:59: "VMALI" is no parameter; did you mean VMAIL?'],
  ],
  [
    'an event that is two',
    `${HEAD}fleet: { events: [{ at: 1s, blackout: 1s, restart: {} }] }\n`,
    [
      '3:19: fleet.events[0]: blackout and restart at one time; expected one of publish, blackout, restart, checkSync, cutPower',
    ],
  ],
  [
    'a release for a server of somebody else',
    `${HEAD}server: { url: http://192.0.2.1/ }\nfleet: { events: [{ at: 1s, publish: demo }, { at: 2s, blackout: 1s }], mix: [{ share: 100%, state: provisioned }] }\n`,
    [
      '4:38: publish goes with server.files only: nobody but you can do that to a server of yours',
      '4:66: blackout goes with server.files only: nobody but you can do that to a server of yours',
      '4:101: goes with server.files only, which a boot would read; expected phone.flash',
    ],
  ],
  [
    'a rate in time that leaps',
    `${HEAD}time: { mode: jump }\nfleet: { arrivals: { rate: 5/s } }\n`,
    ['4:28: goes without time jump, which leaps over the waits that make a rate; expected real or virtual'],
  ],
  [
    'a link that says nothing',
    `${HEAD}time: { mode: virtual }\nfleet: { link: {} }\n`,
    ['4:16: fleet.link: expected rtt, jitter or down, such as {rtt: 40ms, jitter: 5ms, down: 2M}'],
  ],
  [
    'a link in words and units there are not',
    `${HEAD}time: { mode: virtual }\nfleet: { link: { rttt: 40ms, jitter: "5", down: 2Mbit } }\n`,
    [
      '4:18: link has no "rttt"; did you mean rtt?',
      '4:38: fleet.link.jitter: "5" is no duration; expected one such as 500ms, 30s, 2m or 24h',
      '4:49: fleet.link.down: "2Mbit" is no size; expected one such as 512, 64k or 3M, at most 64M',
    ],
  ],
  [
    'a link that lets nothing through',
    `${HEAD}time: { mode: virtual }\nfleet: { link: { down: "0" } }\n`,
    ['4:24: fleet.link.down: found "0"; expected more than no bytes a second'],
  ],
  [
    'a run of no time',
    `${HEAD}fleet: { duration: 0s }\n`,
    ['3:20: a run of no time at all; expected more than 0'],
  ],
  [
    'a warm-up as long as the run',
    `${HEAD}fleet: { duration: 1h, measureFrom: 60m }\n`,
    ['3:37: the run is over by then; expected less than its duration'],
  ],
  [
    'phones that stay up and make room',
    `${HEAD}fleet: { arrivals: { concurrency: 5 }, duration: 1d }\n`,
    ['3:35: phones that stay up make no room for the next; expected iterations, or no duration'],
  ],
  [
    'fewer addresses than phones, and no MAC for the last',
    `${HEAD}fleet: { count: 300, sources: 127.1.0.0/24, macBase: 001B4FFFFFFE }\n`,
    [
      "3:54: phone 299 has no MAC: from 001B4FFFFFFE on the maker's block holds 2",
      '3:31: 127.1.0.0/24 has 254 addresses; expected one for each of 300 phones',
    ],
  ],
  [
    'a list of identities that is not there',
    `${HEAD}fleet: { identities: phones.csv }\n`,
    ['3:22: phones.csv cannot be read; expected a CSV file with a column mac'],
  ],
  [
    'another way to verify than there is',
    `${HEAD}server: { url: "https://192.0.2.1/", ca: no.pem, tlsVerify: never }\nfleet: {}\n`,
    ['3:61: server.tlsVerify: "never" is not a way to verify; expected verify, accept-any'],
  ],
  [
    'certificates that are not there',
    `${HEAD}server: { url: "https://192.0.2.1/", ca: no.pem }\nfleet: {}\n`,
    ['3:42: no.pem: no such file or folder (ENOENT)'],
  ],
  [
    'certificates for a server of our own',
    `${HEAD}server: { files: demo, ca: no.pem, tlsVerify: accept-any }\nfleet: {}\n`,
    [
      '3:28: ca goes with url only: phones take our own server as it is',
      '3:47: tlsVerify goes with url only: phones take our own server as it is',
    ],
  ],
  [
    'words of scenarios are not offered',
    `${HEAD}xx: 1\nfleet: {}\n`,
    [
      '3:1: a fleet file has no "xx"; expected version, extends, title, why, time, seed, server, dhcp, timeServer, quirks, timings, phone, fleet',
    ],
  ],
  [
    'a release of two sections',
    `${HEAD}fleet: { release: { FW: a, TONES: b } }\n`,
    ['3:19: fleet.release: expected one section and its version'],
  ],
];
test.for(mistakes)('told with its place: %s', ([, text, problems]) => {
  expect(problemsIn(text)).toEqual(problems);
});

const listed: [title: string, list: string, fleet: string, problems: readonly string[]][] = [
  [
    'arrivals',
    'mac,at\n001B4F123001,0s\n',
    'arrivals: { ramp: 10s }',
    ['3:44: goes without moments in identities: the column at says when each phone gets power'],
  ],
  [
    'a duration beside several boots',
    'mac,at\n001B4F123001,0s 1h\n',
    'duration: 1d',
    ['3:44: goes without several moments of a phone in identities: these say when it boots again'],
  ],
  ['a duration beside one boot', 'mac,at\n001B4F123001,0s\n', 'duration: 1d', []],
];
test.for(listed)('moments in the list of phones: %s', ([, list, fleet, problems]) => {
  const text = `${HEAD}fleet: { identities: phones.csv, ${fleet} }\n`;
  expect(problemsIn(text, [], { 'phones.csv': list })).toEqual(problems);
});

test('a flag wins over the file, and its mistakes bear its name', () => {
  const text = `${HEAD}seed: a\nfleet: { count: 5, arrivals: { ramp: 10s } }\n`;
  const plan = planOf(text, [
    { flag: '--count', path: ['fleet', 'count'], value: 7 },
    { flag: '--rate', path: ['fleet', 'arrivals'], value: { rate: '2/s' } },
  ]);
  expect([plan.count, plan.arrivals, plan.seed, plan.time, plan.timings]).toEqual([
    7,
    { kind: 'rate', perSecond: 2 },
    'a',
    'real',
    'field',
  ]);
  expect(problemsIn(text, [{ flag: '--time', path: ['time', 'mode'], value: 'virtal' }])).toEqual([
    '--time: time.mode: "virtal" is not a mode; did you mean virtual?',
  ]);
});

test('an index that leaves no MAC for the last phone bears the blame', () => {
  const last = { flag: '--first-index', path: ['fleet', 'firstIndex'], value: 16_777_210 };
  expect(problemsIn(`${HEAD}fleet: {}\n`, [last])).toEqual([
    "--first-index: phone 16777219 has no MAC: from 001B4FA00000 on the maker's block holds 6291456",
  ]);
});

test('phones of a list take the place of the MAC in a file that is extended, and do not go with one beside', () => {
  const beside = {
    'base.yaml': `${HEAD}fleet: { macBase: 001B4FA00007 }\n`,
    'phones.csv': 'mac\n001B4F000001\n',
  };
  const plan = planOf('extends: base.yaml\nfleet: { identities: phones.csv }\n', [], beside);
  expect(plan.identities).toEqual([{ mac: '001B4F000001' }]);
  expect(problemsIn(`${HEAD}fleet: { macBase: 001B4FA00007, identities: phones.csv }\n`, [], beside)).toEqual(
    ['3:19: goes without identities: each phone has the MAC of its line there'],
  );
});

test('a list of phones by a flag stands for the MACs of the file', () => {
  const text = `${HEAD}fleet: { macBase: 00:1B:4F:00:00:00 }\n`;
  const list = writeFiles({ 'phones.csv': 'mac\n001B4F123001\n' });
  const plan = planOf(text, [{ flag: '--identities', path: ['fleet', 'identities'], value: list }]);
  expect(plan.identities?.map(({ mac }) => mac)).toEqual(['001B4F123001']);
});

const ways = ['ramp: 10s', 'rate: 2/s', 'poisson: 2/s', 'pollWindow: 1h', 'concurrency: 2'];

test.for(ways)('phones arrive by %s, whatever way the file has that is extended', (way) => {
  const arrivals = (word: string) => `fleet: { arrivals: { ${word} } }\n`;
  const { arrivals: alone } = planOf(`${HEAD}${arrivals(way)}`);
  for (const other of ways.filter((one) => one !== way)) {
    const beside = { 'base.yaml': `${HEAD}${arrivals(other)}` };
    expect(planOf(`extends: base.yaml\n${arrivals(way)}`, [], beside).arrivals).toEqual(alone);
  }
});

test('without a file or URL the demo tree is served, with a file for every phone', () => {
  const reading = readFleet({ kind: 'server', url: undefined }, []);
  expect('plan' in reading && [reading.plan.count, reading.plan.server.kind, reading.plan.protocols]).toEqual(
    [10, 'embedded', ['http']],
  );
});

test('a fleet is the same wherever its folders are and whatever judges it, and not the same with another phone more', () => {
  const plan = planOf(`${HEAD}fleet: { count: 5 }\n`);
  const elsewhere = planOf(`${HEAD}seed: other\nfleet: { count: 5, thresholds: ["boot.failed == 0"] }\n`);
  expect(fleetHash(elsewhere)).toBe(fleetHash(plan));
  expect(fleetHash(planOf(`${HEAD}fleet: { count: 6 }\n`))).not.toBe(fleetHash(plan));
});

const workers: [title: string, fleet: string, shards: number, wanted: number | 'auto', found: unknown][] = [
  ['a small fleet needs no second', '{ count: 200 }', 1, 'auto', 1],
  ['as many as are wanted', '{ count: 200 }', 1, 5, 5],
  ['no more than phones', '{ count: 3 }', 1, 5, 3],
  ['no more than the phones of the shard', '{ count: 9 }', 3, 5, 3],
  ['chains are divided evenly', '{ count: 99, arrivals: { concurrency: 12 } }', 2, 4, 3],
  [
    'chains that shards cannot divide',
    '{ count: 99, arrivals: { concurrency: 12 } }',
    5,
    1,
    { message: '12 at a time cannot be divided among 5 shards; expected a multiple of 5' },
  ],
];
test.for(workers)('workers: %s', ([, fleet, of, wanted, found]) => {
  const plan = planOf(`${HEAD}fleet: ${fleet}\n`);
  expect(workersFor(plan, { index: 0, of }, wanted)).toEqual(found);
});

test('in jump time what happens to our server goes with one worker', () => {
  const plan = planOf(
    `${HEAD}time: { mode: jump }\nfleet: { count: 999, events: [{ at: 1s, blackout: 1s }] }\n`,
  );
  expect(workersFor(plan, { index: 0, of: 1 }, 'auto')).toBe(1);
  expect(workersFor(plan, { index: 0, of: 1 }, 2)).toEqual({
    message: 'publish and blackout in jump time go with one worker: each has a clock of its own that leaps',
  });
});

const files = readdirSync(pathOf('fleets')).filter((name) => name.endsWith('.yaml'));

test.for(files)('fleets/%s has no mistake, and names the schema for editors', (name) => {
  const reading = readFleet({ kind: 'file', file: pathOf(`fleets/${name}`) }, []);
  expect('problems' in reading ? reading.problems : []).toEqual([]);
  const [first] = readFileSync(pathOf(`fleets/${name}`), 'utf8').split('\n');
  expect(first).toBe('# yaml-language-server: $schema=./fleet.schema.json');
});

test.for(files)('fleets/%s extended by a file of so many phones is the fleet that --count says', (name) => {
  const file = pathOf(`fleets/${name}`);
  const flag = { flag: '--count', path: ['fleet', 'count'], value: 500 };
  const reading = readFleet({ kind: 'file', file }, [flag]);
  if ('problems' in reading) throw new Error(reading.problems.map(sayProblem).join('\n'));
  const extending = planOf('extends: base.yaml\nfleet: { count: 500 }\n', [], {
    'base.yaml': readFileSync(file, 'utf8'),
  });
  expect(extending.count).toBe(500);
  expect(fleetHash(extending)).toBe(fleetHash(reading.plan));
});

test('fleets/fleet.schema.json is what deskphone schema fleet prints (npx vitest run test/fleet -u writes it)', async () => {
  const schema = new Map(Object.entries(published)).get('fleet')?.make();
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    pathOf('fleets/fleet.schema.json'),
  );
});

test.for(['monday', 'tuesday'])('the shares of a mix come out to the phone, whoever is drawn: %s', (seed) => {
  const mix =
    '[{ share: 10% }, { share: 20%, phone: { model: 1210 } }, { share: 70%, phone: { model: 1220 } }]';
  const plan = planOf(`${HEAD}fleet: { count: 1000, firstIndex: 5, mix: ${mix} }\n`);
  const population = new Population({ ...plan, seed });
  const whole = { index: 0, of: 1 };
  const models = population.indexes(whole, whole).map((index) => population.member(index).phone.model);
  const counted = ['1230', '1210', '1220'].map((model) => models.filter((one) => one === model).length);
  expect(counted).toEqual([100, 200, 700]);
});
