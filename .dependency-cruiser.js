/** The direction of imports: contract ← cluster ← diagnosis ← assistant ← apps, cluster ← storage ← apps; web imports contract (and chat) only; nobody imports an app. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ') || 'itself'} of this repository`,
  from: { path: `^${from}/` },
  to: { path: '^(packages|apps)/', pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}/`)] },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.test\\.ts$',
          '(^|/)(main|cli|index|vite\\.config|vitest\\.config)\\.',
          '^bootstrap/',
          '^bin/',
          '^e2e/',
          '^bench/(run|probe)\\.ts$',
          '^bench/live/(change-pods|client-node-informer)\\.',
          '/demo/',
        ],
      },
      to: {},
    },
    { name: 'not-to-test', severity: 'error', from: { pathNot: '\\.test\\.tsx?$' }, to: { path: '\\.test\\.tsx?$' } },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'nobody-imports-bench', severity: 'error', from: { pathNot: '^bench/' }, to: { path: '^bench/' } },
    only('bench-on-packages', 'bench', ['packages']),
    only('contract-is-the-ground', 'packages/contract', []),
    only('cluster-on-contract', 'packages/cluster', ['packages/contract']),
    only('alerts-on-contract', 'packages/alerts', ['packages/contract']),
    only('diagnosis-on-cluster', 'packages/diagnosis', ['packages/contract', 'packages/cluster']),
    only('storage-on-cluster', 'packages/storage', ['packages/contract', 'packages/cluster']),
    only('assistant-on-diagnosis', 'packages/assistant', ['packages/contract', 'packages/cluster', 'packages/diagnosis']),
    only('server', 'apps/server', ['packages']),
    only('cli', 'apps/cli', ['packages']),
    only('web-on-contract', 'apps/web', ['packages/contract', 'packages/chat']),
    {
      name: 'diagnosis-is-pure',
      severity: 'error',
      comment: 'diagnosis does no I/O',
      from: { path: '^packages/diagnosis/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'clusters-through-the-door',
      severity: 'error',
      comment: 'who answers people gets clusters from services.clusters.seenBy(call), where access policies are enforced',
      from: {
        path: '^apps/server/src/',
        pathNot: ['^apps/server/src/(clusters|policy|alerts|logins|metrics|testing)/', '^apps/server/src/open-services\\.ts$', '\\.test\\.ts$'],
      },
      to: { path: '^apps/server/src/(clusters/cluster-(registry|runtime|connection)|metrics/metrics-of)\\.ts$' },
    },
    {
      name: 'undici-and-ws-in-transport',
      severity: 'error',
      from: { pathNot: ['^packages/cluster/src/transport/', '^apps/server/src/live/', '\\.test\\.ts$', '^e2e/'] },
      to: { path: 'node_modules/(undici|ws)/' },
    },
    {
      name: 'databases-in-storage',
      severity: 'error',
      from: { pathNot: '^packages/storage/' },
      to: { path: 'node_modules/(kysely|better-sqlite3|pg|redis|rate-limiter-flexible)/' },
    },
    {
      name: 'model-sdks-in-providers',
      severity: 'error',
      from: { pathNot: '^packages/assistant/src/providers/' },
      to: { path: 'node_modules/(ai|@ai-sdk|ai-sdk-ollama|node-llama-cpp)/' },
    },
    {
      name: 'contract-zod-only',
      severity: 'error',
      from: { path: '^packages/contract/src', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules', pathNot: 'node_modules/(zod|kubernetes-types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|testdata|node_modules/\\.)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensions: ['.ts', '.tsx', '.js', '.d.ts'] },
  },
};
