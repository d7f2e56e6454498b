import { refKey, refLabel } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Knowledge } from '../run/knowledge.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { type ChainGroup, waitCycle } from './group-chains.ts';

export interface Words {
  title: string;
  sentence: string;
}

/** Title and sentence of an incident. `members` are its findings, the worst first. Throws what a message throws. */
export function wordsOf(group: ChainGroup, members: readonly IdentifiedFinding[], knowledge: Knowledge, view: ClusterView): Words {
  const mechanism = knowledge.mechanisms.get(group.mechanism);
  if (mechanism !== undefined) return { title: mechanism.title(group.facts, group.cause), sentence: mechanism.sentence(group.facts, group.cause) };
  return group.mechanism === waitCycle ? circleWords(group, members, view) : unexplainedWords(group, members, knowledge);
}

/** What is said of an incident whose own words could not be made. */
export function plainWords(group: ChainGroup): Words {
  return { title: `${refLabel(group.cause)}: ${group.mechanism}`, sentence: `The cause lies at ${refLabel(group.cause)} (${group.mechanism}).` };
}

/** The finding that the chain stops at speaks, not what follows from it. */
function unexplainedWords(group: ChainGroup, members: readonly IdentifiedFinding[], knowledge: Knowledge): Words {
  const unexplained = new Set(group.chains.flatMap(({ end }) => (end.kind === 'unexplained' ? [end.finding] : [])));
  const speaker = members.find((finding) => unexplained.has(finding.id));
  const code = speaker === undefined ? undefined : knowledge.codes.get(speaker.code);
  if (speaker === undefined || code === undefined) return { title: refLabel(group.cause), sentence: 'Nothing in the cluster explains it.' };
  const message = code.message(speaker.facts, speaker.object).replace(/[.\s]+$/, '');
  return { title: `${code.title}: ${refLabel(group.cause)}`, sentence: `${message}; nothing in the cluster explains it.` };
}

function circleWords(group: ChainGroup, members: readonly IdentifiedFinding[], view: ClusterView): Words {
  const inCircle = new Set(group.chains.flatMap(({ end }) => (end.kind === 'cycle' ? end.findings : [])));
  const owners = members.filter((finding) => inCircle.has(finding.id)).map((finding) => view.topOwner(finding.object));
  const labels = [...new Map(owners.map((owner) => [refKey(owner), refLabel(owner)])).values()].sort();
  const all = labels.length < 2 ? (labels[0] ?? refLabel(group.cause)) : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
  const verb = labels.length < 2 ? 'waits for itself' : 'wait for each other';
  return { title: `${all} ${verb}`, sentence: `${all} ${verb}: none becomes ready before the other is. Start one of them without the other.` };
}
