import { InvalidArgumentError, Option } from 'commander';
import type { Call } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { shardCount } from './shard-choice.ts';

const clusters = ['kubernetes', 'slurm'] as const;

/** What a manifest can be told. */
export interface ManifestValues {
  readonly manifest?: (typeof clusters)[number];
  readonly shards?: number;
  readonly name?: string;
  readonly image?: string;
  readonly namespace?: string;
  readonly resultsClaim?: string;
}

/** What a job is called that is given no name. */
export const JOB_NAME = 'deskphone-fleet';
/** The image that is meant without another, in the version of this program. */
export const IMAGE = 'deskphone-emulator';

export function manifestOptions(): readonly Option[] {
  return [
    new Option('--manifest <CLUSTER>', 'run nothing: print what runs it as shards on a cluster').choices(
      clusters,
    ),
    new Option('--shards <N>', 'of a manifest: into how many parts').argParser(shardCount),
    new Option('--name <NAME>', 'of a manifest: what the job is called')
      .argParser(label)
      .default(undefined, JOB_NAME),
    new Option('--image <IMAGE>', 'of a Kubernetes manifest: an image with deskphone on its PATH').default(
      undefined,
      `${IMAGE}:VERSION`,
    ),
    new Option('--namespace <NAME>', 'of a Kubernetes manifest').argParser(label),
    new Option('--results-claim <NAME>', 'of a Kubernetes manifest: a claim of a volume for the results')
      .argParser(label)
      .default(undefined, 'none: each is the last line of its log'),
  ];
}

/** Those that only a manifest for Kubernetes takes. */
export const ofKubernetes = ['image', 'namespace', 'resultsClaim'] as const;

const ofManifests: ReadonlySet<string> = new Set(['shards', 'name', ...ofKubernetes]);

/** Flags of a manifest that are given without one, or of another than it is. Throws `UsageError`. */
export function refuseManifestOptions({
  values: { manifest },
  said,
}: Pick<Call<ManifestValues>, 'values' | 'said'>): void {
  for (const { name, flag, by } of said) {
    if (by === 'variable') continue;
    if (manifest === undefined && ofManifests.has(name)) {
      const more = name === 'shards' ? '; expected --shard i/N for one of them' : '';
      throw new UsageError(`${flag} goes with --manifest only${more}`);
    }
    if (manifest === 'slurm' && ofKubernetes.some((one) => one === name)) {
      throw new UsageError(`${flag} goes with --manifest kubernetes only`);
    }
  }
}

/** Documented: RFC 1123, section 2.1, as Kubernetes takes names of jobs; good for files and Slurm too. */
function label(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError('Expected small letters, digits and hyphens, 63 at most.');
}
