import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, containerImages, containerNames, nameColumn, namespaceColumn, selectorText, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isRecent, isTerminating, readiness } from './health.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['ReplicaSet'], now: number): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const observed = (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
  return readiness(object.status?.readyReplicas ?? 0, object.spec?.replicas ?? 1, !observed || isRecent(object.metadata.creationTimestamp, now));
}

export const replicaSet = defineKind('ReplicaSet', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('desired', 'Desired', 'number', (object) => object.spec?.replicas ?? 1),
    column('current', 'Current', 'number', (object) => object.status?.replicas ?? 0),
    column('ready', 'Ready', 'status', (object) => object.status?.readyReplicas ?? 0),
    ageColumn,
    wide(column('containers', 'Containers', 'text', (object) => containerNames(object.spec?.template?.spec?.containers))),
    column('images', 'Images', 'text', (object) => containerImages(object.spec?.template?.spec?.containers)),
    wide(column('selector', 'Selector', 'text', (object) => selectorText(object.spec?.selector))),
  ],
  health,
});
