import type { EvidenceRequest } from '@quarterdeck/cluster';
import { refKey, refLabel, refOf } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding, RawFinding } from '../model/finding.ts';
import type { CausalRule } from '../model/rule.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { ClusterState, EvidenceAnswers } from '../view/create-cluster-view.ts';
import { createRuleView } from '../view/create-rule-view.ts';
import type { RuleView } from '../view/rule-view.ts';
import type { Knowledge } from './knowledge.ts';
import type { Pace } from './pace.ts';

/** Something that could not be looked at. */
export interface Skipped {
  what: string;
  reason: string;
}

/** What analysers and rules made of one state with the answers so far. */
export interface Evaluation {
  view: RuleView;
  findings: readonly IdentifiedFinding[];
  explanations: readonly Explanation[];
  questions: readonly EvidenceRequest[];
  /** Analysers and rules that threw. */
  crashes: readonly Skipped[];
}

/** Runs every analyser, then every rule. Pure: the same state and answers give the same evaluation, at whatever pace. */
export async function evaluate(state: ClusterState, answers: EvidenceAnswers, knowledge: Knowledge, pace: Pace): Promise<Evaluation> {
  const { view, openQuestions } = state.viewWith(answers);
  const crashes: Skipped[] = [];
  const findings = identified(await analyse(view, knowledge, crashes, pace));
  const ruleView = createRuleView(view, findings);
  const explanations = await explainAll(findings, ruleView, knowledge, crashes, pace);
  return { view: ruleView, findings, explanations, questions: openQuestions(), crashes };
}

async function explainAll(
  findings: readonly IdentifiedFinding[],
  view: RuleView,
  knowledge: Knowledge,
  crashes: Skipped[],
  pace: Pace,
): Promise<Explanation[]> {
  const rules = rulesByCode(knowledge.rules);
  const explanations: Explanation[] = [];
  for (const finding of findings) {
    for (const rule of rules.get(finding.code) ?? []) {
      explanations.push(...explain(rule, finding, view, crashes));
      const wait = pace.step();
      if (wait !== null) await wait;
    }
  }
  return explanations;
}

async function analyse(view: ClusterView, knowledge: Knowledge, crashes: Skipped[], pace: Pace): Promise<RawFinding[]> {
  const found: RawFinding[] = [];
  for (const analyser of knowledge.analysers) {
    for (const { object, findings } of analyser.run(view)) {
      const wait = pace.step();
      if (wait !== null) await wait;
      try {
        found.push(...findings());
      } catch (thrown) {
        crashes.push({ what: `analyser ${analyser.id} on ${refLabel(refOf(object))}`, reason: `it crashed: ${messageOf(thrown)}` });
      }
    }
  }
  return found;
}

/** Sorted by identity; of two findings with the same one, the same is kept whatever their order. */
function identified(raw: readonly RawFinding[]): IdentifiedFinding[] {
  const byId = new Map<string, IdentifiedFinding>();
  for (const finding of raw) {
    const id = `${finding.code}|${refKey(finding.object)}|${finding.discriminator}`;
    const known = byId.get(id);
    if (known === undefined || JSON.stringify(finding) < JSON.stringify({ ...known, id: undefined })) byId.set(id, { ...finding, id });
  }
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id));
}

function rulesByCode(rules: readonly CausalRule[]): Map<string, CausalRule[]> {
  const byCode = new Map<string, CausalRule[]>();
  for (const rule of rules) {
    for (const code of new Set(rule.explains)) byCode.set(code, [...(byCode.get(code) ?? []), rule]);
  }
  return byCode;
}

function explain(rule: CausalRule, finding: IdentifiedFinding, view: RuleView, crashes: Skipped[]): Explanation[] {
  const crashed = (reason: string) => {
    crashes.push({ what: `rule ${rule.id} on ${refLabel(finding.object)}`, reason: `it crashed: ${reason}` });
    return [];
  };
  try {
    const explanations = [...rule.explain(finding, view)];
    const foreign = explanations.find(({ because }) => because.kind === 'root' && !rule.mechanisms.some((mechanism) => mechanism.id === because.mechanism));
    return foreign === undefined ? explanations : crashed('it ended at a mechanism that it does not declare');
  } catch (thrown) {
    return crashed(messageOf(thrown));
  }
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
