import type { CustomKind, EvidenceAnswer, EvidenceRequest, KindCoverage } from '@quarterdeck/cluster';
import type { BuiltInKind, KindTypes, KubeObject, ObjectRef } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../model/relation.ts';

/** An event reduced to what diagnosis uses; `at` is series.lastObservedTime ?? lastTimestamp ?? eventTime ?? creation. */
export interface ObjectEvent {
  type: string;
  reason: string;
  message: string;
  count: number;
  /** Epoch milliseconds of the first and the latest occurrence. */
  firstAt: number;
  at: number;
  object: ObjectRef;
}

/** All that an analyser may look at: objects, relations, events and answered questions, at one moment. */
export interface ClusterView {
  /**
   * Epoch milliseconds; the only clock there is. What reads it is looked at again at every later moment: `passed` and
   * `overTime` cost nothing until the answer is another one.
   */
  readonly now: number;
  /** Whether a moment (epoch milliseconds) has come. */
  passed(at: number): boolean;
  /** What `read` says now. It must be something that the passing of time changes at most once. */
  overTime<T>(read: (now: number) => T): T;
  /** The namespaces that the run is limited to; null for the whole cluster. What lies outside was not read. */
  readonly scope: readonly string[] | null;
  /** Whether a namespace lies in the scope. What is in no namespace always does. */
  covers(namespace: string | null | undefined): boolean;
  get<K extends BuiltInKind>(kind: K, namespace: string | null, name: string): KindTypes[K] | undefined;
  list<K extends BuiltInKind>(kind: K, namespace?: string): readonly KindTypes[K][];
  /** The names of a kind's objects, sorted as the list is; it stays the same while objects only change. */
  names(kind: BuiltInKind, namespace?: string): readonly string[];
  /** The Service that has an address, else the pod; null for what lies outside. */
  at(address: string): ObjectRef | null;
  /** The Ingresses with a rule for a host, by name. */
  ingressesFor(host: string): readonly KindTypes['Ingress'][];
  /** The images that containers of ready pods run well with, sorted, and the pods of one of them by name. */
  runningImages(): readonly string[];
  podsRunning(image: string): readonly ObjectRef[];
  /** The custom kinds of the cluster; `listCustom` has the objects of those that were read. */
  customKinds(): readonly CustomKind[];
  listCustom(group: string, kind: string, namespace?: string): readonly KubeObject[];
  find(ref: ObjectRef): KubeObject | undefined;
  /**
   * Whether it is certain that the object does not exist: its kind was read, its namespace lies in the scope, and it
   * is not there; or no definition of its custom kind is installed. Never true for what merely could not be seen (forbidden is not missing).
   */
  isMissing(ref: ObjectRef): boolean;
  coverage(kind: BuiltInKind): KindCoverage;
  /** Newest first. Matched by uid where the event carries one, else by kind, namespace and name. */
  events(ref: ObjectRef): readonly ObjectEvent[];
  /** Edges that leave an object, and edges that arrive at it; also at objects that do not exist. */
  outgoing(ref: ObjectRef, type?: RelationType): readonly Relation[];
  incoming(ref: ObjectRef, type?: RelationType): readonly Relation[];
  /** The top controller (Deployment, StatefulSet, DaemonSet, CronJob, lone Job) or the object itself. */
  topOwner(ref: ObjectRef): ObjectRef;
  /** Pods that an owner has, through ReplicaSets and Jobs, by name. */
  podsOf(ref: ObjectRef): readonly KindTypes['Pod'][];
  /**
   * A name that several objects find out alike, worked out once for all of them; those that use it are looked at again
   * only when it is another one. `key` says what it is and about which object.
   */
  shared(key: string, read: () => string | null): string | null;
  /**
   * The answer to a question, or undefined while it is open: the question is noted and the analyser runs again when
   * it is answered. An absence and a refusal are answers.
   */
  ask<N extends EvidenceRequest['need']>(request: Extract<EvidenceRequest, { need: N }>): EvidenceAnswer<N> | undefined;
}
