import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two processes at a time: the tests start real servers and time real transfers.
    maxWorkers: 2,
  },
});
