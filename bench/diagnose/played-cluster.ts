import type { KubeObject } from '@quarterdeck/contract';
import { type Made, made } from './made.ts';
import { played, withStatus } from './played-status.ts';
import { type ClusterSize, nodeName, podSpec, type WrittenWorkload, workloadsOf, writtenObjects } from './written-objects.ts';

/** The moment that the objects are of, and when they were made: a day before. */
export const playedNow = Date.parse('2026-05-04T12:00:00Z');

const revisionsKept = 3;

/** A healthy cluster in memory: what people wrote, and all that controllers and kubelets make of it; filled up to `objects` with events. */
export function playedCluster(size: ClusterSize, objects: number): KubeObject[] {
  const workloads = new Map(workloadsOf(size).map((workload) => [`${workload.namespace}/${workload.name}`, workload]));
  const cluster = new PlayedCluster(size);
  for (let number = 0; number < size.nodes; number += 1) cluster.add(played.node(nodeName(number)));
  for (const object of writtenObjects(size)) {
    const workload = object.kind in played.controllers ? workloads.get(`${object.metadata.namespace}/${object.metadata.name}`) : undefined;
    const whole = cluster.add(withStatus(object, workload));
    if (workload !== undefined) cluster.play(workload, whole);
  }
  return cluster.filledUp(objects);
}

class PlayedCluster {
  readonly #objects: Made[] = [];
  readonly #size: ClusterSize;
  readonly #pods: Made[] = [];

  constructor(size: ClusterSize) {
    this.#size = size;
  }

  /** With what the API server adds to the metadata. */
  add(object: Made): Made {
    const { kind, metadata } = object;
    const managedFields = [{ manager: 'helm', operation: 'Update', time: played.madeAt }];
    const given = { uid: uidOf(object), resourceVersion: String(this.#objects.length), creationTimestamp: played.madeAt, generation: 1, managedFields };
    const whole: Made = { ...object, metadata: { ...given, ...metadata } };
    this.#objects.push(whole);
    if (kind === 'Pod') this.#pods.push(whole);
    return whole;
  }

  play(workload: WrittenWorkload, controller: Made): void {
    const owner = this.#podsOwner(workload, controller);
    for (let replica = 0; replica < workload.replicas; replica += 1) {
      const number = this.#pods.length;
      const node = nodeName(workload.kind === 'DaemonSet' ? replica : number % this.#size.nodes);
      const pod = this.add(owned(played.pod(workload, { replica, number, node, spec: podSpec(workload) }), owner));
      if (workload.kind === 'StatefulSet') for (const object of played.claim(workload, pod.metadata.name)) this.add(object);
    }
    if (workload.kind === 'Deployment' || workload.kind === 'StatefulSet') this.add(played.endpoints(workload));
  }

  filledUp(objects: number): KubeObject[] {
    for (let number = 0; this.#objects.length < objects; number += 1) {
      const pod = this.#pods[number % this.#pods.length];
      if (pod === undefined) break;
      this.add(played.event(pod, number));
    }
    return this.#objects;
  }

  /** What owns the pods: the newest ReplicaSet, the Job of the last run, or the workload itself. */
  #podsOwner(workload: WrittenWorkload, controller: Made): Made {
    const { kind, name, namespace, replicas } = workload;
    if (kind === 'CronJob')
      return this.add(owned(withStatus(made('Job', namespace, `${name}-1`, { spec: { completions: 1, template: {} } }), workload), controller));
    if (kind !== 'Deployment') return controller;
    let newest = controller;
    for (let revision = 1; revision <= revisionsKept; revision += 1) {
      newest = this.add(owned(played.replicaSet(workload, revision, revision === revisionsKept ? replicas : 0), controller));
    }
    return newest;
  }
}

function uidOf({ kind, metadata }: Made): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

function owned(object: Made, { apiVersion, kind, metadata: { name, uid = '' } }: Made): Made {
  return { ...object, metadata: { ...object.metadata, ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }] } };
}
