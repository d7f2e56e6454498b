import type { MadeObject, Template, Wanted } from '../wanted.ts';
import { labelsOf, metadata, nameOf, parameter } from './pod-template.ts';

export function autoscalerFor(wanted: Wanted, name: string): MadeObject {
  const minReplicas = wanted.minimum ?? wanted.replicas ?? 2;
  const maxReplicas = Math.max(wanted.maximum ?? minReplicas * 3, minReplicas + 1);
  const metric = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: wanted.percent ?? 80 } } };
  const spec = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas, maxReplicas, metrics: [metric] };
  return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: metadata(wanted, name), spec };
}

export const autoscaler: Template = {
  id: 'autoscaler',
  example: 'an autoscaler for checkout between 2 and 10 replicas at 70% cpu',
  fits: ({ text, image }) => image === null && /\bauto ?scal|\bhpa\b/i.test(text),
  make(wanted) {
    const name = wanted.target ?? nameOf(wanted);
    return {
      objects: [autoscalerFor(wanted, name)],
      parameters: [
        parameter('scales', wanted.target, name),
        parameter('minimum', wanted.minimum, 2),
        parameter('maximum', wanted.maximum, 6),
        parameter('CPU of the request, %', wanted.percent, 80),
      ],
    };
  },
};

export const disruptionBudget: Template = {
  id: 'disruption-budget',
  example: 'a disruption budget for checkout with at least 1',
  fits: ({ text }) => /\bdisruption ?budget\b|\bpdb\b/i.test(text),
  make(wanted) {
    const name = wanted.target ?? nameOf(wanted);
    // Counted from the other side a budget of one replica blocks every drain.
    const bound = wanted.minimum === null ? { maxUnavailable: wanted.maximum ?? 1 } : { minAvailable: wanted.minimum };
    return {
      objects: [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: metadata(wanted, name),
          spec: { ...bound, selector: { matchLabels: labelsOf(name) } },
        },
      ],
      parameters: [
        parameter('guards', wanted.target, name),
        { name: Object.keys(bound)[0] ?? '', value: String(Object.values(bound)[0]), said: wanted.minimum !== null || wanted.maximum !== null },
      ],
    };
  },
};

const groups: Readonly<Record<string, string>> = {
  deployments: 'apps',
  statefulsets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
  ingresses: 'networking.k8s.io',
};

export const role: Template = {
  id: 'role',
  example: 'a role that lets the service account deployer get and list pods',
  fits: ({ text }) => /\brole\b|\brbac\b|\brights\b|\bpermission/i.test(text),
  make(wanted) {
    const resources = (wanted.resources.length === 0 ? ['pods'] : wanted.resources)
      .map((each) => (each.startsWith('log') ? 'pods/log' : each.endsWith('s') ? each : `${each}s`))
      .filter((each) => each !== 'namespaces' || /list namespaces/.test(wanted.text));
    const verbs = [...new Set(wanted.verbs.flatMap((verb) => (verb === 'read' ? ['get', 'list', 'watch'] : [verb])))];
    const allowed = verbs.length === 0 ? ['get', 'list', 'watch'] : verbs;
    const account = wanted.account ?? 'default';
    const name = wanted.name ?? `${account}-${(resources[0] ?? 'pods').replace('/', '-')}`;
    const rules = [...Map.groupBy(resources, (resource) => groups[resource] ?? '')].map(([group, members]) => ({
      apiGroups: [group],
      resources: members,
      verbs: allowed,
    }));
    const subject = { kind: 'ServiceAccount', name: account, ...(wanted.namespace === null ? {} : { namespace: wanted.namespace }) };
    return {
      objects: [
        ...(account === 'default' ? [] : [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(wanted, account) }]),
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: metadata(wanted, name), rules },
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: metadata(wanted, name),
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
          subjects: [subject],
        },
      ],
      parameters: [
        parameter('account', wanted.account, account),
        { name: 'may', value: `${allowed.join(', ')} ${resources.join(', ')}`, said: wanted.verbs.length > 0 },
      ],
    };
  },
};
