import type { Action, ActionStep, ChainNode, Evidence, IssueDetail, ObjectRef, Plan, Row } from '@quarterdeck/contract';

/** What tests build on; every sample can be changed field by field. */
export function ref(kind: string, name: string, namespace: string | null = 'shop', apiVersion = 'v1'): ObjectRef {
  return { apiVersion, kind, namespace, name };
}

export function chainNode(kind: string, name: string, change: Partial<ChainNode> = {}): ChainNode {
  return { object: ref(kind, name), exists: true, state: 'pending', stateText: 'Pending', relation: null, relationDetail: null, ...change };
}

export function evidence(text: string, change: Partial<Evidence> = {}): Evidence {
  const object = ref('PersistentVolumeClaim', 'redis-data');
  return { source: 'event', object, text, path: null, value: null, container: null, at: null, count: null, decisive: false, ...change };
}

export function issue(change: Partial<IssueDetail> = {}): IssueDetail {
  return {
    id: 'i1',
    title: 'StorageClass premium-rwo does not exist',
    severity: 'critical',
    kind: 'PersistentVolumeClaim',
    namespace: 'shop',
    name: 'redis-data',
    detectedAt: '2026-01-01T12:00:00Z',
    cause: ref('PersistentVolumeClaim', 'redis-data'),
    explanation: 'PVC redis-data asks for StorageClass premium-rwo, which does not exist.',
    mechanism: 'storage-class-missing',
    confidence: 'certain',
    evidence: [],
    affected: [ref('Deployment', 'redis', 'shop', 'apps/v1')],
    chains: [],
    findings: [],
    changes: [],
    timeline: [],
    history: [],
    notSeen: [],
    dismissed: null,
    ...change,
  };
}

export function plan(steps: Plan['quickFix']['steps'] = []): Plan {
  return {
    quickFix: {
      summary: 'Recreate the claim with class standard.',
      assumptions: ['The claim holds no data.'],
      steps,
      fallback: 'Create the class premium-rwo.',
    },
    rootCauseHypotheses: [],
    evidenceToGather: [],
    recommendations: [],
  };
}

export function row(uid: string, cells: Row['cells'] = []): Row {
  return { uid, object: ref('Pod', uid), cells, state: 'healthy' };
}

export function actionStep(change: Partial<ActionStep> = {}): ActionStep {
  const target = ref('Deployment', 'api', 'shop', 'apps/v1');
  return {
    stepId: 's1',
    description: 'Give api three replicas',
    change: { verb: 'scale', target, replicas: 3 },
    kubectl: 'kubectl -n shop scale deployment api --replicas=3',
    until: [],
    timeoutSeconds: 180,
    preview: null,
    refused: null,
    run: { state: 'waiting', act: null, startedAt: null, endedAt: null, error: null, diff: null, validation: [], undo: null },
    ...change,
  };
}

export function action(change: Partial<Action> = {}): Action {
  return {
    id: 'a1',
    cluster: 'prod',
    title: 'Fix: api has too few replicas',
    issue: 'i1',
    state: 'previewed',
    reason: null,
    proposedBy: { id: 'ada@example.com', kind: 'person' },
    createdAt: '2026-01-01T12:00:00Z',
    expiresAt: '2026-01-01T12:10:00Z',
    hash: 'sha256:6d1f0000000000',
    steps: [actionStep()],
    leftOut: [],
    obstacles: [],
    validation: [],
    approval: null,
    startedAt: null,
    endedAt: null,
    undoes: null,
    undoneBy: null,
    ...change,
  };
}
