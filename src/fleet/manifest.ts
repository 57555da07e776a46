/** A fleet as so many jobs on machines of a cluster: what every manifest is made of. */
export interface ShardedFleet {
  /** Of the job: a DNS label (RFC 1123), so that it goes anywhere. */
  readonly name: string;
  readonly title: string;
  readonly shards: number;
  /** All of them. */
  readonly phones: number;
  /** Threads of a shard. */
  readonly workers: number;
  /** Behind `deskphone fleet`, for each shard alike: without the shard and where its result goes. */
  readonly words: readonly string[];
  /** ISO instant at which all shards begin; absent under virtual time. */
  readonly startAt?: string;
  readonly holdsPassword: boolean;
  /** Where shard 0 serves its figures on a machine that others may share, each at the next port. */
  readonly metrics?: { readonly host: string; readonly port: number };
}

/** Which shard it is, each finds in its environment. */
export function shardFlag({ shards }: ShardedFleet): string {
  return `--shard=auto/${shards}`;
}

const MEMORY_MIB = 384;
const MEMORY_PER_WORKER_MIB = 128;
/** A phone at rest takes some 20 KiB; on its way it has sockets and files as well. */
const PHONES_PER_MIB = 16;

/** What a shard asks its machine for, in MiB. */
export function memoryMib({ phones, shards, workers }: ShardedFleet): number {
  const ofPhones = Math.ceil(Math.ceil(phones / shards) / PHONES_PER_MIB);
  return MEMORY_MIB + workers * MEMORY_PER_WORKER_MIB + ofPhones;
}

/** What is to be known before it is run: a comment each. */
export function manifestRemarks({ startAt, holdsPassword }: ShardedFleet): readonly string[] {
  return [
    ...(startAt === undefined
      ? []
      : [
          `All shards begin at ${startAt}; phones of a shard that comes later begin late, which is counted,`,
          'and makes the result invalid. Print it again with --start-at or --start-in for another time.',
        ]),
    ...(holdsPassword ? ['The password of the server stands in it: keep it to yourself.'] : []),
  ];
}

/** Lines as comments of YAML and of a shell; a line break in a title must not end one. */
export function comments(lines: readonly string[]): string {
  return lines.map((line) => `# ${line.replaceAll(/[\r\n]+/g, ' ')}`.trimEnd()).join('\n');
}
