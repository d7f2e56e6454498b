import { type ChainNode, type Evidence, type ObjectRef, refKey, refLabel, severities } from '@quarterdeck/contract';
import { changeClause } from '../changes/change-clause.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Incident } from '../model/incident.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { Knowledge } from '../run/knowledge.ts';
import { messageOf, type Skipped } from '../run/skipped.ts';
import type { ClusterState } from '../view/cluster-state.ts';
import { worstFinding } from '../view/finding-index.ts';
import type { RuleView } from '../view/rule-view.ts';
import { type ChainContext, chainsOf } from './chain-nodes.ts';
import { changesBefore, lastChangeIn } from './changes.ts';
import type { ChainGroup } from './group-chains.ts';
import { incidentId } from './incident-id.ts';
import { notSeen } from './not-seen.ts';
import { rivalsOf } from './rivals.ts';
import { plainWords, type Words, wordsOf } from './words.ts';

export interface IncidentInput {
  group: ChainGroup;
  /** Those that the group's chains go through; by identity. */
  byId: ReadonlyMap<string, IdentifiedFinding>;
  state: ClusterState;
  knowledge: Knowledge;
}

export interface CreatedIncident {
  /** Null while the symptoms have not lasted as long as their codes ask for. */
  incident: Incident | null;
  /** Messages that threw. */
  crashes: readonly Skipped[];
}

/** The incident of a group of chains. Pure, but for the time that it waits for. */
export function createIncident({ group, byId, state, knowledge }: IncidentInput): CreatedIncident {
  const { view, findings } = state;
  const members = membersOf(group, byId);
  if (!view.passed(Math.min(...members.map((finding) => opensAt(finding, knowledge))))) return { incident: null, crashes: [] };
  const crashes: Skipped[] = [];
  const words = guardedWords({ knowledge, view }, crashes);
  const context: ChainContext = { view, byId, findingsUnder: (owner) => findings.under(owner) };
  const unseen = notSeen(members, state, knowledge.kindsOf);
  const incident = { ...incidentOf(group, members, words(group, members), unseen, context), rivals: rivalsOf(group, byId, words, view) };
  return { incident, crashes };
}

/** A message that throws costs the incident its words, nothing more. */
function guardedWords(
  { knowledge, view }: { knowledge: Knowledge; view: RuleView },
  crashes: Skipped[],
): (group: ChainGroup, members: readonly IdentifiedFinding[]) => Words {
  return (group, members) => {
    try {
      return wordsOf(group, members, knowledge, view);
    } catch (thrown) {
      crashes.push({ what: `the words of ${group.mechanism} on ${refLabel(group.cause)}`, reason: `they crashed: ${messageOf(thrown)}` });
      return plainWords(group);
    }
  };
}

/** A symptom whose beginning is not known has lasted long enough. */
function opensAt(finding: IdentifiedFinding, knowledge: Knowledge): number {
  const patience = knowledge.codes.get(finding.code)?.opensAfterSeconds ?? 0;
  return finding.since === null ? Number.NEGATIVE_INFINITY : finding.since + patience * 1000;
}

/** Worst first, so that the first one speaks for all. */
function membersOf(group: ChainGroup, byId: ReadonlyMap<string, IdentifiedFinding>): IdentifiedFinding[] {
  const members = group.chains.flatMap((chain) => byId.get(chain.finding) ?? []);
  return members.sort(worstFinding);
}

function incidentOf(group: ChainGroup, members: IdentifiedFinding[], words: Words, unseen: string[], context: ChainContext): Omit<Incident, 'rivals'> {
  const { view } = context;
  const chains = chainsOf(group, context);
  const since = sinceOf(members, view);
  const onChains = uniqueRefs(chains.flat().map((node) => node.object));
  const suffering = uniqueRefs(members.map((finding) => view.topOwner(finding.object)));
  const clause = changeClause({ cause: group.cause, causeExists: group.exists, suffering, since, sentence: words.sentence }, view);
  return {
    id: incidentId(group.cause, group.mechanism),
    title: words.title,
    sentence: clause === null ? words.sentence : `${words.sentence} ${clause}`,
    severity: members[0]?.severity ?? 'low',
    mechanism: group.mechanism,
    cause: group.cause,
    causeExists: group.exists,
    facts: group.facts,
    confidence: group.confidence,
    since,
    evidence: evidenceOf(group, members),
    affected: affectedBy(group, members, chains, view),
    chains,
    findings: members,
    changes: changesBefore(since, onChains, view),
    notSeen: unseen,
  };
}

/** The earliest symptom; where none says since when, the last change to one of the objects, which it cannot be older than. */
function sinceOf(members: readonly IdentifiedFinding[], view: RuleView): number {
  const known = members.flatMap((finding) => finding.since ?? []);
  if (known.length > 0) return Math.min(...known);
  const lastChange = lastChangeIn(view);
  const changed = Math.min(...members.flatMap((finding) => lastChange(finding.object, null) ?? []));
  return view.passed(changed) ? changed : view.now;
}

const mostEvidence = 12;

/** What decided first, then what rules saw, then what analysers saw. */
function evidenceOf(group: ChainGroup, members: readonly IdentifiedFinding[]): Evidence[] {
  const byRules = group.chains.flatMap((chain) => chain.links.toReversed().flatMap((link) => link.evidence));
  const byAnalysers = members.flatMap((finding) => finding.evidence);
  const decisiveFirst = (list: readonly Evidence[]) => [...list.filter((piece) => piece.decisive), ...list.filter((piece) => !piece.decisive)];
  const unique = new Map<string, Evidence>();
  for (const piece of [...decisiveFirst(byRules), ...decisiveFirst(byAnalysers)]) {
    const key = `${piece.source}|${refKey(piece.object)}|${piece.path}|${piece.container}|${piece.text}`;
    if (!unique.has(key)) unique.set(key, piece);
  }
  return [...unique.values()].slice(0, mostEvidence);
}

/** The workloads and Services that suffer; not the cause itself. */
function affectedBy(group: ChainGroup, members: readonly IdentifiedFinding[], chains: readonly (readonly ChainNode[])[], view: RuleView): ObjectRef[] {
  const services = chains.flat().filter(({ object, exists }) => exists && object.kind === 'Service');
  const concerned = members.flatMap(({ concerns = [] }) => concerns.map((ref) => view.topOwner(ref)));
  const suffering = [...members.map((finding) => view.topOwner(finding.object)), ...concerned, ...services.map(({ object }) => object)];
  const causeKey = refKey(group.cause);
  return uniqueRefs(suffering)
    .filter((ref) => refKey(ref) !== causeKey)
    .sort((a, b) => compareText(refLabel(a), refLabel(b)));
}

function uniqueRefs(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

/** The order of the list: severity, then age, then id. */
export function worstFirst(a: Incident, b: Incident): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.since - b.since || compareText(a.id, b.id);
}
