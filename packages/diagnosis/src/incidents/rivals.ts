import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { RivalCause } from '../model/incident.ts';
import { compareText } from '../resolve/compare-chains.ts';
import { type Rival, strengthRank } from '../resolve/resolution.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { ChainGroup } from './group-chains.ts';
import type { Words } from './words.ts';

const mostRivals = 3;

/**
 * What else could explain the findings of a group, each end once. A guess that the fault lies in the object that shows
 * it is left out: it says nothing that the symptom does not.
 */
export function rivalsOf(
  group: ChainGroup,
  byId: ReadonlyMap<string, IdentifiedFinding>,
  words: (group: ChainGroup, members: readonly IdentifiedFinding[]) => Words,
  view: ClusterView,
): RivalCause[] {
  const own = `${refKey(group.cause)}|${group.mechanism}`;
  const found = new Map<string, RivalCause>();
  for (const { finding, rivals = [] } of group.chains) {
    const symptom = byId.get(finding);
    for (const rival of rivals) {
      const cause = view.topOwner(rival.end.object);
      const key = `${refKey(cause)}|${rival.end.mechanism}`;
      const known = found.get(key);
      if (key === own || isVague(rival, cause, symptom, view) || (known !== undefined && strengthRank[known.strength] >= strengthRank[rival.strength]))
        continue;
      const { mechanism, facts } = rival.end;
      found.set(key, { cause, mechanism, strength: rival.strength, sentence: words({ ...group, cause, mechanism, facts }, []).sentence });
    }
  }
  const strongestFirst = [...found].sort(([a, one], [b, other]) => strengthRank[other.strength] - strengthRank[one.strength] || compareText(a, b));
  return strongestFirst.slice(0, mostRivals).map(([, rival]) => rival);
}

function isVague({ strength }: Rival, cause: ObjectRef, symptom: IdentifiedFinding | undefined, view: ClusterView): boolean {
  return strength === 'possible' && symptom !== undefined && refKey(view.topOwner(symptom.object)) === refKey(cause);
}
