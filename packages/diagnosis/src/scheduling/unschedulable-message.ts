/** Why one group of nodes was turned down. `nodes` is null where the message gives no count. */
export type UnschedulableClause =
  | { kind: 'insufficient'; resource: string; nodes: number | null }
  | { kind: 'taint'; taint: string; nodes: number | null }
  | { kind: 'missing-claim'; claim: string; nodes: null }
  | { kind: PlainClause; nodes: number | null }
  | { kind: 'other'; text: string; nodes: number | null };

export type PlainClause =
  | 'selector'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'existing-anti-affinity'
  | 'topology-spread'
  | 'topology-label'
  | 'volume-node-affinity'
  | 'unbound-claim'
  | 'no-volume'
  | 'host-port'
  | 'cordoned'
  | 'too-many-pods'
  | 'volume-count'
  | 'node-name';

export interface UnschedulableMessage {
  totalNodes: number | null;
  clauses: UnschedulableClause[];
}

/** Texts of the default scheduler's plugins; the count in front is taken off before. */
const plain: readonly [PlainClause, RegExp][] = [
  ['selector', /didn't match Pod's node affinity\/selector|didn't match node selector|didn't match node affinity/i],
  ['existing-anti-affinity', /didn't satisfy existing pods anti-affinity rules/i],
  ['pod-anti-affinity', /anti-affinity/i],
  ['pod-affinity', /didn't match pod affinity rules/i],
  ['topology-label', /topology spread constraints \(missing required label\)/i],
  ['topology-spread', /topology spread constraints/i],
  ['volume-node-affinity', /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone/i],
  ['unbound-claim', /unbound immediate PersistentVolumeClaims/i],
  ['no-volume', /didn't find available persistent volumes|did not have enough free storage/i],
  ['host-port', /didn't have free ports/i],
  ['cordoned', /were unschedulable|node\(s\) (?:is|are) cordoned/i],
  ['too-many-pods', /too many pods/i],
  ['volume-count', /exceed max volume count/i],
  ['node-name', /didn't match the requested node name/i],
];

/** Takes the scheduler's message apart: `0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint {a: b}. preemption: …`. */
export function parseUnschedulable(message: string): UnschedulableMessage {
  const head = /^\s*0\/(\d+) nodes are available:\s*/.exec(message);
  const body = message
    .slice(head?.[0].length ?? 0)
    .replace(/\.?\s*(?:no new claims to deallocate,\s*)?preemption: .*$/s, '')
    .replace(/\.\s*(?:not found|no new claims to deallocate)\s*$/, '')
    .replace(/\.\s*$/, '');
  const parts = body.split(/,\s+(?=\d+ |persistentvolumeclaim |pod has )/).filter((part) => part !== '');
  return { totalNodes: head === null ? null : Number(head[1]), clauses: parts.map(parseClause) };
}

function parseClause(part: string): UnschedulableClause {
  const counted = /^(\d+)\s+(.*)$/s.exec(part);
  const nodes = counted === null ? null : Number(counted[1]);
  const text = (counted?.[2] ?? part).trim();
  const claim = /persistentvolumeclaim "([^"]+)" (?:not found|is being deleted)/.exec(text);
  if (claim?.[1] !== undefined) return { kind: 'missing-claim', claim: claim[1], nodes: null };
  const resource = /^Insufficient (\S+?)\.?$/.exec(text);
  if (resource?.[1] !== undefined) return { kind: 'insufficient', resource: resource[1], nodes };
  const taint = /had (?:untolerated )?taint(?:\(s\))? ?\{([^}]*)\}|had untolerated taint\(s\)/.exec(text);
  if (taint !== null) return { kind: 'taint', taint: (taint[1] ?? '').replace(/: $/, ''), nodes };
  const known = plain.find(([, pattern]) => pattern.test(text));
  return known === undefined ? { kind: 'other', text, nodes } : { kind: known[0], nodes };
}
