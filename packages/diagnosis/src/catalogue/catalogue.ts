import type { AdviceSeverity, BuiltInKind } from '@quarterdeck/contract';
import { lintChecks } from '../lint/index.ts';
import type { FindingCode } from '../model/finding.ts';
import type { CausalRule } from '../model/rule.ts';
import { remedies } from '../plans/remedies/index.ts';
import { compareText } from '../resolve/compare-chains.ts';
import { builtInKnowledge, type Knowledge } from '../run/knowledge.ts';

/** A way in which things break, as a rule ends there. */
export interface CataloguedMechanism {
  id: string;
  /** The rule that declares it. */
  rule: string;
  /** Whether a remedy proposes steps for it; the others get a plan that looks. */
  hasRemedy: boolean;
}

/** What is known of one check: a finding of the diagnosis, or advice. */
export interface CatalogueEntry {
  code: string;
  title: string;
  documentation: string;
  /** What looks like it and is left alone. */
  silentWhen: string;
  /** `issues`: a symptom that opens an incident. `lint`: advice, never an incident. */
  origin: 'issues' | 'lint';
  /** Advice alone has one severity; a finding's depends on what is at stake. */
  severity: AdviceSeverity | null;
  pack: 'advice' | 'policy' | null;
  /** The kinds it looks at, those that it is told of first. */
  kinds: readonly BuiltInKind[];
  /** Seconds that a symptom must last, and be gone, before its incident opens and closes; null for advice. */
  opensAfterSeconds: number | null;
  closesAfterSeconds: number | null;
  /** The rules that are asked why. */
  rules: readonly string[];
  mechanisms: readonly CataloguedMechanism[];
}

/** Every check there is, computed from the registries: findings first, each part by code. */
export function catalogue(knowledge: Pick<Knowledge, 'codes' | 'rules' | 'analysers'> = builtInKnowledge): CatalogueEntry[] {
  const byCode = <T extends { code: string }>(a: T, b: T) => compareText(a.code, b.code);
  const findings = [...knowledge.codes.values()].map((code) => findingEntry(code, knowledge));
  const advice = lintChecks.map(({ code, title, documentation, silentWhen, severity, pack, kinds }): CatalogueEntry => {
    const none = { opensAfterSeconds: null, closesAfterSeconds: null, rules: [], mechanisms: [] };
    return { code, title, documentation, silentWhen, origin: 'lint', severity, pack, kinds, ...none };
  });
  return [...findings.sort(byCode), ...advice.sort(byCode)];
}

const withRemedy = new Set(remedies.flatMap(({ mechanisms }) => mechanisms));

function findingEntry(finding: FindingCode, { rules, analysers }: Pick<Knowledge, 'rules' | 'analysers'>): CatalogueEntry {
  const { code, title, documentation, silentWhen, opensAfterSeconds, closesAfterSeconds } = finding;
  const tellers = analysers.filter(({ codes }) => codes.some((each) => each.code === code));
  const asked = rules.filter((rule) => rule.explains.includes(code));
  return {
    code,
    title,
    documentation,
    silentWhen,
    origin: 'issues',
    severity: null,
    pack: null,
    kinds: [...new Set([...tellers.map(({ kind }) => kind), ...tellers.flatMap(({ reads }) => reads)])],
    opensAfterSeconds,
    closesAfterSeconds,
    rules: asked.map(({ id }) => id),
    mechanisms: asked.flatMap(mechanismsOf),
  };
}

function mechanismsOf({ id: rule, mechanisms }: CausalRule): CataloguedMechanism[] {
  return mechanisms.map(({ id }) => ({ id, rule, hasRemedy: withRemedy.has(id) }));
}
