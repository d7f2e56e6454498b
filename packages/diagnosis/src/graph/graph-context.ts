import { type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Relation } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { ObjectIndex } from '../view/object-index.ts';
import { LabelIndex } from './label-selector.ts';

const defaultAnnotations = {
  StorageClass: 'storageclass.kubernetes.io/is-default-class',
  IngressClass: 'ingressclass.kubernetes.io/is-default-class',
} as const;

/** A `calls` edge without the pod that it leaves. */
export type Call = Omit<Relation, 'from'>;

/** What several edges are drawn with, worked out once. */
export class GraphContext {
  readonly index: ObjectIndex;
  readonly scope: ClusterView['scope'];
  readonly #pods = new Map<string, LabelIndex<KubeObject>>();
  readonly #defaults = new Map<string, string | undefined>();
  readonly #refs = new WeakMap<KubeObject, ObjectRef>();

  readonly #calls = new Map<string, readonly Call[]>();

  constructor(index: ObjectIndex, scope: ClusterView['scope']) {
    this.index = index;
    this.scope = scope;
  }

  podsByLabel(namespace: string): LabelIndex<KubeObject> {
    const pods = this.#pods.get(namespace) ?? new LabelIndex<KubeObject>(this.index.list('Pod', namespace));
    this.#pods.set(namespace, pods);
    return pods;
  }

  /** One reference an object, however many edges point at it. */
  refOf(object: KubeObject): ObjectRef {
    const ref = this.#refs.get(object) ?? refOf(object);
    this.#refs.set(object, ref);
    return ref;
  }

  /** The calls of a template, read once for all pods that share it. */
  calls(key: string, read: () => Call[]): readonly Call[] {
    const calls = this.#calls.get(key) ?? read();
    this.#calls.set(key, calls);
    return calls;
  }

  /** The class that is used where none is named: of several the newest, as the API server chooses. */
  defaultClass(kind: keyof typeof defaultAnnotations): string | undefined {
    if (!this.#defaults.has(kind)) {
      const marked = this.index.list(kind).filter((each) => each.metadata.annotations?.[defaultAnnotations[kind]] === 'true');
      const newest = marked.reduce<KubeObject | undefined>((best, each) => (best === undefined || createdOf(each) > createdOf(best) ? each : best), undefined);
      this.#defaults.set(kind, newest?.metadata.name);
    }
    return this.#defaults.get(kind);
  }
}

function createdOf(object: KubeObject): string {
  return object.metadata.creationTimestamp ?? '';
}
