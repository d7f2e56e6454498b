import type { ObjectRef } from '@quarterdeck/contract';
import { kindName } from '../objects/object-key.ts';
import type { LogTarget } from './log-subject.ts';

/** What has pods of its own. Services are here because one looks for who answers behind them. */
const kinds = new Set(['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController', 'Service', 'Rollout']);

export function hasLog({ kind, namespace }: ObjectRef): boolean {
  return kinds.has(kind) && namespace !== null;
}

export function logTarget(object: ObjectRef): LogTarget {
  return { namespace: object.namespace ?? '', kind: kindName(object), name: object.name };
}
