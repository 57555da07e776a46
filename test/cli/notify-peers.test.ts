import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { checkSyncScenario } from '../network/sipp-scenario.ts';
import { foreignClient, peerSuite } from '../peers/available.ts';
import { programFile } from '../peers/program.ts';
import { start } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';
import { toldRun } from './told-run.ts';

peerSuite('a check-sync from sipp to a phone of the command line', [foreignClient('sipp')], () => {
  test('boots it, notifies it, and it checks', async () => {
    const args = ['--notify', '0', '--notify-from', 'ANY', '--quirk', 'checkSync=silent', '--then', 'notify'];
    const phone = start(['boot', ...args, '--json']);
    const [, port = ''] = await phone.says(/"notify":"127\.0\.0\.1:(\d+)"/);
    await phone.says(/"phone\.idle"/);
    await sipp(port, 200);
    const { code, facts } = toldRun(await phone.ended);
    const triggers = facts.flatMap((fact) => (fact.type === 'update.started' ? fact.trigger : []));
    // New firmware restarts the phone once.
    expect({ code, triggers }).toEqual({ code: 0, triggers: ['power-up', 'power-up', 'check-sync'] });
  });

  test('a sender that is no proxy of it hears nothing', async () => {
    const phone = start(['boot', '--notify', '0', '--json']);
    const [, port = ''] = await phone.says(/"notify":"127\.0\.0\.1:(\d+)"/);
    await phone.says(/"phone\.idle"/);
    await expect(sipp(port, 200, '-max_non_invite_retrans', '1')).rejects.toThrow();
    phone.signal('SIGINT');
    const { code, facts } = toldRun(await phone.ended);
    const answers = facts.flatMap((fact) => (fact.type === 'notify.received' ? fact.why : []));
    expect({ code, answers }).toEqual({ code: 130, answers: ['unknown-sender'] });
  });
});

/** Resolves when sipp got the answer it expects. */
async function sipp(port: string, expected: number, ...more: readonly string[]): Promise<void> {
  const folder = temporaryFolder();
  const file = join(folder, 'scenario.xml');
  writeFileSync(file, checkSyncScenario('NOTIFY', expected));
  const args = ['-sf', file, '-i', '127.0.0.1', '-m', '1', '-nostdin', ...more];
  await promisify(execFile)(programFile('sipp'), [...args, `127.0.0.1:${port}`], {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb' },
    timeout: 20_000,
  });
}
