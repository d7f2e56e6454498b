import { type ObjectRef, refKey, refLabel } from '@quarterdeck/contract';
import { Computation, WorkList } from '../incremental/computation.ts';
import { equalItems } from '../incremental/equal-values.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { CausalRule } from '../model/rule.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { ClusterState } from '../view/cluster-state.ts';
import type { RuleView } from '../view/rule-view.ts';
import { messageOf, type Skipped } from './skipped.ts';

/** A finding with whose it is and what rules say of it. Its parts stay the same values while they say the same. */
export class ExplainedFinding extends Computation {
  finding: IdentifiedFinding;
  owner: ObjectRef;
  /** The key of the owner; empty before the rules have run. */
  ownerKey = '';
  explanations: readonly Explanation[] = [];
  crashes: readonly Skipped[] = [];
  readonly #work: WorkList<ExplainedFinding>;

  constructor(finding: IdentifiedFinding, work: WorkList<ExplainedFinding>) {
    super();
    this.finding = finding;
    this.owner = finding.object;
    this.#work = work;
  }

  override invalidate(): void {
    this.#work.add(this);
  }
}

/** Runs the rules: over every finding once, and again where something that they looked at has changed. */
export class Explaining {
  readonly #state: ClusterState;
  readonly #rules: ReadonlyMap<string, readonly CausalRule[]>;
  readonly #findings = new Map<string, ExplainedFinding>();
  readonly #work = new WorkList<ExplainedFinding>();
  #sorted: readonly ExplainedFinding[] | null = [];
  #listed: readonly IdentifiedFinding[] | null = [];
  #version = 0;

  constructor(state: ClusterState, rules: readonly CausalRule[]) {
    this.#state = state;
    this.#rules = rulesByCode(rules);
  }

  /** Changes with every finding, owner and explanation. */
  get version(): number {
    return this.#version;
  }

  /** To be called for every change of a finding. */
  follow(before: IdentifiedFinding | null, after: IdentifiedFinding | null): void {
    const { findings } = this.#state;
    if (before !== null) findings.remove(before);
    if (after !== null) findings.put(after);
    this.#version += 1;
    this.#listed = null;
    if (after === null) {
      if (before !== null) this.#close(before.id);
      return;
    }
    const known = this.#findings.get(after.id);
    const explained = known ?? this.#open(after);
    if (known !== undefined && known.ownerKey !== '') {
      findings.removeUnder(known.ownerKey, known.finding);
      known.ownerKey = '';
    }
    explained.finding = after;
    explained.invalidate();
  }

  /** Explains what is stale, one finding a step. */
  *settle(): Iterable<void> {
    for (const explained of this.#work.take()) {
      this.#explain(explained);
      yield;
    }
  }

  find(id: string): ExplainedFinding | undefined {
    return this.#findings.get(id);
  }

  /** By identity. */
  all(): readonly ExplainedFinding[] {
    this.#sorted ??= [...this.#findings.values()].sort((a, b) => compareText(a.finding.id, b.finding.id));
    return this.#sorted;
  }

  /** The same list until one of them is another one. */
  findings(): readonly IdentifiedFinding[] {
    this.#listed ??= this.all().map(({ finding }) => finding);
    return this.#listed;
  }

  crashes(): Skipped[] {
    return [...this.#findings.values()].flatMap(({ crashes }) => crashes);
  }

  #open(finding: IdentifiedFinding): ExplainedFinding {
    const explained = new ExplainedFinding(finding, this.#work);
    this.#findings.set(finding.id, explained);
    this.#sorted = null;
    return explained;
  }

  #close(id: string): void {
    const explained = this.#findings.get(id);
    if (explained === undefined) return;
    this.#state.tracker.forget(explained);
    this.#work.remove(explained);
    this.#findings.delete(id);
    this.#sorted = null;
    if (explained.ownerKey !== '') this.#state.findings.removeUnder(explained.ownerKey, explained.finding);
  }

  #explain(explained: ExplainedFinding): void {
    const { tracker, view, findings } = this.#state;
    const { finding, ownerKey } = explained;
    const { owner, explanations, crashes } = tracker.record(explained, () => ({ owner: view.topOwner(finding.object), ...this.#run(finding, view) }));
    const newKey = refKey(owner);
    if (newKey !== ownerKey) {
      if (ownerKey !== '') findings.removeUnder(ownerKey, finding);
      findings.putUnder(newKey, finding);
      explained.owner = owner;
      explained.ownerKey = newKey;
      this.#version += 1;
    }
    explained.crashes = crashes;
    if (equalItems(explained.explanations, explanations)) return;
    explained.explanations = explanations;
    this.#version += 1;
  }

  #run(finding: IdentifiedFinding, view: RuleView): { explanations: Explanation[]; crashes: Skipped[] } {
    const explanations: Explanation[] = [];
    const crashes: Skipped[] = [];
    for (const rule of this.#rules.get(finding.code) ?? []) {
      const crashed = (reason: string) => crashes.push({ what: `rule ${rule.id} on ${refLabel(finding.object)}`, reason: `it crashed: ${reason}` });
      try {
        const found = [...rule.explain(finding, view)];
        if (found.some((explanation) => isForeign(explanation, rule))) crashed('it ended at a mechanism that it does not declare');
        else explanations.push(...found);
      } catch (thrown) {
        crashed(messageOf(thrown));
      }
    }
    return { explanations, crashes };
  }
}

function isForeign({ because }: Explanation, rule: CausalRule): boolean {
  return because.kind === 'root' && !rule.mechanisms.some((mechanism) => mechanism.id === because.mechanism);
}

function rulesByCode(rules: readonly CausalRule[]): Map<string, CausalRule[]> {
  const byCode = new Map<string, CausalRule[]>();
  for (const rule of rules) {
    for (const code of new Set(rule.explains)) byCode.set(code, [...(byCode.get(code) ?? []), rule]);
  }
  return byCode;
}
