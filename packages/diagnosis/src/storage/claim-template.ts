import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

/** The claim template of a StatefulSet that a claim was made from. */
export interface ClaimTemplate {
  set: ObjectRef;
  /** `spec.volumeClaimTemplates[0]`. */
  path: string;
}

/** Claims of a StatefulSet are called `TEMPLATE-SET-ORDINAL`; null for a claim that somebody made otherwise, or that asks for another class. */
export function templateOf(claim: KindTypes['PersistentVolumeClaim'], view: Pick<ClusterView, 'list'>): ClaimTemplate | null {
  const name = /^(?<base>.+)-\d+$/.exec(claim.metadata.name)?.groups?.base;
  if (name === undefined) return null;
  for (const set of view.list('StatefulSet', claim.metadata.namespace ?? '')) {
    const index = (set.spec?.volumeClaimTemplates ?? []).findIndex(({ metadata }) => name === `${metadata?.name}-${set.metadata.name}`);
    const asked = set.spec?.volumeClaimTemplates?.[index]?.spec?.storageClassName;
    if (index >= 0 && asked === claim.spec?.storageClassName) return { set: refOf(set), path: `spec.volumeClaimTemplates[${index}]` };
  }
  return null;
}
