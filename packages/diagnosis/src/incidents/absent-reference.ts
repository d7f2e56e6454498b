import { type Evidence, type ObjectRef, sameRef } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { type ChainLink, linkBetween } from './chain-links.ts';
import type { ChainGroup } from './group-chains.ts';

export interface AbsentReference {
  /** What the cause refers to and is not there. */
  object: ObjectRef;
  /** How the cause hangs on it. */
  link: ChainLink;
}

/** The object whose absence decided the cause, where the cause is another object that refers to it; null where there is none. */
export function absentReference(group: ChainGroup, byId: ReadonlyMap<string, IdentifiedFinding>, view: ClusterView): AbsentReference | null {
  if (!group.exists) return null;
  const absent = decisive(group, byId).find(({ source, object }) => source === 'absence' && !sameRef(object, group.cause) && view.isMissing(object));
  if (absent === undefined) return null;
  const link = linkBetween(absent.object, group.cause, null, view);
  const calls = absent.object.kind === 'Service' && link.relation === null;
  return { object: absent.object, link: calls ? { relation: 'calls', relationDetail: null } : link };
}

/** What the last step to the cause saw, then what the finding that it started from saw. */
function decisive({ chains }: ChainGroup, byId: ReadonlyMap<string, IdentifiedFinding>): Evidence[] {
  const ends = chains.flatMap(({ end, links }) => (end.kind === 'root' ? links.slice(-1) : []));
  return [...ends.flatMap(({ evidence }) => evidence), ...ends.flatMap(({ finding }) => byId.get(finding)?.evidence ?? [])].filter((piece) => piece.decisive);
}
