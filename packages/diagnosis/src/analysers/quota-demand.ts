import { type KindTypes, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { isLive, isReady } from '../pods/containers.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type QuotaDemandFacts = { workloads: readonly string[]; missing: readonly string[] };

export const quotaWouldRefuse = defineCode<QuotaDemandFacts>({
  code: 'quota-would-refuse',
  title: 'ResourceQuota would refuse pods that run now',
  documentation:
    'The ResourceQuota counts requests or limits, so every new pod must set them. Workloads whose pods were made before the quota do not, and no LimitRange fills them in: they run on, but not one of their pods can start again.',
  silentWhen: 'A LimitRange or a webhook gives the missing values, the quota is for a scope, or pods are already refused, which tells more.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ workloads, missing }) =>
    `Counts ${missing.join(', ')}, which ${workloads.join(', ')} ${workloads.length === 1 ? 'does' : 'do'} not set: pods of it could not start again.`,
});

/** What a quota counts, as the field of a container that must be set for it. */
const demands: Readonly<Record<string, { list: 'requests' | 'limits'; resource: string }>> = {
  cpu: { list: 'requests', resource: 'cpu' },
  memory: { list: 'requests', resource: 'memory' },
  'requests.cpu': { list: 'requests', resource: 'cpu' },
  'requests.memory': { list: 'requests', resource: 'memory' },
  'limits.cpu': { list: 'limits', resource: 'cpu' },
  'limits.memory': { list: 'limits', resource: 'memory' },
};

export const quotaDemandAnalyser = defineAnalyser({
  id: 'quota-demand',
  kind: 'ResourceQuota',
  reads: ['LimitRange', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'],
  codes: [quotaWouldRefuse],
  *analyse(quota, view) {
    const { hard = {}, scopes = [], scopeSelector } = quota.spec ?? {};
    const counted = Object.keys(hard).filter((name) => Object.hasOwn(demands, name) && !isFilledIn(name, quota, view));
    if (counted.length === 0 || scopes.length > 0 || scopeSelector !== undefined || quota.metadata.deletionTimestamp !== undefined) return;
    const lacking = templatesIn(quota.metadata.namespace ?? '', view).flatMap(({ ref, spec }) => {
      const pods = view.podsOf(ref).flatMap((pod) => pod.spec ?? []);
      const missing = counted.filter((name) => lacks(spec, name) && pods.some((running) => lacks(running, name)));
      return missing.length === 0 ? [] : [{ ref, missing }];
    });
    if (lacking.length === 0 || !lacking.every(({ ref }) => runsWell(ref, view))) return;
    const object = refOf(quota);
    const missing = [...new Set(lacking.flatMap((one) => one.missing))];
    yield {
      code: quotaWouldRefuse.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: timeOf(quota.metadata.creationTimestamp),
      facts: { workloads: lacking.map(({ ref }) => refLabel({ ...ref, namespace: null })), missing },
      concerns: lacking.map(({ ref }) => ref),
      evidence: missing.map((name) => fieldEvidence(object, `spec.hard["${name}"]`, hard[name] ?? '', { decisive: true })),
    };
  },
});

/** Whether a LimitRange gives containers the value; a default limit is a default request too. */
function isFilledIn(name: string, quota: KindTypes['ResourceQuota'], view: ClusterView): boolean {
  const demand = demands[name];
  if (demand === undefined || view.coverage('LimitRange') !== 'read') return true;
  const items = view.list('LimitRange', quota.metadata.namespace ?? '').flatMap(({ spec }) => spec?.limits ?? []);
  return items.some(
    ({ type, default: limit, defaultRequest }) =>
      type === 'Container' && (limit?.[demand.resource] !== undefined || (demand.list === 'requests' && defaultRequest?.[demand.resource] !== undefined)),
  );
}

function lacks(spec: PodSpec, name: string): boolean {
  const demand = demands[name];
  if (demand === undefined) return false;
  const has = ({ resources }: Container) =>
    resources?.limits?.[demand.resource] !== undefined || (demand.list === 'requests' && resources?.requests?.[demand.resource] !== undefined);
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].some((container) => !has(container));
}

function templatesIn(namespace: string, view: ClusterView): { ref: ObjectRef; spec: PodSpec }[] {
  const deployments = view.list('Deployment', namespace).filter(({ spec }) => spec?.replicas !== 0);
  const sets = view.list('StatefulSet', namespace).filter(({ spec }) => spec?.replicas !== 0);
  return [...deployments, ...sets, ...view.list('DaemonSet', namespace)].flatMap((object) => {
    const spec = object.spec?.template.spec;
    return spec === undefined || object.metadata.deletionTimestamp !== undefined ? [] : [{ ref: refOf(object), spec }];
  });
}

function runsWell(ref: ObjectRef, view: ClusterView): boolean {
  const pods = view.podsOf(ref).filter(isLive);
  return pods.length > 0 && pods.every(isReady);
}
