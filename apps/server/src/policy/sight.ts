import { createHash } from 'node:crypto';
import { type AccessPolicy, builtInKinds, groupOf, isKind, type KubeObject, type ObjectRef, type ResourceKind, refOf } from '@quarterdeck/contract';

type KindName = Pick<ObjectRef, 'apiVersion' | 'kind'>;

/** Kinds that show what another kind holds: whoever may know of that one may know of these. */
const sameAs: Readonly<Record<string, string>> = {
  'PodMetrics.metrics.k8s.io': 'Pod',
  'NodeMetrics.metrics.k8s.io': 'Node',
};

const clusterScoped: ReadonlySet<string> = new Set(
  Object.entries(builtInKinds)
    .filter(([, { namespaced }]) => !namespaced)
    .map(([kind]) => kind.toLowerCase()),
);

/** What part of a cluster one policy shows: the one place that says whether an object may be known of. Pure. */
export class Sight {
  /** Whether nothing is hidden. */
  readonly whole: boolean;
  /** The same for policies that show the same. */
  readonly id: string;
  /** The only namespaces that are shown; null for all. Sorted. */
  readonly namespaces: readonly string[] | null;
  private readonly names: ReadonlySet<string>;
  private readonly kinds: ReadonlySet<string>;
  private readonly allKinds: boolean;
  private readonly known = new Map<string, boolean>();

  constructor({ namespaces, kinds }: AccessPolicy) {
    this.namespaces = namespaces.includes('*') ? null : [...new Set(namespaces)].sort();
    this.names = new Set(this.namespaces ?? []);
    this.kinds = new Set(kinds);
    this.allKinds = kinds.includes('*');
    this.whole = this.namespaces === null && this.allKinds;
    this.id = idOf(this.namespaces, this.allKinds ? null : [...this.kinds].sort());
  }

  seesNamespace(name: string): boolean {
    return this.namespaces === null || this.names.has(name);
  }

  /** Whether objects of a kind may be known of. Namespaces go by their names: there are some to know of wherever one is allowed. */
  seesKind({ apiVersion, kind }: KindName): boolean {
    if (this.allKinds) return true;
    const key = `${apiVersion} ${kind}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const seen = this.allows(apiVersion, kind);
    // What clients send must not fill the memory.
    if (this.known.size < 2_000) this.known.set(key, seen);
    return seen;
  }

  /** As `seesKind`, and not because all kinds are allowed. */
  namesKind(kind: KindName): boolean {
    return !this.allKinds && this.seesKind(kind);
  }

  sees({ apiVersion, kind, namespace, name }: ObjectRef): boolean {
    if (this.whole) return true;
    if (isNamespace({ apiVersion, kind })) return this.seesNamespace(name);
    return this.seesKind({ apiVersion, kind }) && (namespace === null || this.seesNamespace(namespace));
  }

  /** As `sees`; of an event, what it is about must be visible too. */
  seesObject(object: KubeObject): boolean {
    if (this.whole) return true;
    if (!isKind(object, 'Event')) return this.sees(refOf(object));
    return this.seesKind(object) && this.seesEvent(object.metadata.namespace ?? '', involvedIn(object.involvedObject));
  }

  /** Whether an event that lies in `namespace` may be known of, as far as it goes by what it is about. */
  seesEvent(namespace: string, about: ObjectRef): boolean {
    // What happens to a cluster-scoped object is written down in a namespace that has nothing to do with it.
    return this.sees(about) && (about.namespace === null || this.seesNamespace(namespace));
  }

  /** As `seesEvent` where nothing is known of what it is about but the words `Pod` and `web`. */
  seesEventAbout(namespace: string, kindName: string, name: string): boolean {
    const kind = kindName.toLowerCase();
    if (kind === 'namespace') return this.seesNamespace(name) && this.seesNamespace(namespace);
    if (!this.kindNames((allowed) => allowed.toLowerCase() === kind)) return false;
    return clusterScoped.has(kind) || this.seesNamespace(namespace);
  }

  /** Whether one of the allowed kinds has a name that fits; any name fits where all kinds are allowed. */
  kindNames(fits: (name: string) => boolean): boolean {
    return this.allKinds || [...this.kinds].some((allowed) => fits(allowed.split('.')[0] ?? ''));
  }

  /** Whether all objects of a kind are visible, wherever they are. */
  seesAllOf(kind: Pick<ResourceKind, 'apiVersion' | 'kind' | 'namespaced'>): boolean {
    if (this.whole) return true;
    if (isNamespace(kind)) return this.namespaces === null;
    return this.seesKind(kind) && (!kind.namespaced || this.namespaces === null);
  }

  private allows(apiVersion: string, kind: string): boolean {
    if (isNamespace({ apiVersion, kind })) return this.namespaces === null || this.names.size > 0;
    const group = groupOf(apiVersion);
    if (group !== '' && this.kinds.has(`${kind}.${group}`)) return true;
    const other = sameAs[`${kind}.${group}`];
    return this.kinds.has(other ?? kind) && (other !== undefined || isNative(kind, group));
  }
}

/** A plain name stands for the kind that Kubernetes has under it, and for no other group's. */
function isNative(kind: string, group: string): boolean {
  const builtIn = Object.entries(builtInKinds).find(([name]) => name === kind);
  if (builtIn !== undefined) return groupOf(builtIn[1].apiVersion) === group;
  return !group.includes('.') || group.endsWith('.k8s.io');
}

export function isNamespace({ apiVersion, kind }: KindName): boolean {
  return kind === 'Namespace' && groupOf(apiVersion) === '';
}

/** What an event is about, as events name it. */
export function involvedIn(about: { [Field in keyof ObjectRef]?: string | null | undefined }): ObjectRef {
  return { apiVersion: about.apiVersion ?? 'v1', kind: about.kind ?? '', namespace: about.namespace || null, name: about.name ?? '' };
}

function idOf(namespaces: readonly string[] | null, kinds: readonly string[] | null): string {
  return createHash('sha256')
    .update(JSON.stringify([namespaces, kinds]))
    .digest('hex')
    .slice(0, 16);
}
