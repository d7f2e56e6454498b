import { isKind, type KindTypes, type KubeObject, refOf, refTo } from '@quarterdeck/contract';
import type { Relation } from '../../model/relation.ts';
import { controllerOf } from '../../view/ownership.ts';
import { edgeFrom, type RelationFamily } from '../relation-family.ts';

/** `scales` of autoscalers, `guards` of quotas and limit ranges on their namespace, `admits` of webhooks to their Service. */
export const policyRelations: RelationFamily = {
  id: 'policy',
  types: ['scales', 'guards', 'admits'],
  kinds: ['HorizontalPodAutoscaler', 'ResourceQuota', 'LimitRange', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  describes: 'from',
  *edgesOf(object): Iterable<Relation> {
    if (isKind(object, 'HorizontalPodAutoscaler')) yield* scaleEdge(object);
    if (isKind(object, 'ValidatingWebhookConfiguration') || isKind(object, 'MutatingWebhookConfiguration')) yield* webhookEdges(object);
    if (isKind(object, 'ResourceQuota') || isKind(object, 'LimitRange')) {
      yield edgeFrom(object, 'guards', refTo('Namespace', null, object.metadata.namespace ?? ''), 'metadata.namespace');
    }
  },
};

function* scaleEdge(autoscaler: KindTypes['HorizontalPodAutoscaler']): Iterable<Relation> {
  const target = autoscaler.spec?.scaleTargetRef;
  if (target === undefined) return;
  const to = { apiVersion: target.apiVersion ?? 'apps/v1', kind: target.kind, namespace: autoscaler.metadata.namespace ?? null, name: target.name };
  yield { type: 'scales', from: refOf(autoscaler), to, path: 'spec.scaleTargetRef.name', detail: {} };
}

function* webhookEdges(configuration: KindTypes['ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration']): Iterable<Relation> {
  for (const [i, webhook] of (configuration.webhooks ?? []).entries()) {
    const service = webhook.clientConfig.service;
    if (service === undefined) continue;
    const detail = { key: webhook.name, port: service.port ?? 443 };
    const to = refTo('Service', service.namespace, service.name);
    yield { type: 'admits', from: refOf(configuration), to, path: `webhooks[${i}].clientConfig.service.name`, detail };
  }
}

/** `contains`: a namespace to what people put into it; what controllers made hangs on its owner. */
export const namespaceRelations: RelationFamily = {
  id: 'namespace',
  types: ['contains'],
  kinds: 'all',
  describes: 'to',
  rarelyAsked: true,
  *edgesOf(object): Iterable<Relation> {
    const namespace = object.metadata.namespace;
    if (namespace === undefined || object.kind === 'Event' || object.kind === 'EndpointSlice' || controllerOf(object) !== null) return;
    yield { type: 'contains', from: refTo('Namespace', null, namespace), to: refOf(object), path: 'metadata.namespace', detail: {} };
  },
};

/** `grants`: a binding to its role; `binds`: a binding to the service accounts it is for. */
export const roleRelations: RelationFamily = {
  id: 'role',
  types: ['grants', 'binds'],
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  describes: 'from',
  *edgesOf(object): Iterable<Relation> {
    if (isKind(object, 'RoleBinding') || isKind(object, 'ClusterRoleBinding')) yield* bindingEdges(object);
  },
};

function* bindingEdges(binding: KindTypes['RoleBinding'] | KindTypes['ClusterRoleBinding']): Iterable<Relation> {
  const from = refOf(binding);
  const role = binding.roleRef;
  const kind = role?.kind === 'ClusterRole' ? 'ClusterRole' : 'Role';
  if (role?.name) yield { type: 'grants', from, to: refTo(kind, from.namespace, role.name), path: 'roleRef.name', detail: {} };
  for (const [i, subject] of (binding.subjects ?? []).entries()) {
    if (subject.kind !== 'ServiceAccount') continue;
    const to = refTo('ServiceAccount', subject.namespace ?? from.namespace, subject.name);
    yield { type: 'binds', from, to, path: `subjects[${i}].name`, detail: {} };
  }
}

/** `changes`: a field manager to what it wrote; only on what people write, as controllers write their own all the time. */
export const changeRelations: RelationFamily = {
  id: 'change',
  types: ['changes'],
  kinds: 'all',
  describes: 'to',
  rarelyAsked: true,
  *edgesOf(object): Iterable<Relation> {
    if (object.kind !== 'Event' && controllerOf(object) === null) yield* changeEdges(object);
  },
};

function* changeEdges(object: KubeObject): Iterable<Relation> {
  for (const [i, entry] of (object.metadata.managedFields ?? []).entries()) {
    if (entry.subresource === 'status' || !entry.manager) continue;
    const from = { apiVersion: 'v1', kind: 'FieldManager', namespace: null, name: entry.manager };
    yield { type: 'changes', from, to: refOf(object), path: `metadata.managedFields[${i}]`, detail: entry.time === undefined ? {} : { at: entry.time } };
  }
}
