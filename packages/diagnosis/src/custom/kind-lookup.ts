import { groupOf, type KindTypes } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { KindLookup, NamedKind } from './references.ts';

interface Named {
  group: string;
  kind: string;
  plural: string;
}

/**
 * Finds custom kinds by kind or plural, whatever the case: those of the group asked for or of the one above it
 * (`aws.example` of `s3.aws.example`), else the only one of that name.
 */
function findNamed<T>(kinds: readonly T[], nameOf: (kind: T) => Named, word: string, group: string | null): T | undefined {
  const found = kinds.filter((each) => {
    const { kind, plural } = nameOf(each);
    return plural === word || (kind.length === word.length && kind.toLowerCase() === word);
  });
  const ofGroup = found.find((each) => nameOf(each).group === group) ?? found.find((each) => group?.endsWith(`.${nameOf(each).group}`));
  return ofGroup ?? (found.length === 1 ? found[0] : undefined);
}

export function viewLookup(view: Pick<ClusterView, 'customKinds'>): KindLookup {
  const nameOf = ({ apiVersion, kind, plural }: NamedKind & { plural: string }) => ({ group: groupOf(apiVersion), kind, plural });
  return (kind, group) => findNamed(view.customKinds(), nameOf, kind.toLowerCase(), group) ?? null;
}

type Definition = KindTypes['CustomResourceDefinition'];

/** As `viewLookup`, over the definitions themselves; they are asked for when something is looked up. */
export function definitionLookup(definitions: () => readonly Definition[]): KindLookup {
  const nameOf = ({ spec }: Definition) => ({ group: spec.group, kind: spec.names.kind, plural: spec.names.plural });
  return (kind, group) => {
    const found = findNamed(definitions(), nameOf, kind.toLowerCase(), group);
    if (found === undefined) return null;
    const version = found.spec.versions.find(({ storage }) => storage)?.name ?? 'v1';
    return { apiVersion: `${found.spec.group}/${version}`, kind: found.spec.names.kind, namespaced: found.spec.scope === 'Namespaced' };
  };
}
