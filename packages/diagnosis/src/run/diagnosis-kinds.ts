import { type BuiltInKind, builtInKinds } from '@quarterdeck/contract';
import { relationKinds } from '../graph/relations/index.ts';
import { builtInKnowledge } from './knowledge.ts';

const needed = new Set<string>([...relationKinds, ...builtInKnowledge.analysers.flatMap((analyser) => [analyser.kind, ...analyser.reads])]);

/** The kinds to list or watch for a diagnosis: what relations are drawn between and what analysers read. */
export const diagnosisKinds: readonly BuiltInKind[] = Object.keys(builtInKinds)
  .filter(isBuiltIn)
  .filter((kind) => needed.has(kind));

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}
