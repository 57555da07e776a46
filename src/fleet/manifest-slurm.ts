import { counted } from '../report/result-words.ts';
import { comments, manifestRemarks, memoryMib, type ShardedFleet, shardFlag } from './manifest.ts';
import { shellWords } from './shell-words.ts';

/**
 * A script for sbatch(1): an array with a task a shard. Each leaves its result where it was submitted.
 */
export function slurmManifest(fleet: ShardedFleet): string {
  const { name, title, shards, phones, workers, words, metrics } = fleet;
  // Documented: sbatch(1), "filename pattern": %A is the number of the array, %a that of the task.
  const head = [
    '#!/bin/sh',
    `#SBATCH --job-name=${name}`,
    `#SBATCH --array=0-${shards - 1}`,
    '#SBATCH --ntasks=1',
    `#SBATCH --cpus-per-task=${workers}`,
    `#SBATCH --mem=${memoryMib(fleet)}M`,
    `#SBATCH --output=${name}-%A-%a.log`,
  ];
  const remarks = [
    `${title}: ${counted(phones, 'phone')} in ${counted(shards, 'shard')}.`,
    '',
    `  sbatch ${name}.sh`,
    `  deskphone merge ${name}-ARRAY/shard-*.json --report html=${name}.html`,
    '',
    'ARRAY is the number that sbatch tells. deskphone is to be on the PATH of every node, and the folder',
    'it is submitted in one that all nodes share.',
    ...(metrics
      ? [`A node may have several tasks: task i serves its figures at port ${metrics.port} + i.`]
      : []),
    ...manifestRemarks(fleet),
  ];
  const command = ['deskphone', 'fleet', ...words, shardFlag(fleet)];
  const ofTask = [
    ...(metrics ? [`--prometheus="${metrics.host}:$((${metrics.port} + SLURM_ARRAY_TASK_ID))"`] : []),
    `--report=json="${name}-$SLURM_ARRAY_JOB_ID/shard-$SLURM_ARRAY_TASK_ID.json"`,
  ];
  return `${head.join('\n')}\n${comments(remarks)}\nexec ${shellWords(command)} ${ofTask.join(' ')}\n`;
}
