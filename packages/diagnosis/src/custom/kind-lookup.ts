import { groupOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { KindLookup, NamedKind } from './references.ts';

/** Finds custom kinds by kind or plural, whatever the case: those of the group asked for or of the one above it (`aws.example` of `s3.aws.example`), else the only one of that name. */
export function kindLookup(kinds: Iterable<NamedKind & { plural: string }>): KindLookup {
  const byWord = new Map<string, NamedKind[]>();
  for (const kind of kinds) {
    for (const word of new Set([kind.kind.toLowerCase(), kind.plural])) byWord.set(word, [...(byWord.get(word) ?? []), kind]);
  }
  return (kind, group) => {
    const found = byWord.get(kind.toLowerCase()) ?? [];
    const ofGroup = found.find(({ apiVersion }) => groupOf(apiVersion) === group) ?? found.find(({ apiVersion }) => group?.endsWith(`.${groupOf(apiVersion)}`));
    return ofGroup ?? (found.length === 1 ? (found[0] ?? null) : null);
  };
}

export function viewLookup(view: Pick<ClusterView, 'customKinds'>): KindLookup {
  return kindLookup(view.customKinds());
}
