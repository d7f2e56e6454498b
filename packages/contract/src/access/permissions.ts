/** Everything a person or an agent can be allowed to do. A route names one of these or it does not type-check. */
export const permissions = [
  'session.read',
  'cluster.read',
  'cluster.select',
  'cluster.manage',
  'resource.read',
  'resource.write',
  'resource.delete',
  'log.read',
  'metric.read',
  'pod.exec',
  'pod.debug',
  'pod.portForward',
  'pod.files',
  'node.manage',
  'helm.read',
  'helm.write',
  'bundle.save',
  'issue.read',
  'issue.dismiss',
  'alert.read',
  'alert.manage',
  'plan.create',
  'audit.read',
] as const;

export type Permission = (typeof permissions)[number];
