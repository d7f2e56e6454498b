import { defineConfig } from 'vitest/config';

const source = ['packages/*/src', 'apps/*/src', 'bootstrap', 'bench', 'e2e'];
const files = (suffix: string) => source.map((folder) => `${folder}/**/*${suffix}`);

/**
 * On a machine that everything depends on, what needs a cluster or a browser gets a second try: both have bad moments
 * that no test can tell from a defect. The end of the run names whoever needed it.
 */
const retry = process.env.CI ? 1 : 0;

/** Three rings: unit (no I/O), integration (the real sandbox), end to end (a real browser on the running workbench). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: files('.test.{ts,tsx}'),
          exclude: ['**/node_modules/**', ...files('.{integration,e2e}.test.ts')],
          environment: 'node',
          // Nothing mocks modules and nothing outlives its test: a module is read once for all files of a worker.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'integration', include: files('.integration.test.ts'), testTimeout: 120_000, hookTimeout: 180_000, retry, fileParallelism: false },
      },
      {
        test: { name: 'e2e', include: files('.e2e.test.ts'), testTimeout: 180_000, hookTimeout: 180_000, retry, fileParallelism: false },
      },
    ],
  },
});
