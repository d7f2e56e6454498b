import type { ObjectRef } from '@quarterdeck/contract';

export const relationTypes = [
  'owns',
  'selects',
  'mounts',
  'reads',
  'pullsWith',
  'runsAs',
  'claims',
  'provisions',
  'routes',
  'classes',
  'scales',
  'guards',
  'admits',
  'runsOn',
  'schedules',
  'calls',
  'changes',
  'contains',
  'grants',
  'binds',
  'refers',
] as const;

export type RelationType = (typeof relationTypes)[number];

/**
 * A typed, directed edge. `from` is the object that holds the reference (the pod that mounts, the Service that
 * selects, the owner that owns); `to` is what it points at and may not exist.
 */
export interface Relation {
  type: RelationType;
  from: ObjectRef;
  to: ObjectRef;
  /** The exact place it comes from, e.g. `spec.template.spec.containers[0].envFrom[1].configMapRef.name`. */
  path: string;
  /** What the place says besides the name: a port, a key, `optional`. */
  detail: RelationDetail;
}

export interface RelationDetail {
  port?: number | string;
  key?: string;
  optional?: boolean;
  container?: string;
  /** The object that `path` is in, where that is not `from`: the ConfigMap whose text names a host. */
  holder?: ObjectRef;
  /** ISO 8601: when the field manager of a `changes` edge wrote last. */
  at?: string;
}
