/** Vitest's configuration, apart from Vite's root (the dashboard). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
});
