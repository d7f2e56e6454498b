import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, containerImages, containerNames, nameColumn, namespaceColumn, selectorText, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { conditionOf, isRecent, isTerminating, readiness } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Deployment = KindTypes['Deployment'];

function health(object: Deployment, now: number): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const desired = object.spec?.replicas ?? 1;
  const ready = object.status?.readyReplicas ?? 0;
  if (object.spec?.paused === true && desired > 0) return { state: 'paused', text: `Paused, ${ready}/${desired} ready` };
  const progressing = conditionOf(object.status?.conditions, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return { state: ready === 0 ? 'critical' : 'high', text: `${ready}/${desired} ready, rollout stuck` };
  }
  const observed = (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
  const rollingOut = !observed || (progressing?.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable');
  return (ready < desired && knownTrouble(object, rollingOut, now)) || readiness(ready, desired, rollingOut);
}

/** What a Deployment's own status says before its progress deadline has passed. */
function knownTrouble({ spec, status }: Deployment, rollingOut: boolean, now: number): Health | null {
  const text = `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1} ready`;
  if (conditionOf(status?.conditions, 'ReplicaFailure')?.status === 'True') return { state: 'high', text: `${text}, pods not created` };
  const available = conditionOf(status?.conditions, 'Available');
  const isDown = available?.status === 'False' && !isRecent(available.lastTransitionTime, now);
  return rollingOut && isDown ? { state: 'high', text } : null;
}

export const deployment = defineKind('Deployment', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('ready', 'Ready', 'status', (object) => `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 1}`),
    column('upToDate', 'Up-to-date', 'number', (object) => object.status?.updatedReplicas ?? 0),
    column('available', 'Available', 'number', (object) => object.status?.availableReplicas ?? 0),
    ageColumn,
    wide(column('containers', 'Containers', 'text', (object) => containerNames(object.spec?.template.spec?.containers))),
    column('images', 'Images', 'text', (object) => containerImages(object.spec?.template.spec?.containers)),
    wide(column('selector', 'Selector', 'text', (object) => selectorText(object.spec?.selector))),
  ],
  health,
});
