import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import {
  listenForNotify,
  type NotifyAnswer,
  type NotifyListener,
  type NotifyRequest,
} from '../../src/network/check-sync.ts';
import { foreignClient, peerSuite } from '../peers/available.ts';
import { programFile } from '../peers/program.ts';
import { checkSyncScenario } from './sipp-scenario.ts';

peerSuite('a check-sync from sipp', [foreignClient('sipp')], () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deskphone-sipp-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cases: [
    method: string,
    calls: number,
    answer: NotifyAnswer['status'],
    expected: number,
    judged: number,
  ][] = [
    ['NOTIFY', 1, 200, 200, 1],
    ['NOTIFY', 50, 200, 200, 50],
    ['NOTIFY', 1, 481, 481, 1],
    ['NOTIFY', 1, 489, 489, 1],
    ['OPTIONS', 1, 200, 200, 0],
    ['MESSAGE', 1, 200, 405, 0],
  ];
  test.for(cases)(
    '%s, %i times: judged as %s, answered %i',
    async ([method, calls, status, expected, count]) => {
      const { judged, listener } = await listening(() => status);
      await sipp(folder, listener, checkSyncScenario(method, expected), calls);
      await listener.close();
      expect(judged).toHaveLength(count);
      expect(new Set(judged.map(({ callId }) => callId)).size).toBe(count);
      expect(judged.every(({ event, from }) => event === 'check-sync' && from === '127.0.0.1')).toBe(true);
    },
  );

  test('that is dropped comes again from sipp, and is judged once all the same', async () => {
    const { judged, listener } = await listening(() => 'drop');
    await expect(
      sipp(folder, listener, checkSyncScenario('NOTIFY', 200), 1, '-max_non_invite_retrans', '1'),
    ).rejects.toThrow();
    await listener.close();
    expect(judged).toHaveLength(1);
  });
});

async function listening(status: () => NotifyAnswer['status']) {
  const judged: NotifyRequest[] = [];
  const listener = await listenForNotify({
    clock: new SystemClock(),
    listen: '127.0.0.1',
    port: 0,
    judge: (request) => {
      judged.push(request);
      return { status: status() };
    },
  });
  return { judged, listener };
}

/** Resolves when each call got the answer that its scenario expects. */
async function sipp(
  folder: string,
  { port }: NotifyListener,
  xml: string,
  calls: number,
  ...more: readonly string[]
): Promise<void> {
  const file = join(folder, 'scenario.xml');
  await writeFile(file, xml);
  const args = ['-sf', file, '-i', '127.0.0.1', '-m', String(calls), '-r', '200', '-nostdin', ...more];
  await promisify(execFile)(programFile('sipp'), [...args, `127.0.0.1:${port}`], {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb' },
    timeout: 20_000,
  });
}
