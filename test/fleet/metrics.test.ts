import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { metrics, metricsText } from '../../src/fleet/metrics.ts';
import { serveMetrics } from '../../src/fleet/metrics-server.ts';
import { runFleet } from '../../src/fleet/run-fleet.ts';
import type { FleetProgress } from '../../src/fleet/workers-as-one.ts';
import { pathOf } from '../docs/markdown.ts';
import { readExposition, type Series } from './exposition.ts';
import { planOf } from './fleet-files.ts';

const FLEET = `version: 1
title: Phones that are watched
time: { mode: virtual }
server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE FORCED
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL HTTP
      [LANGUAGE]
      DOWNLOAD_MODE FORCED
      VERSION 000001
      FILENAME German.lng
      PROTOCOL FTP
    d.cfg: "AUTO_UPDATE YES\\nAUTO_UPDATE_TIME 3600\\n"
fleet: { count: 12, protocols: [tftp, ftp, http], arrivals: { ramp: 60s }, duration: 2d }
`;

async function server() {
  const served = await serveMetrics({ address: '127.0.0.1', port: 0 });
  onTestFinished(() => served.close());
  const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${served.port}${path}`, init);
  return { ...served, get };
}

/** Runs the fleet to its end; how far it was, each time it said so. */
async function ran(plan: FleetPlan, onProgress: (progress: FleetProgress) => void = () => {}) {
  const fleet = runFleet({
    plan,
    shard: { index: 0, of: 1 },
    workers: 1,
    trace: [],
    clock: new SystemClock(),
    onProgress,
    onFact: () => {},
  });
  return fleet.done;
}

const seconds = (us: number) => us / 1e6;

function valuesOf(series: readonly Series[], name: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    series
      .filter((one) => one.name === name)
      .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );
}

test('what is scraped at the end adds up to the result', async () => {
  const { tell, get } = await server();
  const { figures, health } = await ran(planOf(FLEET), tell);
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const series = readExposition(await response.text());
  const of = (name: string) => valuesOf(series, `deskphone_fleet_${name}`);
  const files = Object.entries(figures.files).flatMap(([protocol, kinds]) =>
    Object.entries(kinds).map(([kind, file]) => ({ key: `${protocol} ${kind}`, file })),
  );
  const jobs = Object.entries(figures.jobs).flatMap(([protocol, kinds]) =>
    Object.entries(kinds).map(([kind, job]) => ({ key: `${protocol} ${kind}`, job })),
  );
  const byFile = (value: (file: (typeof files)[number]['file']) => number) =>
    Object.fromEntries(files.map(({ key, file }) => [key, value(file)]));
  const byJob = (value: (job: (typeof jobs)[number]['job']) => number) =>
    Object.fromEntries(jobs.map(({ key, job }) => [key, value(job)]));
  expect([files.length, jobs.length]).toEqual([5, 6]);
  expect(of('requests_total')).toEqual(
    byFile((file) => file.asked + file.repeatedRequests + file.challenged),
  );
  expect(of('bytes_total')).toEqual(byFile(({ bytes }) => bytes));
  expect(of('files_total')).toEqual(
    Object.fromEntries(
      files.flatMap(({ key, file: { received, left, failed } }) => [
        [`${key} received`, received],
        [`${key} left`, left],
        [`${key} failed`, failed],
      ]),
    ),
  );
  const missing = figures.files.ftp?.LANGUAGE?.failed;
  expect(missing).toBeGreaterThan(0);
  expect(of('failures_total')).toEqual({ 'ftp LANGUAGE NOT_FOUND server': missing });
  expect(of('jobs_due_total')).toEqual(byJob(({ due }) => due));
  expect(of('jobs_done_total')).toEqual(byJob(({ done }) => done));
  expect(of('jobs_failed_total')).toEqual(byJob(({ failed }) => failed));
  expect(of('job_seconds_count')).toEqual(byJob(({ latency }) => latency.count));
  expect(of('job_seconds_sum')).toEqual(byJob(({ latency }) => seconds(latency.sumUs)));
  expect(of('file_seconds_sum')).toEqual(byFile(({ service }) => seconds(service.sumUs)));
  expect(of('sessions')).toEqual({ tftp: 0, ftp: 0, http: 0 });
  expect([of('phones_left'), of('phones')['waiting'], of('starts_total')]).toEqual([
    { '': 12 },
    0,
    { 0: health.workers[0]?.starts.count },
  ]);
  expect(Object.values(of('phones')).reduce((sum, count) => sum + count, 0)).toBe(12);
});

test('workers add up, and tell of themselves one by one', async () => {
  const told: FleetProgress[] = [];
  await ran(planOf(FLEET), (progress) => told.push(progress));
  const [worker] = told.at(-1)?.workers ?? [];
  if (worker === undefined) throw new Error('a fleet that said nothing');
  const [one, two] = await Promise.all(
    [[worker], [worker, worker]].map(async (workers) => readExposition((await metricsText(workers)).text)),
  );
  for (const { name, labels, value } of one ?? []) {
    const [same] = (two ?? []).filter(
      (other) => other.name === name && JSON.stringify(other.labels) === JSON.stringify(labels),
    );
    const isTheirOwn = 'worker' in labels || name === 'deskphone_fleet_run_seconds';
    expect(same?.value).toBe(isTheirOwn ? value : 2 * value);
  }
  expect(valuesOf(two ?? [], 'deskphone_fleet_starts_total')).toEqual({ 0: 12, 1: 12 });
});

test('before the fleet says anything there are names only, and nothing of a phone in any label', async () => {
  const { text } = await metricsText([]);
  expect(readExposition(text)).toEqual([]);
  expect(text.match(/^# TYPE /gm)).toHaveLength(metrics.length);
  const labels = metrics.flatMap((metric) => metric.labels);
  expect([...new Set(labels)].sort()).toEqual([
    'code',
    'job',
    'outcome',
    'percentile',
    'protocol',
    'section',
    'side',
    'state',
    'worker',
  ]);
});

test.for([
  ['another path', '/', 'GET', 404, 'no such page; metrics are at /metrics\n'],
  ['a path that begins alike', '/metrics/x', 'GET', 404, 'no such page; metrics are at /metrics\n'],
  ['another method', '/metrics', 'POST', 405, 'POST is not for metrics; expected GET\n'],
  ['only the head', '/metrics?x=1', 'HEAD', 200, ''],
] as const)('%s is answered as it should', async ([, path, method, status, body]) => {
  const { get } = await server();
  const response = await get(path, { method });
  expect([response.status, await response.text()]).toEqual([status, body]);
});

test('a server that is closed is gone, whoever was connected', async () => {
  const served = await serveMetrics({ address: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${served.port}/metrics`;
  expect((await fetch(url)).status).toBe(200);
  await served.close();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

interface Dashboard {
  readonly schemaVersion: number;
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly datasource: { readonly uid: string };
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string; readonly refId: string }[];
  }[];
}

const dashboard: Dashboard = JSON.parse(readFileSync(pathOf('docs/grafana/deskphone-fleet.json'), 'utf8'));
const queries = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);

/** Names of series as they are exported, and the labels each has beside those of the scrape. */
const exported = new Map(
  metrics.flatMap(({ name, type, labels }) =>
    type === 'histogram'
      ? ['_bucket', '_sum', '_count'].map((end) => [`${name}${end}`, [...labels, 'le']] as const)
      : [[name, labels] as const],
  ),
);

test.for(queries)('dashboard, %s: asks for what is exported only: %s', ([, expr]) => {
  const named = expr.match(/deskphone_\w+/g) ?? [];
  expect(named.filter((name) => !exported.has(name))).toEqual([]);
  expect(named).not.toEqual([]);
  const known = [...named.flatMap((name) => exported.get(name) ?? []), 'instance'];
  const used = [
    ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
    ...[...expr.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label),
  ];
  expect(used.filter((label) => !known.includes(label))).toEqual([]);
});

test('the dashboard shows every metric, of a data source that its user chooses', () => {
  const shown = queries.map(([, expr]) => expr).join('\n');
  expect(metrics.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual([]);
  expect(dashboard).toMatchObject({ schemaVersion: 39, uid: 'deskphone-fleet' });
  expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
    ['datasource', 'datasource'],
    ['instance', 'query'],
  ]);
  // Grafana's grid is 24 wide.
  const odd = dashboard.panels.filter(
    ({ datasource, gridPos: { x, w }, type }) =>
      datasource.uid !== `\${datasource}` || x + w > 24 || !['stat', 'timeseries'].includes(type),
  );
  expect(odd).toEqual([]);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});
