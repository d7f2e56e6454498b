import { builtInKinds, type KubeObject } from '@quarterdeck/contract';
import { parseAllDocuments } from 'yaml';

/** The moment that test objects live in: created an hour before it unless they say otherwise. */
export const testNow = Date.parse('2026-05-04T12:00:00Z');

/** ISO 8601, so many seconds before `testNow`. */
export function ago(seconds: number): string {
  return new Date(testNow - seconds * 1000).toISOString();
}

/**
 * Objects from YAML documents as the cluster would serve them: `apiVersion` of a built-in kind, `namespace: shop` for
 * what lives in one (a custom resource without says `namespace: null`), a uid made of kind and name, a creation time and the uids of owners are filled in where they are left out.
 */
export function fromYaml(text: string): KubeObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const value: unknown = document.toJS();
    return value === null ? [] : [completed(value)];
  });
}

function completed(value: unknown): KubeObject {
  if (!isRecord(value) || typeof value.kind !== 'string') throw new Error('A document without a kind.');
  const kind = value.kind;
  const known = new Map(Object.entries(builtInKinds)).get(kind);
  const { namespace: given, ...metadata }: Record<string, unknown> = isRecord(value.metadata) ? value.metadata : {};
  const name = String(metadata.name ?? kind.toLowerCase());
  const namespace = known?.namespaced === false || given === null ? undefined : String(given ?? 'shop');
  const owners = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences.filter(isRecord) : null;
  return {
    apiVersion: known?.apiVersion ?? 'v1',
    ...value,
    kind,
    metadata: {
      uid: `uid-${kind}-${name}`,
      creationTimestamp: ago(3600),
      ...metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(owners === null ? {} : { ownerReferences: owners.map(completedOwner) }),
    },
  };
}

function completedOwner(owner: Record<string, unknown>) {
  const [kind, name] = [String(owner.kind), String(owner.name)];
  const apiVersion = new Map(Object.entries(builtInKinds)).get(kind)?.apiVersion ?? 'v1';
  return { controller: true, ...owner, apiVersion: String(owner.apiVersion ?? apiVersion), uid: String(owner.uid ?? `uid-${kind}-${name}`), kind, name };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
