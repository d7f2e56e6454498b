import { groupOf, isKind, type KindTypes, type KubeObject, type ObjectRef, refKey, refOf, refTo } from '@quarterdeck/contract';
import type { ObjectIndex } from './object-index.ts';

/** What is made by a controller for itself; everything else is an object that a person writes, even where an operator owns it. */
const madeByControllers = new Set(['Pod', 'ReplicaSet', 'ReplicationController', 'Job', 'EndpointSlice', 'ControllerRevision']);

/** Who controls whom, by ownerReferences; walked upwards to name and downwards to count. */
export class Ownership {
  readonly #index: ObjectIndex;
  #children: Map<string, KubeObject[]> | null = null;
  #pods = new Map<string, readonly KindTypes['Pod'][]>();

  constructor(index: ObjectIndex) {
    this.#index = index;
  }

  topOwner(ref: ObjectRef): ObjectRef {
    let top = ref;
    for (let depth = 0; depth < 5; depth++) {
      const object = madeByControllers.has(top.kind) ? this.#index.find(top) : undefined;
      const owner = object === undefined ? null : controllerOf(object);
      if (owner === null || owner.kind === 'Node') return this.#deploymentOf(top, ref);
      top = owner;
    }
    return top;
  }

  /** The Deployment of a ReplicaSet that could not be read, known by the pod-template-hash at the end of its name. */
  #deploymentOf(top: ObjectRef, from: ObjectRef): ObjectRef {
    if (top.kind !== 'ReplicaSet' || this.#index.find(top) !== undefined) return top;
    const hash = this.#index.find(from)?.metadata.labels?.['pod-template-hash'];
    if (hash === undefined || !top.name.endsWith(`-${hash}`)) return top;
    return refTo('Deployment', top.namespace, top.name.slice(0, -hash.length - 1));
  }

  podsOf(ref: ObjectRef): readonly KindTypes['Pod'][] {
    const key = refKey(ref);
    const known = this.#pods.get(key);
    if (known !== undefined) return known;
    const pods = [...this.#podsBelow(ref, 0)];
    this.#pods.set(key, pods);
    return pods;
  }

  *#podsBelow(ref: ObjectRef, depth: number): Iterable<KindTypes['Pod']> {
    const object = this.#index.find(ref);
    if (object !== undefined && isKind(object, 'Pod')) {
      yield object;
      return;
    }
    if (depth > 4) return;
    this.#children ??= this.#groupByController();
    for (const child of this.#children.get(refKey(ref)) ?? []) yield* this.#podsBelow(refOf(child), depth + 1);
  }

  #groupByController(): Map<string, KubeObject[]> {
    const owned = (['ReplicaSet', 'Job', 'Pod'] as const).flatMap((kind): readonly KubeObject[] => this.#index.list(kind));
    return Map.groupBy(owned, (object) => this.#controllerKey(object));
  }

  /** An owner of the same name but another uid is a later object: the child is an orphan. */
  #controllerKey(object: KubeObject): string {
    const owner = controllerOf(object);
    if (owner === null) return '';
    const reference = object.metadata.ownerReferences?.find((candidate) => candidate.controller === true);
    const uid = this.#index.find(owner)?.metadata.uid;
    return uid === undefined || !reference?.uid || reference.uid === uid ? refKey(owner) : '';
  }
}

/** The controlling owner, whether it can be seen or not. */
export function controllerOf(object: KubeObject): ObjectRef | null {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (owner === undefined) return null;
  const clusterScoped = owner.kind === 'Node' && groupOf(owner.apiVersion) === '';
  return { apiVersion: owner.apiVersion, kind: owner.kind, namespace: clusterScoped ? null : (object.metadata.namespace ?? null), name: owner.name };
}
