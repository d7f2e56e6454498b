import { findKind, listWhereAllowed } from '@quarterdeck/cluster';
import { AppError, type KubeObject, type ObjectRef, type ResourceKind, refOf, toAppError } from '@quarterdeck/contract';
import { nearestNames } from '@quarterdeck/diagnosis';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { SeenObject } from './assistant-tool.ts';

/** How tools are told which object is meant. */
export const objectShape = {
  kind: z.string().min(1).max(253).describe('`Pod`, `pods`, `deploy` or, where two groups share a name, `Kind.group`.'),
  name: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63).optional().describe('Left out: wherever an object of that name is.'),
};

export interface NamedObject {
  kind: string;
  name: string;
  namespace?: string | undefined;
}

export interface FoundObject {
  kind: ResourceKind;
  object: KubeObject;
  ref: ObjectRef;
}

/** The kind that `Pod`, `pods`, `po` or `Kind.group` means; it may have been installed a moment ago. Throws NOT_FOUND with the nearest names. */
export async function servedKind({ access }: Pick<AskedCluster, 'access'>, text: string, signal: AbortSignal): Promise<ResourceKind> {
  try {
    return findKind(await access.kinds(signal), text);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'NOT_FOUND') throw thrown;
    return findKind(await access.kinds(signal, 'anew'), text);
  }
}

/** The object that is meant; without a namespace, the only one of that name. Throws NOT_FOUND with the nearest names, or VALIDATION_ERROR where several have it. */
export async function findObject(cluster: AskedCluster, named: NamedObject, signal: AbortSignal): Promise<FoundObject> {
  const kind = await servedKind(cluster, named.kind, signal);
  const namespace = named.namespace ?? null;
  if (!kind.namespaced || namespace !== null) {
    const object = await cluster.access.get(kind, kind.namespaced ? namespace : null, named.name, signal);
    return { kind, object, ref: refOf(object) };
  }
  const object = await findByName(cluster, kind, named.name, signal);
  return { kind, object, ref: refOf(object) };
}

async function findByName(cluster: AskedCluster, kind: ResourceKind, name: string, signal: AbortSignal): Promise<KubeObject> {
  const options = { namespace: null, hint: cluster.namespace, signal };
  const listed = await listWhereAllowed(cluster.access, kind, { ...options, fieldSelector: `metadata.name=${name}` });
  const found = listed.filter((object) => object.metadata.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const inUsual = found.find((object) => object.metadata.namespace === cluster.namespace);
  if (inUsual !== undefined) return inUsual;
  if (only !== undefined) {
    const namespaces = found.map((object) => object.metadata.namespace ?? '');
    throw new AppError('VALIDATION_ERROR', `There is a ${kind.kind} ${name} in ${namespaces.join(' and ')}.`, {
      hint: 'Name the namespace.',
      details: { namespaces },
    });
  }
  const names = (await listWhereAllowed(cluster.access, kind, options)).map((object) => object.metadata.name);
  const near = nearestNames(name, [...new Set(names)]);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `list_resources shows what there is of ${kind.kind}.`;
  throw new AppError('NOT_FOUND', `There is no ${kind.kind} ${name} in any namespace that can be looked at.`, { hint, details: { near } });
}

/** An object as it is cited. */
export function seen(object: KubeObject): SeenObject {
  const { kind, namespace, name } = refOf(object);
  return { kind, namespace, name, resourceVersion: object.metadata.resourceVersion ?? null };
}

export function seenRef({ kind, namespace, name }: ObjectRef): SeenObject {
  return { kind, namespace, name, resourceVersion: null };
}
