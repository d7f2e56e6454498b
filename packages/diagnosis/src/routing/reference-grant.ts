import { groupOf, type ObjectRef } from '@quarterdeck/contract';
import { listAt, textAt } from '../custom/fields.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { gatewayGroup } from './gateway-api.ts';

/** Whether a reference into another namespace is open by a ReferenceGrant there; also where grants cannot be seen. */
export function isGranted(from: ObjectRef, to: ObjectRef, view: ClusterView): boolean {
  if (from.namespace === to.namespace || !canSeeGrants(to.namespace, view)) return true;
  return view.listCustom(gatewayGroup, 'ReferenceGrant', to.namespace ?? undefined).some((grant) => {
    const opens = listAt(grant, 'spec', 'from').some(
      (raw) => (textAt(raw, 'group') ?? '') === groupOf(from.apiVersion) && textAt(raw, 'kind') === from.kind && textAt(raw, 'namespace') === from.namespace,
    );
    const named = listAt(grant, 'spec', 'to').some(
      (raw) => (textAt(raw, 'group') ?? '') === groupOf(to.apiVersion) && textAt(raw, 'kind') === to.kind && [null, to.name].includes(textAt(raw, 'name')),
    );
    return opens && named;
  });
}

function canSeeGrants(namespace: string | null, view: ClusterView): boolean {
  const grants = view.customKinds().find(({ apiVersion, kind }) => kind === 'ReferenceGrant' && groupOf(apiVersion) === gatewayGroup);
  return grants?.coverage === 'read' && view.covers(namespace);
}
