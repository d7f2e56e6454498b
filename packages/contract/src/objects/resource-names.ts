/** The name that the API's paths use: `services`, `networkpolicies`, `ingresses`. Right for the kinds of Kubernetes; a custom resource may call itself anything. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** kubectl's, by kind. */
export const shortNames: Readonly<Record<string, readonly string[]>> = {
  Pod: ['po'],
  Node: ['no'],
  Namespace: ['ns'],
  Service: ['svc'],
  ConfigMap: ['cm'],
  ServiceAccount: ['sa'],
  PersistentVolume: ['pv'],
  PersistentVolumeClaim: ['pvc'],
  ResourceQuota: ['quota'],
  LimitRange: ['limits'],
  Event: ['ev'],
  Deployment: ['deploy'],
  ReplicaSet: ['rs'],
  StatefulSet: ['sts'],
  DaemonSet: ['ds'],
  CronJob: ['cj'],
  Ingress: ['ing'],
  NetworkPolicy: ['netpol'],
  StorageClass: ['sc'],
  PodDisruptionBudget: ['pdb'],
  HorizontalPodAutoscaler: ['hpa'],
  PriorityClass: ['pc'],
  ReplicationController: ['rc'],
  CustomResourceDefinition: ['crd', 'crds'],
};
