// The law of the house, as tables. A new arrow or a new home is a change of design: it gets its own commit
// and a reason.

interface Room {
  /** Imports go to lower floors only. */
  readonly floor: number;
  /** Besides itself. `import type` counts. */
  readonly mayImport: readonly string[];
}

const belowScenario = [
  'clock',
  'provisioning',
  'workers',
  'events',
  'device',
  'display',
  'report',
  'flash',
  'transport',
  'network',
  'phone',
  'server',
];
const belowDoors = [...belowScenario, 'lint', 'statechart', 'scenario', 'fleet', 'recording'];

export const rooms: Readonly<Record<string, Room>> = {
  clock: { floor: 0, mayImport: [] },
  provisioning: { floor: 0, mayImport: [] },
  workers: { floor: 0, mayImport: [] },
  events: { floor: 1, mayImport: ['provisioning'] },
  device: { floor: 2, mayImport: ['provisioning', 'events'] },
  display: { floor: 2, mayImport: ['provisioning', 'events'] },
  report: { floor: 3, mayImport: ['clock', 'provisioning', 'events', 'display'] },
  flash: { floor: 3, mayImport: ['provisioning', 'events', 'device'] },
  transport: { floor: 3, mayImport: ['clock', 'provisioning', 'events'] },
  network: { floor: 3, mayImport: ['clock', 'provisioning', 'events'] },
  phone: { floor: 4, mayImport: ['clock', 'provisioning', 'events', 'device', 'transport'] },
  server: { floor: 4, mayImport: ['clock', 'provisioning', 'events', 'transport'] },
  lint: { floor: 5, mayImport: ['provisioning', 'events', 'device', 'transport', 'server'] },
  statechart: { floor: 5, mayImport: ['events', 'phone'] },
  scenario: { floor: 6, mayImport: [...belowScenario, 'statechart'] },
  fleet: { floor: 7, mayImport: [...belowScenario, 'scenario'] },
  recording: { floor: 8, mayImport: ['clock', 'provisioning', 'events', 'transport', 'scenario', 'fleet'] },
  panel: {
    floor: 8,
    mayImport: [
      'clock',
      'provisioning',
      'events',
      'device',
      'display',
      'report',
      'phone',
      'server',
      'statechart',
      'scenario',
      'fleet',
    ],
  },
  cli: { floor: 9, mayImport: [...belowDoors, 'panel'] },
  'index.ts': { floor: 9, mayImport: belowDoors },
  'vitest.ts': { floor: 9, mayImport: belowDoors },
};

/** Arrows of a single file. */
export const arrowsOfFiles: Readonly<Record<string, readonly string[]>> = {
  'src/phone/handset.ts': ['display'],
};

/**
 * Where a package may be imported: files with `*`, or folders with `/` at the end. One that is not here has
 * no home.
 */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  xstate: ['src/phone/'],
  undici: ['src/transport/http*.ts'],
  'basic-ftp': ['src/transport/ftp*.ts'],
  'node-forge': ['src/device/'],
  pkijs: ['src/device/'],
  'hdr-histogram-js': ['src/report/'],
  'junit-report-builder': ['src/report/'],
  yaml: ['src/scenario/', 'src/flash/'],
  zod: ['src/*/*.schema.ts', 'src/report/fleet/*.schema.ts'],
  'prom-client': ['src/fleet/'],
  '@viz-js/viz': ['src/statechart/'],
  commander: ['src/cli/'],
  vitest: ['src/vitest.ts'],
};

/** Packages whose types may go anywhere: `z.infer` stands where the type is told, and is gone when built. */
export const packagesOfTypes = ['zod'];

/** Node's own modules that have a home; the others may be imported anywhere. */
export const builtinHomes: Readonly<Record<string, readonly string[]>> = {
  'node:dgram': ['src/transport/tftp*.ts', 'src/network/', 'src/server/'],
  'node:fs': [
    'src/flash/',
    'src/report/assets.ts',
    'src/server/file-store.ts',
    'src/lint/',
    'src/scenario/',
    'src/fleet/',
    'src/recording/',
    'src/panel/',
    'src/cli/',
  ],
  'node:worker_threads': ['src/workers/'],
  'node:timers': ['src/clock/'],
  'node:perf_hooks': ['src/clock/'],
};

/** What starts by itself: everything in src/ is reached from here. */
export const entries = ['src/cli/main.ts', 'src/index.ts', 'src/vitest.ts'];

/** The door for others; the only file that passes on what it imports. */
export const doors = ['src/index.ts', 'src/vitest.ts'];

/** Folders of test/ that mirror no room: what they are about is outside src/. */
export const testsOfNoRoom = [
  'tidy',
  'peers',
  'fixtures',
  'scenarios',
  'docs',
  'contract',
  'scripts',
  'bench',
];

/**
 * The one file that may leave tests out: foreign servers that a machine lacks. REQUIRE_PEERS=1 makes that a
 * failure.
 */
export const mayLeaveTestsOut = ['test/peers/available.ts'];

export const FILE_LINES_MAX = 300;
export const COMMENT_COLUMNS_MAX = 110;

/** Names that say nothing. */
export const emptyNames = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service', 'services'];
