import { refKey, sameRef } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { FindingId, IdentifiedFinding } from '../model/finding.ts';
import { compareChains, compareText, type LastChange } from './compare-chains.ts';
import { components } from './components.ts';
import { type Chain, type ChainEnd, type Resolution, type Rival, strengthRank, weaker } from './resolution.ts';

export interface ResolveInput {
  findings: readonly IdentifiedFinding[];
  explanations: readonly Explanation[];
  lastChange: LastChange;
}

/**
 * Gives every finding its strongest chain. A finding has one chain for all that it explains, so that what hangs
 * together stays together. The order of the input does not matter; explanations of or by unknown findings are ignored.
 */
export function resolve(input: ResolveInput): Resolution {
  const resolver = new Resolver(input);
  const ids = input.findings.map((finding) => finding.id).sort();
  for (const members of components(ids, (id) => resolver.upstreamOf(id))) resolver.settle(members);
  return resolver.chains;
}

class Resolver {
  readonly chains = new Map<FindingId, Chain>();
  readonly #findings: ReadonlyMap<FindingId, IdentifiedFinding>;
  readonly #explanations: Map<FindingId, Explanation[]>;
  readonly #lastChange: LastChange;

  constructor({ findings, explanations, lastChange }: ResolveInput) {
    this.#findings = new Map(findings.map((finding) => [finding.id, finding]));
    const usable = explanations.filter((explanation) => this.#isUsable(explanation)).sort((a, b) => compareText(orderOf(a), orderOf(b)));
    this.#explanations = Map.groupBy(usable, (explanation) => explanation.finding);
    this.#lastChange = lastChange;
  }

  upstreamOf(id: FindingId): FindingId[] {
    return this.#of(id).flatMap(({ because }) => (because.kind === 'finding' ? [because.finding] : []));
  }

  /** Findings that explain one another, or one alone; everything that they lead to is settled already. */
  settle(members: readonly FindingId[]): void {
    const open = new Set(members);
    if (open.size > 1 && !this.#hasWayOut(open)) {
      for (const id of members) this.chains.set(id, this.#circle(id, members));
      return;
    }
    while (open.size > 0) {
      const next = this.#strongest(open);
      this.chains.set(next.finding, next);
      open.delete(next.finding);
    }
  }

  /** A circle is left where the way out is at least as strong as the weakest link of the circle. */
  #hasWayOut(members: ReadonlySet<FindingId>): boolean {
    const links = [...members].flatMap((id) => this.#of(id));
    const inside = links.filter(({ because }) => because.kind === 'finding' && members.has(because.finding));
    const weakest = Math.min(...inside.map((link) => strengthRank[link.strength]));
    return [...members].some((id) => this.#chainsOf(id).some((chain) => chain.strength !== null && strengthRank[chain.strength] >= weakest));
  }

  #circle(id: FindingId, members: readonly FindingId[]): Chain {
    const inside = this.#of(id).filter(({ because }) => because.kind === 'finding' && members.includes(because.finding));
    const link = inside.toSorted((a, b) => strengthRank[b.strength] - strengthRank[a.strength])[0];
    return { finding: id, links: link === undefined ? [] : [link], end: { kind: 'cycle', findings: members }, strength: link?.strength ?? null };
  }

  /** Among the open ones, that with the best chain over what is settled; one that nothing settled explains comes last. */
  #strongest(open: ReadonlySet<FindingId>): Chain {
    const chains = [...open].map((id) => this.#best(id));
    return chains.reduce((best, chain) => (compareChains(chain, best, null, this.#lastChange) < 0 ? chain : best));
  }

  #best(id: FindingId): Chain {
    const since = this.#findings.get(id)?.since ?? null;
    const nothing: Chain = { finding: id, links: [], end: { kind: 'unexplained', finding: id }, strength: null };
    const chains = this.#chainsOf(id);
    const best = chains.reduce((strongest, chain) => (compareChains(chain, strongest, since, this.#lastChange) < 0 ? chain : strongest), nothing);
    return { ...best, rivals: rivalsOf(best, chains) };
  }

  #chainsOf(id: FindingId): Chain[] {
    return this.#of(id).flatMap((link): Chain[] => {
      const { because } = link;
      if (because.kind === 'root') return [{ finding: id, links: [link], end: because, strength: link.strength }];
      const upstream = this.chains.get(because.finding);
      return upstream === undefined
        ? []
        : [{ finding: id, links: [link, ...upstream.links], end: upstream.end, strength: weaker(link.strength, upstream.strength) }];
    });
  }

  #of(id: FindingId): Explanation[] {
    return this.#explanations.get(id) ?? [];
  }

  #isUsable({ finding, because }: Explanation): boolean {
    if (!this.#findings.has(finding)) return false;
    return because.kind === 'root' || (because.finding !== finding && this.#findings.has(because.finding));
  }
}

/** The other ends that are at least guessed, each once. */
function rivalsOf(best: Chain, chains: readonly Chain[]): Rival[] {
  const rivals = chains.flatMap(({ end, strength }) => (end.kind === 'root' && strength !== null && !isSameEnd(end, best.end) ? [{ end, strength }] : []));
  return rivals
    .filter(({ end }, index) => rivals.findIndex((other) => isSameEnd(other.end, end)) === index)
    .sort((a, b) => strengthRank[b.strength] - strengthRank[a.strength] || compareText(rivalName(a), rivalName(b)));
}

function isSameEnd(a: ChainEnd, b: ChainEnd): boolean {
  return a.kind === 'root' && b.kind === 'root' && a.mechanism === b.mechanism && sameRef(a.object, b.object);
}

function rivalName({ end }: Rival): string {
  return `${refKey(end.object)}|${end.mechanism}`;
}

function orderOf(explanation: Explanation): string {
  return `${explanation.rule}|${explanation.finding}|${JSON.stringify(explanation.because)}|${explanation.via?.path ?? ''}|${JSON.stringify(explanation.evidence)}`;
}
