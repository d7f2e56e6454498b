import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, containerImages, containerNames, labelText, nameColumn, namespaceColumn, selectorText, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isRecent, isTerminating, readiness } from './health.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['DaemonSet'], now: number): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const desired = object.status?.desiredNumberScheduled ?? 0;
  if (desired === 0) return { state: 'scaledToZero', text: 'No node matches' };
  const observed = (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
  return readiness(object.status?.numberReady ?? 0, desired, !observed || isRecent(object.metadata.creationTimestamp, now));
}

export const daemonSet = defineKind('DaemonSet', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('desired', 'Desired', 'number', (object) => object.status?.desiredNumberScheduled ?? 0),
    column('current', 'Current', 'number', (object) => object.status?.currentNumberScheduled ?? 0),
    column('ready', 'Ready', 'status', (object) => object.status?.numberReady ?? 0),
    column('upToDate', 'Up-to-date', 'number', (object) => object.status?.updatedNumberScheduled ?? 0),
    column('available', 'Available', 'number', (object) => object.status?.numberAvailable ?? 0),
    column('nodeSelector', 'Node selector', 'text', (object) => labelText(object.spec?.template.spec?.nodeSelector)),
    ageColumn,
    wide(column('containers', 'Containers', 'text', (object) => containerNames(object.spec?.template.spec?.containers))),
    column('images', 'Images', 'text', (object) => containerImages(object.spec?.template.spec?.containers)),
    wide(column('selector', 'Selector', 'text', (object) => selectorText(object.spec?.selector))),
  ],
  health,
});
