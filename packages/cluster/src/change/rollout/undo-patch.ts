import { AppError, type KubeObject, refLabel, refOf } from '@quarterdeck/contract';
import { findRevision, type StoredRevision } from './read-revisions.ts';

export interface UndoPatch {
  patchType: 'json' | 'strategic';
  patch: unknown;
}

/** Annotations of a ReplicaSet that are its own and don't come back. Source: kubectl, polymorphichelpers/rollback.go. */
const staysBehind = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

/**
 * What brings a revision back, as kubectl does it: the pod template and annotations of its ReplicaSet for a Deployment,
 * the ControllerRevision's own patch for the others. Throws NOT_FOUND where there is no such revision.
 */
export function undoPatch(workload: KubeObject, revisions: readonly StoredRevision[], toRevision?: number): { toRevision: number; patch: UndoPatch } {
  const target = toRevision === undefined ? previous(workload, revisions) : findRevision(workload, revisions, toRevision);
  if (workload.kind !== 'Deployment') {
    return { toRevision: target.revision, patch: { patchType: 'strategic', patch: { spec: { template: { ...target.template, $patch: 'replace' } } } } };
  }
  const own = Object.entries(workload.metadata.annotations ?? {}).filter(([key]) => staysBehind.includes(key));
  const back = Object.entries(target.annotations).filter(([key]) => !staysBehind.includes(key));
  const patch = [
    { op: 'replace', path: '/spec/template', value: target.template },
    // `add` replaces what is there, and does not fail where there is nothing.
    { op: 'add', path: '/metadata/annotations', value: Object.fromEntries([...back, ...own]) },
  ];
  return { toRevision: target.revision, patch: { patchType: 'json', patch } };
}

function previous(workload: KubeObject, revisions: readonly StoredRevision[]): StoredRevision {
  const found = revisions.at(-2);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', `${refLabel(refOf(workload))} has no earlier revision to go back to.`, { hint: 'Nothing was rolled out before this.' });
}
