import type { Finding, Issue, IssueDetail } from '@quarterdeck/contract';
import { isK8sGptResult } from '../analysers/operators/k8sgpt.ts';
import { timelineOf } from '../incidents/timeline.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Incident } from '../model/incident.ts';
import { builtInKnowledge, type Knowledge } from '../run/knowledge.ts';
import { sourcesOf } from '../run/sources.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** An incident as the contract's issue. Where nothing explains it there is no cause, and the symptom's object is shown. */
export function toIssue(incident: Incident): Issue {
  const { kind, namespace, name } = incident.cause;
  return {
    id: incident.id,
    title: incident.title,
    severity: incident.severity,
    kind,
    namespace,
    name,
    detectedAt: new Date(incident.since).toISOString(),
    cause: incident.confidence === 'unexplained' ? null : incident.cause,
    explanation: incident.sentence,
    mechanism: incident.mechanism,
    confidence: incident.confidence,
    evidence: incident.evidence,
    affected: incident.affected.filter((ref) => !isK8sGptResult(ref)),
    ...foundBy(incident),
  };
}

function foundBy(incident: Incident): Pick<Issue, 'sources'> {
  const sources = sourcesOf(incident);
  return sources.every(({ source }) => source === 'quarterdeck') ? {} : { sources };
}

/** With everything that the incident page shows. Who dismissed it, and its life so far, are not the engine's to know. */
export function toIssueDetail(incident: Incident, view: ClusterView): IssueDetail {
  return {
    ...toIssue(incident),
    chains: incident.chains,
    findings: incident.findings.map((finding) => toFinding(finding)),
    changes: incident.changes,
    timeline: timelineOf(incident, view),
    history: [],
    notSeen: incident.notSeen,
    dismissed: null,
  };
}

/** A finding with its facts rendered by its code's message. */
export function toFinding(finding: IdentifiedFinding, knowledge: Pick<Knowledge, 'codes'> = builtInKnowledge): Finding {
  return {
    id: finding.id,
    code: finding.code,
    severity: finding.severity,
    object: finding.object,
    message: knowledge.codes.get(finding.code)?.message(finding.facts, finding.object) ?? finding.code,
    since: finding.since === null ? null : new Date(finding.since).toISOString(),
    evidence: finding.evidence,
  };
}
