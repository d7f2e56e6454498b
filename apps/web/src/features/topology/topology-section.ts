import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';

const drawn: readonly string[] = [
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'UDPRoute',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'CronJob',
  'Job',
  'Pod',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
];

/** What stands around an object, two steps far. */
export const topologySection: ObjectSection = {
  id: 'topology',
  label: ({ topology }) => topology.around.title,
  appliesTo: ({ kind }) => drawn.includes(kind),
  withoutObject: true,
  fills: true,
  Panel: lazy(async () => ({ default: (await import('./object-topology.tsx')).ObjectTopology })),
};
