import type { ObjectRef } from '@quarterdeck/contract';

type Plain = Readonly<Record<string, unknown>>;
type WithMetadata = Readonly<{ metadata?: unknown }>;

/** The object that controls this one, e.g. a pod's ReplicaSet; null where none does or it is not said. */
export function controllerIn(object: WithMetadata | undefined, namespace: string | null): ObjectRef | null {
  const { ownerReferences: owners } = isPlain(object?.metadata) ? object.metadata : {};
  const owner: unknown = Array.isArray(owners) ? owners.find((each) => isPlain(each) && each.controller === true) : undefined;
  if (!isPlain(owner)) return null;
  const { apiVersion, kind, name } = owner;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return null;
  return { apiVersion, kind, namespace, name };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
