import { withKeepers } from '../changes/kept-causes.ts';
import { lastChangeIn } from '../incidents/changes.ts';
import { type CreatedIncident, createIncident, worstFirst } from '../incidents/create-incident.ts';
import { type EndedChain, endedChain, groupOf, SiblingEnds } from '../incidents/group-chains.ts';
import { Computation } from '../incremental/computation.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Incident } from '../model/incident.ts';
import { linkedGroups } from '../resolve/linked-findings.ts';
import { resolve } from '../resolve/resolve.ts';
import type { ClusterState } from '../view/cluster-state.ts';
import type { ExplainedFinding, Explaining } from './explained-findings.ts';
import type { Knowledge } from './knowledge.ts';
import type { Skipped } from './skipped.ts';

/** A result that is kept from pass to pass, with what it was made of. */
class Kept<S, T> extends Computation {
  isStale = false;
  readonly sources: readonly S[];
  result: T;
  readonly #onStale: () => void;

  constructor(sources: readonly S[], nothing: T, onStale: () => void) {
    super();
    this.sources = sources;
    this.result = nothing;
    this.#onStale = onStale;
  }

  override invalidate(): void {
    this.isStale = true;
    this.#onStale();
  }

  /** Whether it was made of these very values, and nothing else that it looked at has changed. */
  isOf(sources: readonly S[]): boolean {
    return !this.isStale && sources.length === this.sources.length && sources.every((source, index) => source === this.sources[index]);
  }
}

type Source = IdentifiedFinding | readonly Explanation[];
type Group = Kept<Source, readonly EndedChain[]>;
type Draft = Kept<EndedChain, CreatedIncident>;

export interface Conclusions {
  /** Worst first, then oldest, then by id. */
  incidents: readonly Incident[];
  /** Messages that threw. */
  crashes: readonly Skipped[];
}

const nothing: CreatedIncident = { incident: null, crashes: [] };

/** From explained findings to incidents. What hangs together is resolved together, and again only where a part of it is another one. */
export class Concluding {
  readonly #state: ClusterState;
  readonly #explaining: Explaining;
  readonly #knowledge: Knowledge;
  readonly #siblings = new SiblingEnds();
  #groups = new Map<string, Group>();
  #drafts = new Map<string, Draft>();
  #conclusions: Conclusions = { incidents: [], crashes: [] };
  #isStale = true;
  #version = -1;

  constructor(state: ClusterState, explaining: Explaining, knowledge: Knowledge) {
    this.#state = state;
    this.#explaining = explaining;
    this.#knowledge = knowledge;
  }

  /** The conclusions are up to date when it has ended; one group of findings or one incident a step. */
  *settle(): Iterable<void> {
    if (!this.#isStale && this.#version === this.#explaining.version) return;
    const { version } = this.#explaining;
    const all = this.#explaining.all();
    const chains: EndedChain[] = [];
    for (const group of this.#resolved(linkedGroups(all, (explained) => linkedTo(explained, this.#explaining)))) {
      chains.push(...group);
      yield;
    }
    yield* this.#draft(Map.groupBy(this.#siblings.adopt(chains), ({ groupKey }) => groupKey));
    const created = [...this.#drafts.values()].map(({ result }) => result);
    const incidents = created.flatMap(({ incident }) => incident ?? []).sort(worstFirst);
    this.#conclusions = { incidents, crashes: created.flatMap(({ crashes }) => crashes) };
    this.#isStale = false;
    this.#version = version;
  }

  get conclusions(): Conclusions {
    return this.#conclusions;
  }

  *#resolved(linked: readonly (readonly ExplainedFinding[])[]): Iterable<readonly EndedChain[]> {
    const next = new Map<string, Group>();
    for (const members of linked) {
      const key = members[0]?.finding.id ?? '';
      const sources = members.flatMap(({ finding, explanations }): Source[] => [finding, explanations]);
      const known = this.#groups.get(key);
      const group = known?.isOf(sources) === true ? known : this.#resolve(members, sources);
      next.set(key, group);
      yield group.result;
    }
    this.#groups = this.#replaced(this.#groups, next);
  }

  #resolve(members: readonly ExplainedFinding[], sources: readonly Source[]): Group {
    const { tracker, view } = this.#state;
    const group: Group = new Kept(sources, [], () => this.#markStale());
    const findings = members.map(({ finding }) => finding);
    group.result = tracker.record(group, () => {
      const byId = new Map(findings.map((finding) => [finding.id, finding]));
      const explanations = members.flatMap((member) => member.explanations);
      const resolved = resolve({ findings, explanations, lastChange: lastChangeIn(view) });
      const chains = withKeepers(resolved, { findings, mechanisms: this.#knowledge.mechanisms, view });
      return [...chains.values()].map((chain) => endedChain(chain, byId, view));
    });
    return group;
  }

  *#draft(groups: ReadonlyMap<string, readonly EndedChain[]>): Iterable<void> {
    const next = new Map<string, Draft>();
    for (const [key, chains] of groups) {
      const known = this.#drafts.get(key);
      next.set(key, known?.isOf(chains) === true ? known : this.#newDraft(chains));
      yield;
    }
    this.#drafts = this.#replaced(this.#drafts, next);
  }

  #newDraft(chains: readonly EndedChain[]): Draft {
    const { tracker, view } = this.#state;
    const draft: Draft = new Kept(chains, nothing, () => this.#markStale());
    const byId = new Map(chains.flatMap(({ chain }) => idsOn(chain)).flatMap((id) => findingOf(this.#explaining.find(id))));
    const [state, knowledge] = [this.#state, this.#knowledge];
    draft.result = tracker.record(draft, () => createIncident({ group: groupOf(chains, view), byId, state, knowledge }));
    return draft;
  }

  /** What is not taken over is forgotten. */
  #replaced<K extends Computation>(before: ReadonlyMap<string, K>, after: Map<string, K>): Map<string, K> {
    for (const [key, kept] of before) if (after.get(key) !== kept) this.#state.tracker.forget(kept);
    return after;
  }

  #markStale(): void {
    this.#isStale = true;
  }
}

const unlinked: readonly ExplainedFinding[] = [];

/** The findings that explain this one, as far as they are there. */
function linkedTo({ finding, explanations }: ExplainedFinding, explaining: Explaining): readonly ExplainedFinding[] {
  let linked: ExplainedFinding[] | null = null;
  for (const { finding: explained, because } of explanations) {
    for (const id of because.kind === 'finding' ? [explained, because.finding] : [explained]) {
      const other = id === finding.id ? undefined : explaining.find(id);
      if (other === undefined) continue;
      linked ??= [];
      linked.push(other);
    }
  }
  return linked ?? unlinked;
}

function idsOn({ finding, links, end }: EndedChain['chain']): string[] {
  const inEnd = end.kind === 'unexplained' ? [end.finding] : end.kind === 'cycle' ? end.findings : [];
  return [finding, ...links.map((link) => link.finding), ...inEnd];
}

function findingOf(explained: ExplainedFinding | undefined): [string, IdentifiedFinding][] {
  return explained === undefined ? [] : [[explained.finding.id, explained.finding]];
}
