import type { ShardedFleet } from '../../src/fleet/manifest.ts';

/** A fleet as manifests take it. */
export function shardedFleet(own: Partial<ShardedFleet> = {}): ShardedFleet {
  return {
    name: 'storm',
    title: 'Power comes back',
    shards: 4,
    phones: 2000,
    workers: 2,
    words: ['http://files.example/', '--count=2000'],
    holdsPassword: false,
    ...own,
  };
}

/** Words that a shell, YAML and Kubernetes would each make something of. */
export const awkwardWords: readonly string[] = [
  'http://ops:pass$(JOB_COMPLETION_INDEX)@files.example/a b/',
  '--threshold=boot.latency.p95 < 90s',
  "--seed=it's monday",
  '--seed=yes: "no" # $HOME `id` $$ %A \\',
  '--seed=two\nlines',
  '--seed=',
  'on',
  '12:30:00',
];
