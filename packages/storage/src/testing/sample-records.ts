import type { ActDraft } from '@quarterdeck/contract';
import type { Acting } from '../ledger/act-log.ts';

export const ada: Acting = { actor: { id: 'ada', kind: 'person' }, via: 'web', cluster: 'east', requestId: 'r1' };

export function scaling(name: string, replicas = 3): ActDraft {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name };
  return {
    action: 'change.scale',
    target,
    input: { change: { verb: 'scale', target, replicas } },
    kubectl: `kubectl scale deployment.apps/${name} -n shop --replicas=${replicas}`,
  };
}
