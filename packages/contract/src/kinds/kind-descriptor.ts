import type { HealthState } from '../issues/issue.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Cell, Column } from '../resources/resource.ts';

export interface ColumnDescriptor<T extends KubeObject> extends Column {
  getValue(object: T, now: number): Cell;
}

export interface Health {
  state: HealthState;
  /** A few words, as kubectl's STATUS column would say it: `CrashLoopBackOff`, `1/3 ready`, `Bound`. */
  text: string;
}

/**
 * All that tables, trees and detail pages need to know of a kind. A kind without a descriptor is shown by the
 * generic one, so that every CRD works on its first day.
 */
export interface KindDescriptor<T extends KubeObject> {
  kind: string;
  /** API group; empty for core. */
  group: string;
  columns: ColumnDescriptor<T>[];
  /** Column id for the first sort, `-` in front for descending. */
  sort: string;
  health(object: T, now: number): Health;
}
