import { defineConfig } from 'vitest/config';

const TIMED = 'test/calibrate/mutations.test.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'suite', include: ['test/**/*.test.ts'], exclude: [TIMED] } },
      // Alone on the machine: other tests would be noise, and a noisy machine cannot be calibrated.
      {
        extends: true,
        test: {
          name: 'calibrate',
          include: [TIMED],
          sequence: { groupOrder: 1 },
          maxConcurrency: 3,
          retry: 1,
        },
      },
    ],
  },
});
