import { type ClusterAccess, findKind, listAll } from '@quarterdeck/cluster';
import { type Column, descriptorFor, type KubeObject, type Row } from '@quarterdeck/contract';

export interface WrongRows {
  compared: number;
  missing: number;
  doubled: number;
  /** Of pods that were gone before and after. */
  extra: number;
  /** With a cell, a name or a state that is not the pod's. */
  different: number;
}

/** What a row shows may follow time alone, and is then made anew so often. Milliseconds. */
const refreshMs = 16_000;

/**
 * Compares what the workbench shows with two fresh LISTs, one from before its rows were read and one from after: of a pod
 * that is the same in both there is one right row; a cluster of this size goes on changing by itself for minutes.
 * Columns that show times are compared as the instants they are.
 */
export async function findWrongRows(
  access: ClusterAccess,
  read: () => Promise<{ rows: readonly Row[]; columns: readonly Column[] }>,
  signal: AbortSignal,
): Promise<WrongRows> {
  const before = await listPods(access, signal);
  const { rows, columns } = await read();
  const after = await listPods(access, signal);
  const isStable = (uid: string) => before.get(uid)?.metadata.resourceVersion === after.get(uid)?.metadata.resourceVersion;
  const wrong: WrongRows = { compared: rows.length, missing: 0, doubled: 0, extra: 0, different: 0 };
  const seen = new Set<string>();
  for (const row of rows.filter(({ uid }) => isStable(uid))) {
    const pod = after.get(row.uid);
    if (seen.has(row.uid)) wrong.doubled += 1;
    else if (pod === undefined) wrong.extra += 1;
    else if (!isRowOf(row, columns, pod)) wrong.different += 1;
    seen.add(row.uid);
  }
  wrong.missing = [...after.keys()].filter((uid) => isStable(uid) && !seen.has(uid)).length;
  return wrong;
}

async function listPods(access: ClusterAccess, signal: AbortSignal): Promise<Map<string, KubeObject>> {
  const { items } = await listAll(access, findKind(await access.kinds(signal), 'pods'), { signal });
  return new Map(items.map((pod) => [pod.metadata.uid ?? '', pod]));
}

function isRowOf(row: Row, columns: readonly Column[], pod: KubeObject): boolean {
  const descriptor = descriptorFor('v1', 'Pod');
  const now = Date.now();
  const states = [now, now - refreshMs].map((moment) => descriptor.health(pod, moment).state);
  const cells = columns.map(({ id }) => descriptor.columns.find((column) => column.id === id)?.getValue(pod, now) ?? null);
  return (
    row.object.name === pod.metadata.name &&
    row.object.namespace === pod.metadata.namespace &&
    states.includes(row.state) &&
    JSON.stringify(row.cells) === JSON.stringify(cells)
  );
}
