import { Job } from 'kubernetes-models/batch/v1';
import { ConfigMap } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ShardedFleet } from '../../src/fleet/manifest.ts';
import { kubernetesManifest, type PodOptions } from '../../src/fleet/manifest-kubernetes.ts';
import { awkwardWords, shardedFleet } from './manifest.ts';

const files = {
  folder: 'runs',
  files: [
    { key: '0-storm.yaml', path: 'fleets/storm.yaml', text: 'version: 1\ntitle: "a\tb" \n\n# end' },
    { key: '1-phones.csv', path: 'phones.csv', text: 'mac\r\n001B4FA00000\r\n' },
  ],
};

const manifests: [title: string, fleet: Partial<ShardedFleet>, pods: Partial<PodOptions>][] = [
  ['of a server', {}, {}],
  [
    'with a claim, a namespace and a start',
    { startAt: '2030-01-01T00:00:00.000Z' },
    {
      namespace: 'load',
      resultsClaim: 'results',
    },
  ],
  ['with files', { words: awkwardWords }, { files }],
  ['with files and a claim', {}, { files, resultsClaim: 'results' }],
];

test.for(manifests)('Kubernetes takes the job %s', ([, fleet, pods]) => {
  for (const { model, data } of modelsOf(fleet, pods)) {
    Object.assign(model, data);
    expect(() => model.validate()).not.toThrow();
  }
});

test.for(manifests)('every key is one that Kubernetes knows: %s', ([, fleet, pods]) => {
  for (const { model, data } of modelsOf(fleet, pods)) expect(unknownKeys(model, data)).toEqual([]);
});

test('a key that Kubernetes does not know would be found', () => {
  const spec = {
    template: { spec: { containers: [{ name: 'a', imagee: 'b' }] } },
    completionmode: 'Indexed',
  };
  const data = { apiVersion: 'batch/v1', kind: 'Job', metadata: { labels: { any: 'x' } }, spec };
  expect(unknownKeys(new Job(), data)).toEqual([
    'spec.template.spec.containers.0.imagee',
    'spec.completionmode',
  ]);
});

test('a pod a shard, all at once, none of them twice', () => {
  const { job } = objectsOf({}, {});
  expect(job).toMatchObject({
    metadata: { name: 'storm' },
    spec: {
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 4,
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              args: ['fleet', 'http://files.example/', '--count=2000', '--shard=auto/4', '--result-line'],
              resources: { requests: { cpu: '2', memory: '672Mi' }, limits: { memory: '1344Mi' } },
            },
          ],
        },
      },
    },
  });
});

test('words reach the pod as they were given, once Kubernetes has read them', () => {
  const { args } = containerOf(objectsOf({ words: awkwardWords }, {}).job);
  expect(args.slice(1, -2).map((word) => word.replaceAll('$$', '$'))).toEqual(awkwardWords);
  expect(args.slice(1, -2).join().replaceAll('$$', '')).not.toContain('$');
});

test('files come to the pod as they are, at their places', () => {
  const { job, configMap } = objectsOf({}, { files });
  expect(configMap).toMatchObject({
    data: Object.fromEntries(files.files.map(({ key, text }) => [key, text])),
  });
  expect(containerOf(job)).toMatchObject({
    workingDir: '/fleet/runs',
    volumeMounts: [{ name: 'files', mountPath: '/fleet', readOnly: true }],
  });
});

test('with a claim each result is a file there', () => {
  const container = containerOf(objectsOf({}, { resultsClaim: 'results' }).job);
  expect(container.args.at(-1)).toBe('--report=json=/results/storm/shard-$(JOB_COMPLETION_INDEX).json');
  expect(container).toMatchObject({ volumeMounts: [{ name: 'results', mountPath: '/results' }] });
});

test('what to do with it stands on top, where no title can end the comment', () => {
  const fleet = { title: 'two\nlines', holdsPassword: true };
  const text = kubernetesManifest(shardedFleet(fleet), { image: 'phones:1', namespace: 'load' });
  expect(text.split('\napiVersion')[0]?.split('\n')).toEqual([
    '# two lines: 2000 phones in 4 shards.',
    '#',
    '#   kubectl -n load apply -f storm.yaml',
    '#   kubectl -n load wait --for=condition=complete --timeout=24h job/storm',
    '#   kubectl -n load logs -l job-name=storm --tail=-1 --max-log-requests=4 | deskphone merge - --report html=storm.html',
    '#',
    '# phones:1 is an image with deskphone on its PATH. Apply no job of this name twice: delete the first.',
    '# The password of the server stands in it: keep it to yourself.',
  ]);
});

function modelsOf(fleet: Partial<ShardedFleet>, pods: Partial<PodOptions>) {
  const { job, configMap } = objectsOf(fleet, pods);
  return [
    { model: new Job(), data: job },
    ...(configMap === undefined ? [] : [{ model: new ConfigMap(), data: configMap }]),
  ];
}

function objectsOf(fleet: Partial<ShardedFleet>, pods: Partial<PodOptions>) {
  const text = kubernetesManifest(shardedFleet(fleet), { image: 'phones:1', ...pods });
  // As the readers of YAML 1.1 that Kubernetes has.
  const objects = parseAllDocuments(text, { version: '1.1' }).map((document) => {
    expect(document.errors).toEqual([]);
    const object: object = document.toJS();
    return object;
  });
  const job = objects.at(-1);
  if (job === undefined) throw new Error('There is no job');
  return { job, configMap: objects.length > 1 ? objects[0] : undefined };
}

interface Container {
  readonly args: readonly string[];
}

function containerOf(job: object): Container {
  const { spec } = job as { spec: { template: { spec: { containers: readonly Container[] } } } };
  const [container] = spec.template.spec.containers;
  if (container === undefined) throw new Error('There is no container');
  return container;
}

/** The package lets pass what it does not know; but a key that its schema has not, it never reads. */
function unknownKeys(model: { validate(): void }, data: object): readonly string[] {
  const read = new Set<string>();
  Object.assign(model, data);
  watched(model, '', read).validate();
  return keysIn(data, '').filter((key) => !read.has(key));
}

function watched<T extends object>(value: T, path: string, read: Set<string>): T {
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return found;
      read.add(path + key);
      return typeof found === 'object' && found !== null ? watched(found, `${path}${key}.`, read) : found;
    },
  });
}

function keysIn(value: object, path: string): readonly string[] {
  return Object.entries(value).flatMap(([key, below]) => [
    path + key,
    ...(typeof below === 'object' && below !== null ? keysIn(below, `${path}${key}.`) : []),
  ]);
}
