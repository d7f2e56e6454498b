import type { ChainNode, Evidence, IssueDetail, ObjectRef, Plan, Row } from '@quarterdeck/contract';

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
