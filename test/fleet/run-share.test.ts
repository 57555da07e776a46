import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import { metrics } from '../../src/report/fleet/metric.ts';
import { pathOf } from '../docs/markdown.ts';
import { planOf, runPart } from './fleet-files.ts';

const HEAD = `version: 1
title: t
time: { mode: virtual }
`;

const TREE = `server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE FORCED
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL HTTP
    d.cfg: "AUTO_UPDATE YES\\nAUTO_UPDATE_TIME 3600\\n"
`;

const FIRMWARE = `server:
  bandwidth: { http: 100k }
  files:
    1230SIP.cfg: &firmware |
      [FW]
      DOWNLOAD_MODE AUTO
      VERSION SIP12x004.04.09.00
      FILENAME fw.bin
      PROTOCOL HTTP
    1230Boot.cfg: *firmware
    fw.bin: { image: SIP12x004.04.09.00, size: 512k }
`;

/** What is asserted of a run: how phones ended, and what came of their boots and checks. */
async function endsOf(text: string) {
  const { figures } = await runPart(planOf(`${HEAD}${text}`));
  const jobs = Object.fromEntries(
    Object.entries(figures.jobs).flatMap(([protocol, kinds]) =>
      Object.entries(kinds).map(([kind, { due, done, failed, unfinished }]) => [
        `${protocol} ${kind}`,
        { due, done, failed, unfinished },
      ]),
    ),
  );
  return { ends: figures.phones.ends, restarts: figures.phones.restarts, jobs };
}

test('each phone boots once and ends at rest', async () => {
  expect(await endsOf(`${TREE}fleet: { count: 6, protocols: [tftp, http] }\n`)).toEqual({
    ends: { rest: 6 },
    restarts: 0,
    jobs: {
      'tftp boot': { due: 3, done: 3, failed: 0, unfinished: 0 },
      'http boot': { due: 3, done: 3, failed: 0, unfinished: 0 },
    },
  });
});

test('phones that stay up poll every day, each at its stagger', async () => {
  expect(await endsOf(`${TREE}fleet: { count: 5, duration: 3d }\n`)).toEqual({
    ends: { rest: 5 },
    restarts: 0,
    jobs: {
      'http boot': { due: 5, done: 5, failed: 0, unfinished: 0 },
      'http poll': { due: 15, done: 15, failed: 0, unfinished: 0 },
    },
  });
});

test.for(['100s', '30m', '30h', '9d'])(
  'the busiest second of a storm is the same in %s',
  async (duration) => {
    const { figures } = await runPart(
      planOf(`${HEAD}timings: none\n${TREE}fleet: { count: 20, arrivals: at-once, duration: ${duration} }\n`),
    );
    const busiest = ['requests.busiest', 'http.requests.busiest', 'http.connections.busiest'];
    expect(busiest.map((name) => metrics.get(name)?.read(figures))).toEqual([40, 40, 20]);
  },
);

test('a day has a bin for each minute', async () => {
  const { figures } = await runPart(planOf(`${HEAD}${TREE}fleet: { count: 1, duration: 26h }\n`));
  expect(figures.binUs).toBe(60_000_000);
});

test('iterations are boot after boot, each due when the one before is done', async () => {
  const { figures } = await runPart(planOf(`${HEAD}${TREE}fleet: { count: 3, iterations: 4 }\n`));
  const boots = figures.jobs.http?.boot;
  expect([boots?.due, boots?.done, figures.phones.scheduled, figures.phones.ends]).toEqual([
    12,
    12,
    3,
    { rest: 3 },
  ]);
  expect(boots?.latency.maxUs).toBe(boots?.service.maxUs);
});

test('in a closed fleet no more phones are under way than are wanted, and all get their turn', async () => {
  const { figures } = await runPart(
    planOf(`${HEAD}${TREE}fleet: { count: 10, arrivals: { concurrency: 3 } }\n`),
  );
  expect(figures.phones.ends).toEqual({ rest: 10 });
  let level = 0;
  const levels = Object.values(figures.overTime.states).flatMap(({ net }) => net).length;
  for (const change of figures.overTime.sessions.http?.net ?? []) level += change;
  expect([level, levels > 0]).toEqual([0, true]);
});

test('a phone that cannot come to its end within the limit is told as such', async () => {
  const silent =
    'server: { files: { 1230SIP.cfg: "# Nothing.\\n" }, faults: [{ match: "**", fault: stall, afterBytes: 0 }] }\n';
  expect(await endsOf(`${silent}fleet: { count: 4, limit: 20s }\n`)).toEqual({
    ends: { 'on-its-way': 4 },
    restarts: 0,
    jobs: { 'http boot': { due: 4, done: 0, failed: 0, unfinished: 4 } },
  });
});

test('power that is cut in the middle of the firmware costs those phones their download, not their image', async () => {
  const { figures } = await runPart(
    planOf(
      `${HEAD}${FIRMWARE}fleet: { count: 8, events: [{ at: 0s, cutPower: { share: 50%, atFirmware: 40%, for: 5s } }] }\n`,
    ),
  );
  expect(figures.phones.ends).toEqual({ rest: 8 });
  expect(figures.files.http?.FW).toMatchObject({ asked: 12, received: 8, failed: 4, causes: { ABORTED: 4 } });
});

test('power that is cut while the image is written sends phones to their boot loader', async () => {
  const { figures } = await runPart(
    planOf(`${HEAD}${FIRMWARE}fleet: { count: 4, events: [{ at: 0s, cutPower: { atFirmware: 100% } }] }\n`),
  );
  expect(figures.phones.ends).toEqual({ rest: 4 });
  expect(figures.files.tftp?.['boot-file']).toMatchObject({ asked: 4, received: 4 });
});

test('a release is found by polls, a blackout is felt by those who ask meanwhile', async () => {
  const { figures } = await runPart(
    planOf(`${HEAD}${TREE}fleet:
  count: 20
  duration: 3d
  release: { DEVICE_CONFIG: "000002" }
  events:
    - at: 10h
      publish: { 1230SIP.cfg: "[DEVICE_CONFIG]\\nDOWNLOAD_MODE AUTO\\nVERSION 000002\\nFILENAME d.cfg\\nPROTOCOL HTTP\\n" }
    - { at: 17h, blackout: 30m }
`),
  );
  const { release, jobs, files } = figures;
  expect([release?.onTarget, release?.leftBehind]).toEqual([20, []]);
  const missed = files.http?.['provisioning-file']?.failed ?? 0;
  expect(missed).toBeGreaterThan(0);
  expect(missed).toBeLessThan(20);
  expect(jobs.http?.poll).toMatchObject({ due: 60, done: 60 - missed, failed: missed });
});

test('habits of the kind are those of each of its phones', async () => {
  const prompt = TREE.replace('DOWNLOAD_MODE FORCED', 'DOWNLOAD_MODE FORCED\n      PROMPT YES');
  const answers = 'phone: { habits: { after: 1s, answers: { install-section: later } } }\n';
  const { figures } = await runPart(planOf(`${HEAD}${prompt}${answers}fleet: { count: 3 }\n`));
  expect(figures.files.http?.DEVICE_CONFIG).toBeUndefined();
  const without = await runPart(
    planOf(`${HEAD}${prompt}${answers.replace('later', 'install')}fleet: { count: 3 }\n`),
  );
  expect(without.figures.files.http?.DEVICE_CONFIG).toMatchObject({ received: 3 });
});

const shipped = readdirSync(pathOf('fleets')).filter((name) => name.endsWith('.yaml'));

test.for(shipped)(
  'a few phones of fleets/%s all come to rest, with every file they asked for',
  async (name) => {
    const flags = [{ flag: '--count', path: ['fleet', 'count'], value: 7 }];
    const reading = readFleet({ kind: 'file', file: pathOf(`fleets/${name}`) }, flags);
    if ('problems' in reading) throw new Error(`fleets/${name} has mistakes`);
    const { figures } = await runPart(reading.plan);
    expect(figures.phones).toMatchObject({ scheduled: 7, ends: { rest: 7 } });
    const causes = Object.values(figures.files).flatMap((kinds) =>
      Object.values(kinds).flatMap((file) => Object.keys(file.causes)),
    );
    // A blackout and power cuts are part of the story of a release.
    expect(causes.filter((cause) => !['REFUSED', 'UNREACHABLE', 'ABORTED'].includes(cause))).toEqual([]);
  },
);

describe('a link between each phone and the server', () => {
  const image = FIRMWARE.replace('  bandwidth: { http: 100k }\n', '')
    .replaceAll('HTTP', 'TFTP')
    .replace('512k', '4000k');
  const firmwareAt = async (link: string) => {
    const { figures } = await runPart(
      planOf(`${HEAD}${image}fleet: { count: 2, limit: 20m, link: ${link} }\n`),
    );
    const { received, failed, causes } = figures.files.tftp?.FW ?? {};
    return { received, failed, causes };
  };

  // 8,001 blocks of 512 bytes, the last one empty, in 600 s.
  test('firmware over TFTP arrives at 74 ms a block', async () => {
    expect(await firmwareAt('{ rtt: 74ms }')).toEqual({ received: 2, failed: 0, causes: {} });
  });

  test('firmware over TFTP misses its 600 s at 76 ms a block', async () => {
    const { received, causes } = await firmwareAt('{ rtt: 76ms }');
    expect([received, Object.keys(causes ?? {})]).toEqual([0, ['TOO_SLOW']]);
  });

  test('jitter alone makes it miss them, and the same seed makes the same figures', async () => {
    const plan = planOf(`${HEAD}${TREE}fleet: { count: 6, link: { rtt: 40ms, jitter: 5ms, down: 64k } }\n`);
    const [once, again] = [await runPart(plan), await runPart(plan)];
    expect(again.figures).toEqual(once.figures);
    expect(await firmwareAt('{ rtt: 74ms, jitter: 5ms }')).toMatchObject({ received: 0 });
  });

  test('over sockets it is below every protocol of the fleet', async () => {
    const head = HEAD.replace('virtual', 'real');
    const fleet = 'fleet: { count: 3, protocols: [tftp, ftp, http], link: { rtt: 60ms } }';
    const { figures } = await runPart(planOf(`${head}timings: none\n${TREE}${fleet}\n`));
    const trips = [
      ['tftp', 1],
      ['ftp', 8],
      ['http', 2],
    ] as const;
    for (const [protocol, least] of trips) {
      const file = figures.files[protocol]?.['provisioning-file'];
      expect(file?.received).toBe(1);
      expect(file?.service.minUs).toBeGreaterThanOrEqual(least * 60_000);
    }
  });
});
