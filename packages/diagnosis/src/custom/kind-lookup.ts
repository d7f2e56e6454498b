import { groupOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { KindLookup, NamedKind } from './references.ts';

/**
 * Finds custom kinds by kind or plural, whatever the case: those of the group asked for or of the one above it
 * (`aws.example` of `s3.aws.example`), else the only one of that name. `kinds` is asked when something is looked up.
 */
export function kindLookup(kinds: () => readonly (NamedKind & { plural: string })[]): KindLookup {
  return (kind, group) => {
    const word = kind.toLowerCase();
    const found = kinds().filter((each) => each.plural === word || each.kind.toLowerCase() === word);
    const ofGroup = found.find(({ apiVersion }) => groupOf(apiVersion) === group) ?? found.find(({ apiVersion }) => group?.endsWith(`.${groupOf(apiVersion)}`));
    return ofGroup ?? (found.length === 1 ? (found[0] ?? null) : null);
  };
}

export function viewLookup(view: Pick<ClusterView, 'customKinds'>): KindLookup {
  return kindLookup(() => view.customKinds());
}
