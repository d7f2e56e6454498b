import { type PatchLeaf, patchLeaves } from './patch-leaves.ts';

const metadataAllowed = new Set(['labels', 'annotations']);
const hostAccess = new Set(['hostnetwork', 'hostpid', 'hostipc', 'privileged', 'allowprivilegeescalation', 'hostport', 'procmount', 'nodename']);
const countsPods = new Set(['replicas', 'minreplicas', 'maxreplicas', 'parallelism']);
/** More pods than this at once is a load test, or a slip. */
const mostReplicas = 100;

/** Why so many replicas are no plan's to set, or null. */
export function replicaCountReason(value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) return 'fewer than one replica';
  return value > mostReplicas ? `more than ${mostReplicas} replicas` : null;
}

function countReason(path: string, last: string, value: PatchLeaf['value']): string | null {
  const reason = countsPods.has(last) ? replicaCountReason(value) : null;
  return reason === null ? null : `it sets ${path} to ${value}: ${reason}`;
}

/** What takes pods away or keeps the cluster from bringing them back, other than by their number. */
function stopReason(path: readonly string[], last: string, value: PatchLeaf['value']): string | null {
  if ((last === 'suspend' || last === 'paused') && value !== false) return last === 'suspend' ? 'it suspends the workload' : 'it pauses the rollout';
  if (last === 'maxunavailable' && path.includes('rollingupdate') && value === '100%') return 'it lets a rollout take all pods away at once';
  if (last === 'revisionhistorylimit' && value === 0) return 'it deletes the revisions that one could go back to';
  const isItem = /^\d+$/.test(last) && /containers$/.test(path.at(-2) ?? '');
  return isItem && value === null ? 'it takes a container away' : null;
}

/** What opens something to others, or hands on somebody's rights. */
function exposureReason(path: readonly string[], last: string, value: PatchLeaf['value']): string | null {
  if (path.includes('externalips') || (path[0] === 'spec' && last === 'type' && (value === 'NodePort' || value === 'LoadBalancer')))
    return 'it opens a Service to the outside';
  if (path.includes('tls') && value === null) return 'it takes TLS away';
  return path.includes('annotations') ? annotationReason(path.slice(path.indexOf('annotations') + 1).join('.')) : null;
}

/** Annotations by which a controller runs what is written, or gives an account rights outside the cluster. */
export function annotationReason(key: string): string | null {
  return /-snippets?$|role-arn$|iam\.gke\.io|workload\.identity|lua/i.test(key) ? `the annotation ${key} hands on rights` : null;
}

function hostReason(path: readonly string[], last: string, value: PatchLeaf['value']): string | null {
  const grantsHost = hostAccess.has(last) && value !== false && value !== null;
  const grantsRoot = (last === 'runasuser' && value === 0) || (last === 'runasnonroot' && value === false);
  const mountsHost = path.includes('hostpath') && last !== 'type';
  const addsCapability = path.includes('capabilities') && path.includes('add') && value !== null;
  const unconfined = (path.includes('seccompprofile') || path.includes('apparmorprofile')) && value === 'Unconfined';
  return grantsHost || grantsRoot || mountsHost || addsCapability || unconfined ? `it gives the container more rights on the node (${path.join('.')})` : null;
}

function leafReason(leaf: PatchLeaf): string | null {
  const path = leaf.path.map((step) => step.toLowerCase());
  const last = path.at(-1) ?? '';
  if (path.some((step) => step.startsWith('$'))) return 'patch directives are not let through';
  if (path.length < 2) return `it replaces all of ${last === '' ? 'the object' : last}`;
  if (path[0] === 'metadata' && !metadataAllowed.has(path[1] ?? '')) return `it changes metadata.${leaf.path[1]}`;
  if (path[0] === 'status') return 'it changes the status, which controllers write';
  if (path.includes('volumeclaimtemplates') || path.includes('persistentvolumeclaimretentionpolicy')) return 'it changes the volumes that hold data';
  const value = leaf.value;
  return countReason(leaf.path.join('.'), last, value) ?? stopReason(path, last, value) ?? exposureReason(path, last, value) ?? hostReason(path, last, value);
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
