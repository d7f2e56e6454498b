import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../../model/relation.ts';
import { type PodTemplate, podTemplateKinds, podTemplateOf } from '../pod-template.ts';
import type { RelationFamily } from '../relation-family.ts';

/** What a pod runs with: `pullsWith`, `runsAs`, `runsOn`, `schedules` and its priority class (`classes`). */
export const podRelations: RelationFamily = {
  id: 'pod',
  types: ['pullsWith', 'runsAs', 'runsOn', 'schedules', 'classes'],
  kinds: podTemplateKinds,
  describes: 'from',
  edgesOf(object): Iterable<Relation> {
    const template = podTemplateOf(object);
    return template === null ? [] : podEdges(template);
  },
};

function* podEdges({ holder, spec, path }: PodTemplate): Iterable<Relation> {
  const edge = (type: RelationType, to: ObjectRef, field: string): Relation => ({ type, from: holder, to, path: `${path}.${field}`, detail: {} });
  for (const [i, secret] of (spec.imagePullSecrets ?? []).entries()) {
    if (secret.name) yield edge('pullsWith', refTo('Secret', holder.namespace, secret.name), `imagePullSecrets[${i}].name`);
  }
  if (spec.serviceAccountName) yield edge('runsAs', refTo('ServiceAccount', holder.namespace, spec.serviceAccountName), 'serviceAccountName');
  if (spec.nodeName) yield edge('runsOn', refTo('Node', null, spec.nodeName), 'nodeName');
  if (spec.schedulerName) yield edge('schedules', schedulerRef(spec.schedulerName), 'schedulerName');
  if (spec.priorityClassName) yield edge('classes', refTo('PriorityClass', null, spec.priorityClassName), 'priorityClassName');
}

/** Schedulers are programs, not API objects; this names one so that a rule can end there. */
export function schedulerRef(name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Scheduler', namespace: null, name };
}
