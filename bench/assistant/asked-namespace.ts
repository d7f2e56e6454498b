import type { AskedCluster } from '@quarterdeck/assistant';
import { RecordedCluster } from '@quarterdeck/cluster';
import { builtInKinds, type KubeObject, pluralOf } from '@quarterdeck/contract';
import { diagnoseObjects, planFor, toIssueDetail } from '@quarterdeck/diagnosis';
import { breakWorkloads } from '../diagnose/break-workloads.ts';
import { calmEvidence } from '../diagnose/follow.ts';
import { playedCluster, playedNow } from '../diagnose/played-cluster.ts';

/** One namespace of so many pods with some of its workloads broken, diagnosed already, as a person asks it. */
export async function askedNamespace(pods: number, broken: number, signal: AbortSignal): Promise<AskedCluster> {
  const size = { pods, namespaces: 1, nodes: Math.max(3, Math.ceil(pods / 40)) };
  const objects = breakWorkloads(playedCluster(size, pods * 5), broken);
  const { incidents, coverage, view } = await diagnoseObjects(objects, { now: playedNow, evidence: calmEvidence, signal });
  const checked = {
    issues: incidents.map((incident) => toIssueDetail(incident, view)),
    coverage,
    view,
    plan: ({ issueId, userContext, horizon }: { issueId: string; userContext: string; horizon: 'short' | 'long' }) => {
      const incident = incidents.find(({ id }) => id === issueId);
      return incident === undefined ? null : planFor(incident, view, { userContext, horizon });
    },
  };
  const access = accessTo(objects);
  return { id: access.id, access, namespace: null, checked: () => Promise.resolve(checked) };
}

function accessTo(objects: KubeObject[]): RecordedCluster {
  const verbs = ['get', 'list', 'watch'];
  const kinds = Object.entries(builtInKinds).map(([kind, { apiVersion, namespaced }]) => ({
    apiVersion,
    kind,
    namespaced,
    verbs,
    plural: pluralOf(kind),
    shortNames: [],
    group: 'workloads' as const,
  }));
  return new RecordedCluster('bench', {
    meta: {
      cluster: 'bench',
      server: 'https://bench.example',
      version: { gitVersion: 'v1.35.0', major: 1, minor: 35 },
      takenAt: new Date(playedNow).toISOString(),
      namespaces: null,
    },
    kinds,
    objects,
    coverage: {},
    evidence: {},
    logs: objects
      .filter(({ kind }) => kind === 'Pod')
      .flatMap(({ metadata }) =>
        ['app', 'proxy'].flatMap((container) =>
          [false, true].map((previous) => ({ namespace: metadata.namespace ?? '', pod: metadata.name, container, previous, lines: logLines })),
        ),
      ),
  });
}

/** As a program writes them: requests, a password by mistake, and a stack trace at the end. */
const logLines = [
  ...Array.from(
    { length: 180 },
    (_, line) =>
      `2026-05-04T11:57:${String(line % 60).padStart(2, '0')}Z INFO GET /api/orders/${line * 7919}?page=${line} 200 12ms trace=4bf92f3577b34da6a3ce929d0e0e${1000 + line}`,
  ),
  '2026-05-04T11:58:00Z DEBUG connecting with DB_PASSWORD=orange7-Tree!4 to db',
  '2026-05-04T11:58:01Z ERROR java.lang.IllegalStateException: no pool',
  ...Array.from({ length: 18 }, (_, frame) => `    at com.example.orders.Layer${frame}.call(Layer${frame}.java:${frame * 3})`),
];
