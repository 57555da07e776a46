import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { slurmManifest } from '../../src/fleet/manifest-slurm.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { awkwardWords, shardedFleet } from './manifest.ts';

test('a task a shard, counted from 0', () => {
  expect(slurmManifest(shardedFleet({ startAt: '2030-01-01T00:00:00.000Z' })).split('\n')).toEqual([
    '#!/bin/sh',
    '#SBATCH --job-name=storm',
    '#SBATCH --array=0-3',
    '#SBATCH --ntasks=1',
    '#SBATCH --cpus-per-task=2',
    '#SBATCH --mem=672M',
    '#SBATCH --output=storm-%A-%a.log',
    '# Power comes back: 2000 phones in 4 shards.',
    '#',
    '#   sbatch storm.sh',
    '#   deskphone merge storm-ARRAY/shard-*.json --report html=storm.html',
    '#',
    '# ARRAY is the number that sbatch tells. deskphone is to be on the PATH of every node, and the folder',
    '# it is submitted in one that all nodes share.',
    '# All shards begin at 2030-01-01T00:00:00.000Z; phones of a shard that comes later begin late, which is counted,',
    '# and makes the result invalid. Print it again with --start-at or --start-in for another time.',
    'exec deskphone fleet http://files.example/ --count=2000 --shard=auto/4 ' +
      '--report=json="storm-$SLURM_ARRAY_JOB_ID/shard-$SLURM_ARRAY_TASK_ID.json"',
    '',
  ]);
});

test('a shell reads words as they were given', () => {
  const script = writeFiles({
    'storm.sh': slurmManifest(shardedFleet({ words: awkwardWords, metrics: { host: '[::1]', port: 9464 } })),
    deskphone: '',
  });
  const folder = dirname(script);
  writeFileSync(`${folder}/deskphone`, '#!/bin/sh\nprintf "%s\\0" "$@"\n');
  chmodSync(`${folder}/deskphone`, 0o755);
  const heard = execFileSync('/bin/sh', [script], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}${delimiter}/usr/bin${delimiter}/bin`,
      SLURM_ARRAY_JOB_ID: '7',
      SLURM_ARRAY_TASK_ID: '3',
    },
  });
  expect(heard.split('\0').slice(0, -1)).toEqual([
    'fleet',
    ...awkwardWords,
    '--shard=auto/4',
    '--prometheus=[::1]:9467',
    '--report=json=storm-7/shard-3.json',
  ]);
});
