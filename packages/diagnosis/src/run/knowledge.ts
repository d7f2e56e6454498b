import type { BuiltInKind } from '@quarterdeck/contract';
import { analysers } from '../analysers/index.ts';
import { rules } from '../causes/index.ts';
import type { AnyAnalyser } from '../model/analyser.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { FindingCode } from '../model/finding.ts';
import type { CausalRule } from '../model/rule.ts';

/** What the engine knows: the analysers and rules of a run, and what they declare. */
export interface Knowledge {
  analysers: readonly AnyAnalyser[];
  rules: readonly CausalRule[];
  codes: ReadonlyMap<string, FindingCode>;
  mechanisms: ReadonlyMap<string, Mechanism>;
  /** Kinds that the analysers of a code look at. */
  kindsOf: ReadonlyMap<string, readonly BuiltInKind[]>;
}

export function knowledgeOf(known: Pick<Knowledge, 'analysers' | 'rules'>): Knowledge {
  const codes = known.analysers.flatMap((analyser) => analyser.codes.map((code) => ({ code, kinds: [analyser.kind, ...analyser.reads] })));
  return {
    ...known,
    codes: new Map(codes.map(({ code }) => [code.code, code])),
    mechanisms: new Map(known.rules.flatMap((rule) => rule.mechanisms.map((mechanism) => [mechanism.id, mechanism]))),
    kindsOf: new Map(codes.map(({ code, kinds }) => [code.code, kinds])),
  };
}

/** Everything in the registries. */
export const builtInKnowledge: Knowledge = knowledgeOf({ analysers, rules });
