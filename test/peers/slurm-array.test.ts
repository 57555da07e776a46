import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from '../cli/answer.ts';
import { program } from '../cli/deskphone.ts';
import { peerSuite } from './available.ts';
import { slurm, startSlurm } from './slurm.ts';

const FLEET = `version: 1
title: Phones on a cluster
time: { mode: virtual }
seed: it's monday
server: { files: demo }
fleet: { count: 22, arrivals: { poisson: 2/s }, protocols: [tftp, http] }
`;

const SHARDS = 4;

peerSuite('an array of Slurm', [slurm], () => {
  test('the printed script runs every shard, and together they are the whole', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deskphone-slurm-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755);
    const cluster = await startSlurm(folder);
    onTestFinished(() => cluster.stop());
    const work = join(folder, 'a user');
    mkdirSync(work);
    const at = (name: string) => join(work, name);
    writeFileSync(at('fleet.yaml'), FLEET);
    const words = ['fleet', at('fleet.yaml'), '--threshold', 'boot.latency.p95 < 9m'];
    const manifest = ['--manifest', 'slurm', '--shards', String(SHARDS), '--name', 'storm'];
    const { stdout: script } = await answer([...words, ...manifest]);
    writeFileSync(at('storm.sh'), script);
    await cluster.run('storm.sh', work, `${deskphoneIn(folder)}${delimiter}/usr/bin${delimiter}/bin`);

    const results = Array.from({ length: SHARDS }, (_, index) => at(`storm-1/shard-${index}.json`));
    const logs = results.map((_, index) => readFileSync(at(`storm-1-${index}.log`), 'utf8'));
    for (const [index, log] of logs.entries()) expect(log).toContain(`shard ${index}/${SHARDS}`);
    await answer(['merge', ...results, '--report', `json=${at('merged.json')}`]);
    await answer([...words, '--report', `json=${at('whole.json')}`]);
    expect(comparable(at('merged.json'))).toBe(comparable(at('whole.json')));
  });
});

/** A folder with the built program under its name. */
function deskphoneIn(folder: string): string {
  const file = join(folder, 'bin', 'deskphone');
  mkdirSync(dirname(file));
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });
  return dirname(file);
}

/** A result but for what differs from machine to machine. */
function comparable(file: string): string {
  const result: object = JSON.parse(readFileSync(file, 'utf8'));
  return JSON.stringify({ ...result, environment: undefined });
}
