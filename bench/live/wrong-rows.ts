import { type ClusterAccess, findKind, listAll } from '@quarterdeck/cluster';
import { type Column, descriptorFor, type KubeObject, type Row } from '@quarterdeck/contract';

export interface WrongRows {
  missing: number;
  doubled: number;
  /** Of pods that are not there. */
  extra: number;
  /** With a cell, a name or a state that is not the pod's. */
  different: number;
}

/** Compares what the workbench shows with a fresh LIST. Columns that show times are compared as the instants they are. */
export async function findWrongRows(
  access: ClusterAccess,
  shown: { rows: readonly Row[]; columns: readonly Column[] },
  signal: AbortSignal,
): Promise<WrongRows> {
  const { items } = await listAll(access, findKind(await access.kinds(signal), 'pods'), { signal });
  const fresh = new Map(items.map((pod) => [pod.metadata.uid ?? '', pod]));
  const seen = new Set<string>();
  const wrong: WrongRows = { missing: 0, doubled: 0, extra: 0, different: 0 };
  for (const row of shown.rows) {
    const pod = fresh.get(row.uid);
    if (seen.has(row.uid)) wrong.doubled += 1;
    else if (pod === undefined) wrong.extra += 1;
    else if (!isRowOf(row, shown.columns, pod)) wrong.different += 1;
    seen.add(row.uid);
  }
  wrong.missing = items.filter((pod) => !seen.has(pod.metadata.uid ?? '')).length;
  return wrong;
}

function isRowOf(row: Row, columns: readonly Column[], pod: KubeObject): boolean {
  const descriptor = descriptorFor('v1', 'Pod');
  const now = Date.now();
  const cells = columns.map(({ id }) => descriptor.columns.find((column) => column.id === id)?.getValue(pod, now) ?? null);
  return (
    row.object.name === pod.metadata.name &&
    row.object.namespace === pod.metadata.namespace &&
    row.state === descriptor.health(pod, now).state &&
    JSON.stringify(row.cells) === JSON.stringify(cells)
  );
}
