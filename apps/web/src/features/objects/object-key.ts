import { groupOf, type ObjectRef, type ResourceKind } from '@quarterdeck/contract';

/** What the routes take as `kind`: `Pod`, or `Deployment.apps` where the kind has a group. */
export function kindName(kind: { apiVersion: string; kind: string }): string {
  const group = groupOf(kind.apiVersion);
  return group === '' ? kind.kind : `${kind.kind}.${group}`;
}

/** The kind as a page's address: the plural (`pods`), or `Kind.group` where another group has the same plural. */
export function kindSlug(kind: ResourceKind, all: readonly ResourceKind[]): string {
  const shared = all.some((other) => other.plural === kind.plural && other !== kind);
  return shared && groupOf(kind.apiVersion) !== '' ? kindName(kind) : kind.plural;
}

export function kindOfSlug(slug: string, all: readonly ResourceKind[]): ResourceKind | undefined {
  return (
    all.find((kind) => kindSlug(kind, all) === slug) ?? all.find((kind) => kindName(kind) === slug || kind.kind === slug || kind.shortNames.includes(slug))
  );
}

/** An object in the URL: `Pod/shop/api-0`, `Deployment.apps/shop/api`, `Node/n1`. */
export function objectKey(ref: ObjectRef): string {
  return [kindName(ref), ...(ref.namespace === null ? [] : [ref.namespace]), ref.name].join('/');
}

export interface ObjectAddress {
  /** As the routes take it. */
  kind: string;
  namespace: string | null;
  name: string;
}

/** Undefined for what `objectKey` would not write. */
export function parseObjectKey(key: string): ObjectAddress | undefined {
  const parts = key.split('/');
  const [kind, second, third] = parts;
  if (kind === undefined || kind === '' || second === undefined || parts.length > 3) return undefined;
  return third === undefined ? { kind, namespace: null, name: second } : { kind, namespace: second, name: third };
}

/** `StatefulSets`, `NetworkPolicies`: the kind's own capitals on the plural of its API path. */
export function pluralLabel(kind: { kind: string; plural: string }): string {
  let same = 0;
  while (same < kind.kind.length && kind.kind[same]?.toLowerCase() === kind.plural[same]) same += 1;
  return kind.kind.slice(0, same) + kind.plural.slice(same);
}
