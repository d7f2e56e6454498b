import { type PatchLeaf, patchLeaves } from './patch-leaves.ts';

const metadataAllowed = new Set(['labels', 'annotations']);
const hostAccess = new Set(['hostnetwork', 'hostpid', 'hostipc', 'privileged', 'allowprivilegeescalation']);

function scalesDown(last: string, value: PatchLeaf['value']): boolean {
  const counts = last === 'replicas' || last === 'minreplicas' || last === 'maxreplicas' || last === 'parallelism';
  return counts && !(typeof value === 'number' && Number.isInteger(value) && value >= 1);
}

function hostReason(path: readonly string[], last: string, value: PatchLeaf['value']): string | null {
  const grantsHost = hostAccess.has(last) && value !== false && value !== null;
  const grantsRoot = (last === 'runasuser' && value === 0) || (last === 'runasnonroot' && value === false);
  const mountsHost = path.includes('hostpath') && last !== 'type';
  const addsCapability = path.includes('capabilities') && path.includes('add') && value !== null;
  return grantsHost || grantsRoot || mountsHost || addsCapability ? `it gives the container more rights on the node (${path.join('.')})` : null;
}

function leafReason(leaf: PatchLeaf): string | null {
  const path = leaf.path.map((step) => step.toLowerCase());
  const last = path.at(-1) ?? '';
  if (path.some((step) => step.startsWith('$'))) return 'patch directives are not let through';
  if (path.length < 2) return `it replaces all of ${last === '' ? 'the object' : last}`;
  if (path[0] === 'metadata' && !metadataAllowed.has(path[1] ?? '')) return `it changes metadata.${leaf.path[1]}`;
  if (path[0] === 'status') return 'it changes the status, which controllers write';
  if (scalesDown(last, leaf.value)) return `it sets ${leaf.path.join('.')} to ${leaf.value}: fewer than one replica`;
  if (last === 'suspend' && leaf.value !== false) return 'it suspends the workload';
  if (path.includes('volumeclaimtemplates') || path.includes('persistentvolumeclaimretentionpolicy')) return 'it changes the volumes that hold data';
  return hostReason(path, last, leaf.value);
}

/** Why a patch is refused, or null. `type` is kubectl's `--type`. */
export function patchReason(text: string, type: string): string | null {
  if (!['json', 'merge', 'strategic'].includes(type)) return `patch type ${type} is not let through`;
  const leaves = patchLeaves(text, type);
  if (leaves.value === null) return leaves.problem;
  if (leaves.value.length === 0) return 'the patch changes nothing';
  for (const leaf of leaves.value) {
    const reason = leafReason(leaf);
    if (reason !== null) return reason;
  }
  return null;
}
