import { defineConfig } from 'vitest/config';

/** Files that put something in the place of a module: alone in their process, so that nobody else gets it. */
const replacingModules = ['test/flash/crash-points.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two processes at a time: the tests start real servers and time real transfers.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: replacingModules,
          // Our modules keep no state between calls, so that files can share them: loading them anew for each
          // of hundreds of files would take a quarter of all time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: replacingModules } },
    ],
  },
});
