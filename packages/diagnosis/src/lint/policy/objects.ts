import { type KindTypes, refTo } from '@quarterdeck/contract';
import { selectorText } from '../../routing/service-state.ts';
import { defineLint, writtenTemplates } from '../define-lint.ts';

const policy = { pack: 'policy', severity: 'low' } as const;
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
const labelled = [...workloads, 'Service', 'Ingress', 'Namespace'] as const;

export const requiredLabels = defineLint({
  ...policy,
  code: 'policy-required-labels',
  title: 'A required label is missing',
  documentation: 'Every workload, Service, Ingress and Namespace carries the labels of the threshold requiredLabels (an owner, a team, a cost centre).',
  silentWhen: 'No label is asked for.',
  kind: labelled,
  *check({ metadata }, _view, { thresholds }) {
    const missing = thresholds.requiredLabels.filter((key) => !metadata.labels?.[key]);
    if (missing.length > 0) yield { path: 'metadata.labels', message: `It has no label ${missing.join(', ')}.` };
  },
});

export const requiredAnnotations = defineLint({
  ...policy,
  code: 'policy-required-annotations',
  title: 'A required annotation is missing',
  documentation: 'Every workload, Service, Ingress and Namespace carries the annotations of the threshold requiredAnnotations.',
  silentWhen: 'No annotation is asked for.',
  kind: labelled,
  *check({ metadata }, _view, { thresholds }) {
    const missing = thresholds.requiredAnnotations.filter((key) => !metadata.annotations?.[key]);
    if (missing.length > 0) yield { path: 'metadata.annotations', message: `It has no annotation ${missing.join(', ')}.` };
  },
});

export const replicaCount = defineLint({
  ...policy,
  code: 'policy-replicas',
  title: 'Fewer or more replicas than allowed',
  documentation: 'spec.replicas lies between the thresholds minReplicas and maxReplicas.',
  silentWhen: 'It is scaled to zero on purpose, or an autoscaler sets the number.',
  kind: ['Deployment', 'StatefulSet'],
  *check({ spec, metadata, kind }, view, { thresholds }) {
    const replicas = spec?.replicas ?? 1;
    const ref = refTo(kind === 'StatefulSet' ? 'StatefulSet' : 'Deployment', metadata.namespace ?? '', metadata.name);
    if (replicas === 0 || view.incoming(ref, 'scales').length > 0) return;
    if (replicas < thresholds.minReplicas || replicas > thresholds.maxReplicas)
      yield { path: 'spec.replicas', message: `${replicas} replicas; ${thresholds.minReplicas} to ${thresholds.maxReplicas} are allowed.` };
  },
});

export const autoscalerBounds = defineLint({
  ...policy,
  code: 'policy-autoscaler-bounds',
  title: 'Autoscaler outside the allowed bounds',
  documentation: 'minReplicas and maxReplicas keep to the thresholds minAutoscalerReplicas, maxAutoscalerReplicas and autoscalerSpread.',
  silentWhen: 'All three hold.',
  kind: 'HorizontalPodAutoscaler',
  *check({ spec }, _view, { thresholds }) {
    const [least, most] = [spec?.minReplicas ?? 1, spec?.maxReplicas ?? 1];
    if (least < thresholds.minAutoscalerReplicas)
      yield { path: 'spec.minReplicas', message: `minReplicas ${least} is below ${thresholds.minAutoscalerReplicas}.` };
    if (most > thresholds.maxAutoscalerReplicas)
      yield { path: 'spec.maxReplicas', message: `maxReplicas ${most} is above ${thresholds.maxAutoscalerReplicas}.` };
    if (most - least < thresholds.autoscalerSpread)
      yield { path: 'spec', message: `Between ${least} and ${most} it cannot move by ${thresholds.autoscalerSpread}.` };
  },
});

export const loadBalancer = defineLint({
  ...policy,
  code: 'policy-no-load-balancer',
  title: 'Service of type LoadBalancer',
  documentation: 'Each one asks the cloud for a balancer and an address of its own. One Ingress or Gateway serves many.',
  silentWhen: 'The type is another.',
  kind: 'Service',
  *check({ spec }) {
    if (spec?.type === 'LoadBalancer') yield { path: 'spec.type', message: 'It asks for a load balancer of its own.' };
  },
});

export const externalIps = defineLint({
  ...policy,
  code: 'policy-external-ips',
  title: 'Service with an external address that is not allowed',
  documentation:
    'With externalIPs whoever may write a Service can take over traffic to any address (CVE-2020-8554). Only those of the threshold allowedExternalIps may be used.',
  silentWhen: 'The field is not set.',
  kind: 'Service',
  *check({ spec }, _view, { thresholds }) {
    const others = (spec?.externalIPs ?? []).filter((address) => !thresholds.allowedExternalIps.includes(address));
    if (others.length > 0) yield { path: 'spec.externalIPs', message: `It takes traffic for ${others.join(', ')}.` };
  },
});

export const uniqueSelector = defineLint({
  ...policy,
  code: 'policy-unique-selector',
  title: 'Two Services with the same selector',
  documentation: 'Both send to the same pods; one is mostly left over from a copy.',
  silentWhen: 'One of the two is headless, as a StatefulSet needs one beside the Service of its readers.',
  kind: 'Service',
  *check(service, view) {
    const own = selectorText(service);
    const isPlain = (other: KindTypes['Service']) => other.spec?.clusterIP !== 'None';
    if (own === '' || !isPlain(service)) return;
    const twin = view
      .list('Service', service.metadata.namespace)
      .find((other) => other.metadata.name !== service.metadata.name && isPlain(other) && selectorText(other) === own);
    if (twin !== undefined) yield { path: 'spec.selector', message: `Service ${twin.metadata.name} selects ${own} as well.` };
  },
});

export const ingressTls = defineLint({
  ...policy,
  code: 'policy-ingress-tls',
  title: 'Ingress without TLS',
  documentation: 'What it serves travels in plain text. Name a certificate for each host in spec.tls.',
  silentWhen: 'spec.tls names each host, or the controller’s own certificate is used for all of them.',
  kind: 'Ingress',
  *check({ spec }) {
    const covered = (spec?.tls ?? []).flatMap(({ hosts = ['*'] }) => hosts);
    const open = (spec?.rules ?? []).flatMap(({ host = '*' }) =>
      covered.includes(host) || covered.includes('*') || covered.includes(host.replace(/^[^.]+/, '*')) ? [] : [host],
    );
    if (open.length > 0) yield { path: 'spec.tls', message: `No certificate for ${[...new Set(open)].join(', ')}.` };
  },
});

export const ingressWildcard = defineLint({
  ...policy,
  code: 'policy-ingress-wildcard',
  title: 'Ingress for every host',
  documentation: 'An empty host or a `*` takes requests that were meant for others.',
  silentWhen: 'Every rule names its host.',
  kind: 'Ingress',
  *check({ spec }) {
    for (const [index, { host = '' }] of (spec?.rules ?? []).entries())
      if (host === '' || host.startsWith('*'))
        yield { path: `spec.rules[${index}].host`, message: host === '' ? 'It serves every host.' : `It serves ${host}.` };
  },
});

export const ingressUniqueHost = defineLint({
  ...policy,
  code: 'policy-ingress-unique-host',
  title: 'Host that two Ingresses serve',
  documentation: 'A host belongs to one Ingress; else what serves it depends on the controller.',
  silentWhen: 'Both lie in one namespace, where teams split the paths of their host.',
  kind: 'Ingress',
  *check({ spec, metadata }, view) {
    const others = view.list('Ingress').filter((other) => other.metadata.namespace !== metadata.namespace);
    for (const [index, { host = '' }] of (spec?.rules ?? []).entries()) {
      const rival = host === '' ? undefined : others.find((other) => (other.spec?.rules ?? []).some((rule) => rule.host === host));
      if (rival !== undefined)
        yield { path: `spec.rules[${index}].host`, message: `Ingress ${rival.metadata.namespace}/${rival.metadata.name} serves ${host} as well.` };
    }
  },
});

export const namespaceOpen = defineLint({
  ...policy,
  code: 'policy-network-policy',
  title: 'Namespace without a NetworkPolicy',
  documentation: 'Every pod of the cluster may call the pods of this namespace. Begin with a policy that denies what is not asked for.',
  silentWhen: 'No pod runs there, or policies may not be listed.',
  kind: 'Namespace',
  *check({ metadata }, view) {
    if (view.coverage('NetworkPolicy') !== 'read' || view.list('NetworkPolicy', metadata.name).length > 0) return;
    if (view.list('Pod', metadata.name).length > 0) yield { message: `${view.list('Pod', metadata.name).length} pods can be called by everybody.` };
  },
});

export const budgetMissing = defineLint({
  ...policy,
  severity: 'info',
  code: 'policy-disruption-budget',
  title: 'Replicas without a PodDisruptionBudget',
  documentation: 'A drain may take all replicas at once. A budget with maxUnavailable 1 keeps the others.',
  silentWhen: 'There is one replica, whose budget would only hang drains.',
  kind: ['Deployment', 'StatefulSet'],
  *check({ spec, metadata, kind }, view) {
    const pods = view.podsOf(refTo(kind === 'StatefulSet' ? 'StatefulSet' : 'Deployment', metadata.namespace ?? '', metadata.name));
    const isGuarded = pods.some((pod) =>
      view.incoming(refTo('Pod', metadata.namespace ?? '', pod.metadata.name), 'guards').some(({ from }) => from.kind === 'PodDisruptionBudget'),
    );
    if ((spec?.replicas ?? 1) > 1 && pods.length > 1 && !isGuarded && view.coverage('PodDisruptionBudget') === 'read')
      yield { message: `${spec?.replicas} replicas, and a drain may take them all.` };
  },
});

export const budgetStrict = defineLint({
  ...policy,
  code: 'policy-budget-strict',
  title: 'PodDisruptionBudget that allows no disruption',
  documentation: 'maxUnavailable is 0, or minAvailable is everything: each drain and node upgrade hangs at its pods.',
  silentWhen: 'At least one pod may go.',
  kind: 'PodDisruptionBudget',
  *check({ spec, status }) {
    const { maxUnavailable, minAvailable } = spec ?? {};
    const none = maxUnavailable === 0 || maxUnavailable === '0%' || minAvailable === '100%';
    const all = typeof minAvailable === 'number' && (status?.expectedPods ?? 0) > 0 && minAvailable >= (status?.expectedPods ?? 0);
    if (none || all)
      yield {
        path: maxUnavailable === undefined ? 'spec.minAvailable' : 'spec.maxUnavailable',
        message: `${maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`} lets no pod go.`,
      };
  },
});

export const endpointsEditable = defineLint({
  ...policy,
  code: 'policy-endpoints-editable',
  title: 'Role of every namespace with which endpoints can be written',
  documentation: 'Who may write endpoints can send the traffic of a Service to any address (CVE-2021-25740). Take the verbs from the aggregated role.',
  silentWhen: 'The role only reads endpoints.',
  kind: 'ClusterRole',
  *check({ metadata, rules }) {
    const isDefault = ['admin', 'edit', 'system:aggregate-to-edit', 'system:aggregate-to-admin'].includes(metadata.name);
    const index = (rules ?? []).findIndex(
      ({ resources = [], verbs }) =>
        resources.some((name) => name === 'endpoints' || name === 'endpointslices') && verbs.some((verb) => ['create', 'update', 'patch', '*'].includes(verb)),
    );
    if (isDefault && index >= 0) yield { path: `rules[${index}]`, message: 'It allows to write endpoints.' };
  },
});

export const serviceOfNoTemplate = defineLint({
  ...policy,
  severity: 'info',
  code: 'policy-service-unused',
  title: 'Service that selects nothing and is called by nobody',
  documentation: 'No workload carries its labels and nothing names it: it is left over.',
  silentWhen: 'It has no selector, as its endpoints are written by hand or by a program.',
  kind: 'Service',
  *check({ spec, metadata }, view) {
    const selector = Object.entries(spec?.selector ?? {});
    if (selector.length === 0 || view.coverage('Pod') !== 'read') return;
    const ref = refTo('Service', metadata.namespace ?? '', metadata.name);
    const carried = [...writtenTemplates(view, metadata.namespace)].some((template) =>
      selector.every(([key, value]) => template.metadata.labels?.[key] === value),
    );
    const wanted = (['calls', 'routes', 'admits'] as const).some((type) => view.incoming(ref, type).length > 0);
    if (!carried && !wanted && view.outgoing(ref, 'selects').length === 0)
      yield { path: 'spec.selector', message: 'No workload carries its labels, and nothing names it.' };
  },
});

export const objectPolicies = [
  requiredLabels,
  requiredAnnotations,
  replicaCount,
  autoscalerBounds,
  loadBalancer,
  externalIps,
  uniqueSelector,
  ingressTls,
  ingressWildcard,
  ingressUniqueHost,
  namespaceOpen,
  budgetMissing,
  budgetStrict,
  endpointsEditable,
  serviceOfNoTemplate,
];
