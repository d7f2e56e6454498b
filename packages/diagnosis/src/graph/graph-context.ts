import type { KubeObject, ObjectRef } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { Memo } from '../incremental/memo.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { Relation } from '../model/relation.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { AddressIndex } from '../view/address-index.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { ObjectIndex } from '../view/object-index.ts';
import type { PodLabels } from '../view/pod-labels.ts';
import type { HostLookup } from './hosts/resolve-host.ts';

const defaultAnnotations = {
  StorageClass: 'storageclass.kubernetes.io/is-default-class',
  IngressClass: 'ingressclass.kubernetes.io/is-default-class',
} as const;

/** A `calls` edge without the pod that it leaves. */
export type Call = Omit<Relation, 'from'>;

export interface GraphContextInput {
  index: ObjectIndex;
  scope: ClusterView['scope'];
  labels: PodLabels;
  addresses: AddressIndex;
  tracker: Tracker;
}

/** What edges are drawn with. What is read here is noted, so that an edge is drawn anew when it may be another one. */
export class GraphContext {
  readonly index: ObjectIndex;
  /** What names of hosts are resolved with. */
  readonly lookup: HostLookup;
  readonly #labels: PodLabels;
  readonly #calls: Memo<readonly Call[]>;
  readonly #almost: Memo<boolean>;

  constructor({ index, scope, labels, addresses, tracker }: GraphContextInput) {
    this.index = index;
    this.#labels = labels;
    this.lookup = {
      get: (kind, namespace, name) => index.get(kind, namespace, name),
      names: (kind, namespace) => index.names(kind, namespace),
      at: (address) => addresses.at(address),
      scope,
    };
    this.#calls = new Memo(tracker);
    this.#almost = new Memo(tracker);
  }

  /** The pods of a namespace that a selector fits, by name. */
  podsMatching(namespace: string, selector: LabelSelector | undefined): ObjectRef[] {
    return this.#labels.matching(namespace, selector).map(({ ref }) => ref);
  }

  /** One reference an object, however many edges point at it. */
  refOf(object: KubeObject): ObjectRef {
    return this.index.refOf(object);
  }

  /** The calls of a template, read once for all that share it. `key` must hold all that `read` uses of the template. */
  calls(key: string, read: () => Call[]): readonly Call[] {
    return this.#calls.get(key, read);
  }

  /** Whether a Service anywhere is called almost so. */
  isAlmostService(host: string): boolean {
    return this.#almost.get(host, () => nearMiss(host, this.index.names('Service')) !== null);
  }

  /** The class that is used where none is named: of several the newest, as the API server chooses. */
  defaultClass(kind: keyof typeof defaultAnnotations): string | undefined {
    const marked = this.index.list(kind).filter((each) => each.metadata.annotations?.[defaultAnnotations[kind]] === 'true');
    const newest = marked.reduce<KubeObject | undefined>((best, each) => (best === undefined || createdOf(each) > createdOf(best) ? each : best), undefined);
    return newest?.metadata.name;
  }

  /** Works out anew what is stale, one step at a time. */
  *settle(): Iterable<void> {
    yield* this.#almost.settle();
    yield* this.#calls.settle();
  }

  /** Forgets what no edge needs any more. */
  tidy(): void {
    this.#calls.tidy();
    this.#almost.tidy();
  }
}

function createdOf(object: KubeObject): string {
  return object.metadata.creationTimestamp ?? '';
}
