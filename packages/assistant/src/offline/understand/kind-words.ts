import { pluralOf, shortNames } from '@quarterdeck/contract';
import type { Vocabulary } from './question.ts';

/** Every workload together, where a person does not care of which kind it is. */
export const anyWorkload = 'Workload';
export const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];

/** What people call kinds besides their names. */
const spoken: Readonly<Record<string, readonly string[]>> = {
  Pod: ['container', 'containers', 'instance', 'instances'],
  Node: ['machine', 'machines', 'worker node', 'worker nodes', 'host', 'hosts', 'server', 'servers'],
  Namespace: ['project', 'projects'],
  Deployment: ['deploys', 'deployement', 'deployements'],
  StatefulSet: ['stateful set', 'stateful sets'],
  DaemonSet: ['daemon set', 'daemon sets'],
  ReplicaSet: ['replica set', 'replica sets'],
  CronJob: ['cron job', 'cron jobs', 'cron', 'crons', 'scheduled job', 'scheduled jobs'],
  PersistentVolumeClaim: ['pvcs', 'claim', 'claims', 'volume claim', 'volume claims', 'persistent volume claim', 'persistent volume claims'],
  PersistentVolume: ['pvs', 'volume', 'volumes', 'persistent volume', 'persistent volumes', 'disk', 'disks'],
  StorageClass: ['storage class', 'storage classes'],
  ConfigMap: ['config map', 'config maps', 'configmap', 'cms'],
  ServiceAccount: ['service account', 'service accounts'],
  NetworkPolicy: ['network policy', 'network policies', 'netpols', 'firewall rule', 'firewall rules'],
  IngressClass: ['ingress class', 'ingress classes'],
  HorizontalPodAutoscaler: ['autoscaler', 'autoscalers', 'hpas', 'horizontal pod autoscaler', 'horizontal pod autoscalers'],
  PodDisruptionBudget: ['disruption budget', 'disruption budgets', 'pod disruption budget', 'pdbs'],
  ResourceQuota: ['quotas', 'resource quota', 'resource quotas'],
  LimitRange: ['limit range', 'limit ranges'],
  EndpointSlice: ['endpoint', 'endpoints'],
  RoleBinding: ['role binding', 'role bindings'],
  ClusterRole: ['cluster role', 'cluster roles'],
  ClusterRoleBinding: ['cluster role binding', 'cluster role bindings'],
  CustomResourceDefinition: ['custom resource definition', 'custom resource definitions'],
  PriorityClass: ['priority class', 'priority classes'],
  [anyWorkload]: ['workload', 'workloads', 'app', 'apps', 'application', 'applications', 'website', 'websites', 'site'],
};

/** kubectl's short names that are words of the language as well: only what they say in a kind's place counts. */
const alsoWords = new Set(['no', 'limits', 'ev']);

/** Kinds by the words for them, of up to four words; what Kubernetes has comes before what the cluster adds. */
export function kindWords(kinds: Vocabulary['kinds']): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const add = (word: string, kind: string) => {
    if (!words.has(word) && !alsoWords.has(word)) words.set(word, kind);
  };
  for (const kind of builtIn) {
    for (const word of [kind.toLowerCase(), pluralOf(kind), ...(shortNames[kind] ?? []), ...(spoken[kind] ?? [])]) add(word, kind);
  }
  for (const { kind, plural, shortNames: short } of kinds.filter((each) => each.kind !== 'Event'))
    for (const word of [kind.toLowerCase(), plural.toLowerCase(), ...short]) add(word, kind);
  return words;
}

const builtIn: readonly string[] = [
  ...new Set([
    ...Object.keys(shortNames),
    ...Object.keys(spoken),
    'Job',
    'Secret',
    'Role',
    'ControllerRevision',
    'VolumeAttachment',
    'CSIDriver',
    'RuntimeClass',
  ]),
].filter((kind) => kind !== 'Event');
