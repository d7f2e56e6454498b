import { type Confidence, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Facts, FindingId, IdentifiedFinding } from '../model/finding.ts';
import { compareText } from '../resolve/compare-chains.ts';
import { type Chain, type ChainEnd, strengthRank } from '../resolve/resolution.ts';
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

/** A chain with the cause that it stands for. It stays the same value while nothing about it changes. */
export interface EndedChain {
  chain: Chain;
  cause: Cause;
  /** The same for all chains that belong into one incident. */
  groupKey: string;
  /** What its finding has in common with those on other pods of the workload. */
  siblingKey: string;
  /** The same of the finding that it stops at, where nothing explains that one; null where it is explained. */
  stopsAt: string | null;
}

/** Names of pods never reach the cause: it is the top owner. */
export function endedChain(chain: Chain, byId: ReadonlyMap<FindingId, IdentifiedFinding>, view: ClusterView): EndedChain {
  const cause = causeOf(chain.end, byId, view);
  const finding = byId.get(chain.finding);
  const last = chain.end.kind === 'unexplained' ? byId.get(chain.end.finding) : undefined;
  const siblingKey = (of: IdentifiedFinding | undefined) => (of === undefined ? '' : `${of.code}|${refKey(view.topOwner(of.object))}|${of.discriminator}`);
  return { chain, cause, groupKey: keyOf(cause), siblingKey: siblingKey(finding), stopsAt: last === undefined ? null : siblingKey(last) };
}

/**
 * Pods of one workload that show the same break in the same way: where the log of one could not be read, it shares
 * the cause that was found for its siblings.
 */
export class SiblingEnds {
  readonly #adopted = new WeakMap<EndedChain, { from: EndedChain; result: EndedChain }>();

  /** The chains, those that nothing explains with the end of an explained sibling. */
  adopt(chains: readonly EndedChain[]): EndedChain[] {
    const explained = new Map<string, EndedChain>();
    for (const ended of chains) {
      const known = explained.get(ended.siblingKey);
      if (ended.chain.end.kind === 'root' && (known === undefined || strongestFirst(ended.chain, known.chain) < 0)) explained.set(ended.siblingKey, ended);
    }
    return chains.map((ended) => {
      const sibling = ended.stopsAt === null ? undefined : explained.get(ended.stopsAt);
      return sibling === undefined ? ended : this.#adoptedFrom(sibling, ended);
    });
  }

  #adoptedFrom(sibling: EndedChain, ended: EndedChain): EndedChain {
    const known = this.#adopted.get(ended);
    if (known?.from === sibling) return known.result;
    const links = [...ended.chain.links, ...sibling.chain.links];
    const chain: Chain = { ...ended.chain, links, end: sibling.chain.end, strength: 'possible' };
    const result = { ...ended, chain, cause: sibling.cause, groupKey: sibling.groupKey };
    this.#adopted.set(ended, { from: sibling, result });
    return result;
  }
}

/** Chains with the same end as one group. Throws RangeError for none. */
export function groupOf(ended: readonly EndedChain[], view: ClusterView): ChainGroup {
  const [strongest] = ended.toSorted((a, b) => strongestFirst(a.chain, b.chain));
  if (strongest === undefined) throw new RangeError('A group of chains is never empty.');
  const { end, strength } = strongest.chain;
  const { cause, mechanism, facts } = strongest.cause;
  const explains = end.kind === 'root' || end.kind === 'cycle';
  return {
    cause,
    mechanism,
    facts,
    exists: view.find(cause) !== undefined || (end.kind === 'root' ? end.exists : true),
    confidence: explains && strength !== null ? strength : 'unexplained',
    chains: ended.map(({ chain }) => chain).sort(strongestFirst),
  };
}

/** What a chain ends at, in words of objects that people write. */
export interface Cause {
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

function keyOf({ cause, mechanism }: Cause): string {
  return `${refKey(cause)}|${mechanism}`;
}
