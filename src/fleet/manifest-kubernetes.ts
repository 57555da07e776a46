import { counted } from '../report/result-words.ts';
import { yamlText } from '../scenario/yaml-text.ts';
import { comments, manifestRemarks, memoryMib, type ShardedFleet, shardFlag } from './manifest.ts';
import type { MountedFiles } from './mounted-files.ts';

/** Where and how shards run as pods. */
export interface PodOptions {
  readonly image: string;
  readonly namespace?: string;
  /** A claim of a volume that takes files from several pods; absent: results are lines of their logs. */
  readonly resultsClaim?: string;
  /** What the fleet reads; absent: nothing. */
  readonly files?: MountedFiles;
}

const FILES_AT = '/fleet';
const RESULTS_AT = '/results';

/**
 * An Indexed Job with a pod a shard, and a ConfigMap of the files it reads, for `kubectl apply`. Documented:
 * Kubernetes API, batch/v1 Job and v1 ConfigMap; each pod has JOB_COMPLETION_INDEX in its environment.
 */
export function kubernetesManifest(fleet: ShardedFleet, pods: PodOptions): string {
  const objects = [...(pods.files ? [configMap(fleet, pods, pods.files)] : []), job(fleet, pods)];
  return `${comments(remarks(fleet, pods))}\n${objects.map((object) => yamlText(object, 'literal')).join('---\n')}`;
}

function remarks(fleet: ShardedFleet, { namespace, resultsClaim, image }: PodOptions): readonly string[] {
  const { name, title, phones, shards } = fleet;
  const kubectl = namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
  const logs = `${kubectl} logs -l job-name=${name} --tail=-1 --max-log-requests=${shards}`;
  const collect =
    resultsClaim === undefined
      ? [`  ${logs} | deskphone merge - --report html=${name}.html`]
      : [
          `  deskphone merge ${name}/shard-*.json --report html=${name}.html`,
          '',
          `The last where the volume of the claim ${resultsClaim} is mounted.`,
        ];
  return [
    `${title}: ${counted(phones, 'phone')} in ${counted(shards, 'shard')}.`,
    '',
    `  ${kubectl} apply -f ${name}.yaml`,
    `  ${kubectl} wait --for=condition=complete --timeout=24h job/${name}`,
    ...collect,
    '',
    `${image} is an image with deskphone on its PATH. Apply no job of this name twice: delete the first.`,
    ...manifestRemarks(fleet),
  ];
}

function configMap(fleet: ShardedFleet, pods: PodOptions, { files }: MountedFiles) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(fleet, pods),
    data: Object.fromEntries(files.map(({ key, text }) => [key, text])),
  };
}

function job(fleet: ShardedFleet, pods: PodOptions) {
  const { name, shards } = fleet;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(fleet, pods),
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      // A shard that begins again would ask the server twice.
      backoffLimit: 0,
      template: {
        metadata: { labels: labels(name) },
        spec: {
          restartPolicy: 'Never',
          containers: [container(fleet, pods)],
          ...(hasVolumes(pods) && { volumes: volumes(name, pods) }),
        },
      },
    },
  };
}

function metadata({ name }: ShardedFleet, { namespace }: PodOptions) {
  return { name, ...(namespace !== undefined && { namespace }), labels: labels(name) };
}

function labels(name: string) {
  return { 'app.kubernetes.io/name': 'deskphone-emulator', 'app.kubernetes.io/instance': name };
}

/**
 * The verdict on a part is no failure of its pod: with a backoffLimit of 0 the first would end all others.
 * merge gives the verdict on the whole.
 */
const shellOfShard = 'deskphone "$@"; code=$?; case $code in 3|4) exit 0;; esac; exit $code';

function container(fleet: ShardedFleet, pods: PodOptions) {
  const { name, words, workers } = fleet;
  const memory = memoryMib(fleet);
  const result =
    pods.resultsClaim === undefined
      ? '--result-line'
      : `--report=json=${RESULTS_AT}/${name}/shard-$(JOB_COMPLETION_INDEX).json`;
  return {
    name: 'shard',
    image: pods.image,
    command: ['/bin/sh', '-c', shellOfShard, 'shard'],
    args: ['fleet', ...words.map(unexpanded), shardFlag(fleet), result],
    ...(pods.files && { workingDir: inFiles(pods.files.folder) }),
    resources: {
      requests: { cpu: String(workers), memory: `${memory}Mi` },
      limits: { memory: `${2 * memory}Mi` },
    },
    ...(hasVolumes(pods) && { volumeMounts: volumeMounts(pods) }),
  };
}

/** Documented: Kubernetes API, Container.args: `$(NAME)` is replaced, and `$$` stands for one `$`. */
function unexpanded(word: string): string {
  return word.replaceAll('$', '$$$$');
}

function inFiles(folder: string): string {
  return folder === '' ? FILES_AT : `${FILES_AT}/${folder}`;
}

function hasVolumes({ files, resultsClaim }: PodOptions): boolean {
  return files !== undefined || resultsClaim !== undefined;
}

function volumes(name: string, { files, resultsClaim }: PodOptions) {
  return [
    ...(files === undefined
      ? []
      : [
          {
            name: 'files',
            configMap: { name, items: files.files.map(({ key, path }) => ({ key, path })) },
          },
        ]),
    ...(resultsClaim === undefined
      ? []
      : [{ name: 'results', persistentVolumeClaim: { claimName: resultsClaim } }]),
  ];
}

function volumeMounts({ files, resultsClaim }: PodOptions) {
  return [
    ...(files === undefined ? [] : [{ name: 'files', mountPath: FILES_AT, readOnly: true }]),
    ...(resultsClaim === undefined ? [] : [{ name: 'results', mountPath: RESULTS_AT }]),
  ];
}
