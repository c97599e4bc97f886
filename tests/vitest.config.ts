/** Vitest's configuration, apart from Vite's root (the dashboard): small tests side by side, then the journeys one by one. */
import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 20_000, hookTimeout: 60_000, teardownTimeout: 20_000, globalSetup: ['support/run.ts'] };

export default defineConfig({
  root: import.meta.dirname,
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['journeys/**', '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // journeys listen to real sound: a second one beside them would make both late
        test: {
          ...shared,
          name: 'journeys',
          include: ['journeys/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
