import { type ClusterAccess, collectSnapshot, RecordedCluster, type Transport } from '@quarterdeck/cluster';
import { builtInKinds, groupOf, type KubeObject, pluralOf, type ResourceKind, shortNames } from '@quarterdeck/contract';
import { diagnose, diagnosisKinds } from '@quarterdeck/diagnosis';
import { fromYaml, testNow } from '@quarterdeck/diagnosis/testing';
import type { AskedCluster, CheckedCluster } from '../kubernetes/asked-cluster.ts';
import { checkedCluster } from '../kubernetes/checked-cluster.ts';

export interface TestClusterOptions {
  /** By `pod/container`, or `pod/container (previous)`: lines, the oldest first, with a timestamp in front. All in the namespace `shop`. */
  logs?: Record<string, readonly string[]>;
  /** Where there is one, the cluster is live: what is sent to it goes here. */
  api?: Transport;
  namespace?: string;
}

/** A cluster of test objects (YAML as `fromYaml` takes it, or objects) as one person may ask it. The moment is `testNow`. */
export function testCluster(content: string | readonly KubeObject[], options: TestClusterOptions = {}): AskedCluster {
  const objects = typeof content === 'string' ? fromYaml(content) : [...content];
  const access = accessTo(objects, options);
  let checking: Promise<CheckedCluster> | null = null;
  return {
    id: access.id,
    access,
    namespace: options.namespace ?? 'shop',
    checked(signal) {
      checking ??= check(access, signal);
      return checking;
    },
  };
}

function accessTo(objects: KubeObject[], { logs = {}, api }: TestClusterOptions): ClusterAccess {
  const kinds = [...builtIns(), ...customKinds(objects)];
  const recorded = new RecordedCluster('test', {
    meta: {
      cluster: 'test',
      server: 'https://test.example',
      version: { gitVersion: 'v1.35.0', major: 1, minor: 35 },
      takenAt: new Date(testNow).toISOString(),
      namespaces: null,
    },
    kinds,
    objects: objects.map((object) => ({ ...object, metadata: { resourceVersion: '1', ...object.metadata } })),
    coverage: Object.fromEntries(kinds.flatMap(coverageKeys).map((key) => [key, read])),
    evidence: {},
    logs: Object.entries(logs).map(([place, lines]) => recordedLog(place, lines)),
  });
  return api === undefined ? recorded : live(recorded, api);
}

const read = { state: 'read', reason: null } as const;

function coverageKeys({ kind, apiVersion }: ResourceKind): string[] {
  return [kind, `${kind}.${groupOf(apiVersion)}`];
}

function recordedLog(place: string, lines: readonly string[]) {
  const [path = '', previous] = place.split(' ');
  const [pod = '', container = ''] = path.split('/');
  return { namespace: 'shop', pod, container, previous: previous !== undefined, lines: [...lines] };
}

/** The recording's objects, and an API that takes what is sent. */
function live(recorded: RecordedCluster, api: Transport): ClusterAccess {
  return {
    id: recorded.id,
    server: recorded.server,
    recordedAt: null,
    namespaces: null,
    evidence: recorded.evidence,
    api,
    version: (signal) => recorded.version(signal),
    kinds: (signal) => recorded.kinds(signal),
    list: (kind, options) => recorded.list(kind, options),
    watch: (kind, options) => recorded.watch(kind, options),
    get: (kind, namespace, name, signal) => recorded.get(kind, namespace, name, signal),
    log: (request) => recorded.log(request),
    close: () => recorded.close(),
  };
}

async function check(access: ClusterAccess, signal: AbortSignal): Promise<CheckedCluster> {
  const snapshot = { ...(await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal })), takenAt: testNow };
  return checkedCluster(await diagnose({ snapshot, evidence: access.evidence, signal }));
}

const verbs = ['get', 'list', 'watch', 'patch', 'update', 'delete'];

function builtIns(): ResourceKind[] {
  return Object.entries(builtInKinds).map(([kind, { apiVersion, namespaced }]) => ({
    ...{ apiVersion, kind, namespaced, verbs, plural: pluralOf(kind), shortNames: [...(shortNames[kind] ?? [])] },
    group: 'workloads',
  }));
}

function customKinds(objects: readonly KubeObject[]): ResourceKind[] {
  const custom = objects.filter(({ kind }) => !Object.hasOwn(builtInKinds, kind));
  return [...new Map(custom.map((object) => [`${object.apiVersion}/${object.kind}`, object])).values()].map(({ apiVersion, kind, metadata }) => ({
    ...{ apiVersion, kind, verbs, plural: pluralOf(kind), namespaced: metadata.namespace !== undefined, shortNames: [] },
    group: 'custom',
  }));
}
