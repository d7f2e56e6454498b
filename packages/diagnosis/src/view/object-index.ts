import { type BuiltInKind, builtInKinds, groupOf, isKind, type KindTypes, type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';

/** Objects by kind, namespace and name. Lists are sorted, so that the order of arrival never shows. */
export class ObjectIndex {
  readonly #objects = new Map<string, KubeObject>();
  readonly #lists = new Map<string, readonly KubeObject[]>();
  readonly #customLists = new Map<string, readonly KubeObject[]>();
  readonly #kindOfList = new WeakMap<readonly KubeObject[], BuiltInKind>();
  readonly #byKind: Map<string, KubeObject[]>;

  constructor(objects: Iterable<KubeObject>) {
    for (const object of objects) this.#objects.set(refKey(refOf(object)), object);
    this.#byKind = Map.groupBy(this.#objects.values(), (object) => kindKey(object.apiVersion, object.kind));
  }

  find(ref: ObjectRef): KubeObject | undefined {
    return this.#objects.get(refKey(ref));
  }

  all(): Iterable<KubeObject> {
    return this.#objects.values();
  }

  get<K extends BuiltInKind>(kind: K, namespace: string | null, name: string): KindTypes[K] | undefined {
    const { apiVersion, namespaced } = builtInKinds[kind];
    const object = this.#objects.get(refKey({ apiVersion, kind, namespace: namespaced ? namespace : null, name }));
    return object !== undefined && isKind(object, kind) ? object : undefined;
  }

  list<K extends BuiltInKind>(kind: K, namespace?: string): readonly KindTypes[K][] {
    const key = namespace === undefined ? kind : `${kind}|${namespace}`;
    const list = this.#lists.get(key) ?? this.#remember(key, kind, namespace);
    return this.#holds(list, kind) ? list : [];
  }

  /** As `list`, of a kind that has no type here. */
  listCustom(group: string, kind: string, namespace?: string): readonly KubeObject[] {
    const key = `${group}|${kind}|${namespace ?? ''}`;
    const known = this.#customLists.get(key);
    if (known !== undefined) return known;
    const all = this.#byKind.get(`${group}|${kind}`) ?? [];
    const list = (namespace === undefined ? [...all] : all.filter(({ metadata }) => metadata.namespace === namespace)).sort(byName);
    this.#customLists.set(key, list);
    return list;
  }

  #remember(key: string, kind: BuiltInKind, namespace: string | undefined): readonly KubeObject[] {
    if (namespace === undefined) {
      const list = [...(this.#byKind.get(kindKey(builtInKinds[kind].apiVersion, kind)) ?? [])].sort(byName);
      this.#kindOfList.set(list, kind);
      this.#lists.set(key, list);
      return list;
    }
    this.#splitByNamespace(kind);
    return this.#lists.get(key) ?? [];
  }

  /** One pass over a kind fills the lists of all its namespaces. */
  #splitByNamespace(kind: BuiltInKind): void {
    for (const [namespace, list] of Map.groupBy(this.list(kind), (object) => object.metadata.namespace ?? '')) {
      this.#kindOfList.set(list, kind);
      this.#lists.set(`${kind}|${namespace}`, list);
    }
  }

  #holds<K extends BuiltInKind>(list: readonly KubeObject[], kind: K): list is readonly KindTypes[K][] {
    return this.#kindOfList.get(list) === kind;
  }
}

function kindKey(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)}|${kind}`;
}

function byName(a: KubeObject, b: KubeObject): number {
  return compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || compareText(a.metadata.name, b.metadata.name);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
