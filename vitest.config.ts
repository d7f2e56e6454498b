import { defineConfig } from 'vitest/config';

const source = ['packages/*/src', 'apps/*/src', 'bootstrap', 'bench', 'e2e'];
const files = (suffix: string) => source.map((folder) => `${folder}/**/*${suffix}`);

/**
 * On a machine that everything depends on, what needs a cluster or a browser gets a second try: both have bad moments
 * that no test can tell from a defect. The end of the run names whoever needed it.
 */
const retry = process.env.CI ? 1 : 0;

/**
 * The rings that share one cluster: two files at a time, as they wait for it most of their time. What changes the
 * cluster for all (a node that is cordoned) says so in its name, `*.exclusive.*`, and runs alone, after the others.
 */
function onCluster(ring: 'integration' | 'e2e', timeouts: { testTimeout: number; hookTimeout: number }, order: number) {
  const exclusive = files(`.exclusive.${ring}.test.ts`);
  const common = { ...timeouts, retry };
  return [
    {
      test: {
        ...common,
        name: ring,
        include: files(`.${ring}.test.ts`),
        exclude: ['**/node_modules/**', ...exclusive],
        maxWorkers: 2,
        sequence: { groupOrder: order },
      },
    },
    { test: { ...common, name: `${ring}-exclusive`, include: exclusive, fileParallelism: false, sequence: { groupOrder: order + 1 } } },
  ];
}

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
      ...onCluster('integration', { testTimeout: 120_000, hookTimeout: 180_000 }, 1),
      ...onCluster('e2e', { testTimeout: 180_000, hookTimeout: 180_000 }, 3),
    ],
  },
});
