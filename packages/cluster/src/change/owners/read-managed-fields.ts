import type { ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { objectPath } from '../../access/resource-path.ts';
import { readRaw } from '../send-change.ts';

type Place = { kind: ResourceKind; namespace: string | null; name: string };

/** Who set which fields, as the server keeps it; null in a recording, and where the object is gone. */
export async function readManagedFields(access: Pick<ClusterAccess, 'api'>, { kind, namespace, name }: Place, signal: AbortSignal): Promise<unknown> {
  if (access.api === null) return null;
  const live = await readRaw(access.api, objectPath(kind, namespace, name), { resource: kind.plural, namespace, name }, signal);
  return live?.metadata.managedFields ?? null;
}
