import type { ObjectRef } from '@quarterdeck/contract';

type Plain = Readonly<Record<string, unknown>>;

/** The object that controls this one, e.g. a pod's ReplicaSet; null where none does or it is not said. */
export function controllerIn(object: Plain | undefined, namespace: string | null): ObjectRef | null {
  const owners = metadataOf(object).ownerReferences;
  const owner: unknown = Array.isArray(owners) ? owners.find((each) => isPlain(each) && each.controller === true) : undefined;
  if (!isPlain(owner)) return null;
  const { apiVersion, kind, name } = owner;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return null;
  return { apiVersion, kind, namespace, name };
}

/** `app=web`, by name. */
export function labelsIn(object: Plain | undefined): string[] {
  const { labels } = metadataOf(object);
  return isPlain(labels)
    ? Object.entries(labels)
        .map(([name, value]) => `${name}=${String(value)}`)
        .sort()
    : [];
}

function metadataOf(object: Plain | undefined): Plain {
  return isPlain(object?.metadata) ? object.metadata : {};
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
