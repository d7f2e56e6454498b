import { type Confidence, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Facts, FindingId, IdentifiedFinding } from '../model/finding.ts';
import { compareText } from '../resolve/compare-chains.ts';
import { type Chain, type ChainEnd, type Resolution, strengthRank } from '../resolve/resolution.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** The mechanisms of ends that no rule declared. */
export const unexplained = 'unexplained';
export const waitCycle = 'wait-cycle';

/** All chains that end at the same object and mechanism. */
export interface ChainGroup {
  cause: ObjectRef;
  exists: boolean;
  mechanism: string;
  facts: Facts;
  confidence: Confidence;
  /** The strongest first. */
  chains: readonly Chain[];
}

/** Groups chains by cause and mechanism. Names of pods never reach the cause: it is the top owner. */
export function groupChains(findings: readonly IdentifiedFinding[], resolution: Resolution, view: ClusterView): ChainGroup[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const siblings = new SiblingEnds(findings, resolution, view);
  const chains = findings.flatMap((finding) => resolution.get(finding.id) ?? []).map((chain) => siblings.adopted(chain));
  const groups = Map.groupBy(chains, (chain) => {
    const { cause, mechanism } = causeOf(chain.end, byId, view);
    return `${refKey(cause)}|${mechanism}`;
  });
  return [...groups.values()].map((members) => groupOf(members.toSorted(strongestFirst), byId, view)).sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

function groupOf(chains: readonly Chain[], byId: ReadonlyMap<FindingId, IdentifiedFinding>, view: ClusterView): ChainGroup {
  const [strongest] = chains;
  if (strongest === undefined) throw new RangeError('A group of chains is never empty.');
  const { end } = strongest;
  const { cause, mechanism, facts } = causeOf(end, byId, view);
  const explains = end.kind === 'root' || end.kind === 'cycle';
  return {
    cause,
    mechanism,
    facts,
    exists: view.find(cause) !== undefined || (end.kind === 'root' ? end.exists : true),
    confidence: explains && strongest.strength !== null ? strongest.strength : 'unexplained',
    chains,
  };
}

interface Cause {
  cause: ObjectRef;
  mechanism: string;
  facts: Facts;
}

function causeOf(end: ChainEnd, byId: ReadonlyMap<FindingId, IdentifiedFinding>, view: ClusterView): Cause {
  if (end.kind === 'root') return { cause: view.topOwner(end.object), mechanism: end.mechanism, facts: end.facts };
  const members = (end.kind === 'unexplained' ? [end.finding] : end.findings).flatMap((id) => byId.get(id) ?? []);
  const owners = members.map((finding) => view.topOwner(finding.object)).sort((a, b) => compareText(refKey(a), refKey(b)));
  const [cause] = owners;
  if (cause === undefined) throw new RangeError('A chain ends at a finding of its run.');
  return { cause, mechanism: end.kind === 'unexplained' ? unexplained : waitCycle, facts: {} };
}

function strongestFirst(a: Chain, b: Chain): number {
  return rankOf(b) - rankOf(a) || compareText(a.finding, b.finding);
}

function rankOf(chain: Chain): number {
  return chain.strength === null ? -1 : strengthRank[chain.strength];
}

function keyOf(group: ChainGroup): string {
  return `${refKey(group.cause)}|${group.mechanism}`;
}

/**
 * Pods of one workload that show the same break in the same way: where the log of one could not be read, it shares
 * the cause that was found for its siblings.
 */
class SiblingEnds {
  readonly #byId: ReadonlyMap<FindingId, IdentifiedFinding>;
  readonly #explained = new Map<string, Chain>();
  readonly #view: ClusterView;

  constructor(findings: readonly IdentifiedFinding[], resolution: Resolution, view: ClusterView) {
    this.#byId = new Map(findings.map((finding) => [finding.id, finding]));
    this.#view = view;
    for (const finding of findings) {
      const chain = resolution.get(finding.id);
      if (chain === undefined || chain.end.kind !== 'root') continue;
      const key = this.#siblingKey(finding);
      const known = this.#explained.get(key);
      if (known === undefined || strongestFirst(chain, known) < 0) this.#explained.set(key, chain);
    }
  }

  adopted(chain: Chain): Chain {
    if (chain.end.kind !== 'unexplained') return chain;
    const last = this.#byId.get(chain.end.finding);
    const sibling = last === undefined ? undefined : this.#explained.get(this.#siblingKey(last));
    return sibling === undefined ? chain : { ...chain, links: [...chain.links, ...sibling.links], end: sibling.end, strength: 'possible' };
  }

  #siblingKey(finding: IdentifiedFinding): string {
    return `${finding.code}|${refKey(this.#view.topOwner(finding.object))}|${finding.discriminator}`;
  }
}
