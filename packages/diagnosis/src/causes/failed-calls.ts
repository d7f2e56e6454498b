import type { ObjectRef } from '@quarterdeck/contract';
import { readText } from '../logs/read-log.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { type FailedCall, failedCalls, podsBehind } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { stringFact } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts } from './log-findings.ts';

/** The calls that a finding's log and the output of its probe say have failed. */
export function callsBehind(finding: IdentifiedFinding, symptom: LogSymptom | null, pod: Pod, view: RuleView): FailedCall[] {
  return [...callsInLog(finding, symptom, pod, view), ...callsInProbe(finding, pod, view)];
}

/** Whether a callee that did not answer is itself ill: then the caller is explained by it, and by nothing of its own. */
export function hasBrokenCallee(finding: IdentifiedFinding, view: RuleView): boolean {
  const symptom = logSymptom(finding, view);
  const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
  return (
    pod !== undefined &&
    callsBehind(finding, symptom, pod, view).some((call) => call.target !== null && findingsAt(call.target, view).some((cause) => cause.id !== finding.id))
  );
}

function callsInLog(finding: IdentifiedFinding, symptom: LogSymptom | null, pod: Pod, view: RuleView): FailedCall[] {
  if (symptom === null) return [];
  const facts = [...symptomFacts(finding, symptom, 'connect-failed', view), ...symptomFacts(finding, symptom, 'waiting-for', view)];
  return failedCalls(facts, pod, view);
}

/** A probe that calls another Service says in its output which one does not answer; its own address is not one. */
function callsInProbe(finding: IdentifiedFinding, pod: Pod, view: RuleView): FailedCall[] {
  const output = stringFact(finding.facts, 'output');
  const own = new Set([pod.status?.podIP, ...(pod.status?.podIPs ?? []).map(({ ip }) => ip), '127.0.0.1', 'localhost']);
  return output === null ? [] : failedCalls(readText(output), pod, view).filter((call) => !own.has(call.host));
}

/** What is wrong with a Service, or with the pods behind it and their workloads. */
export function findingsAt(target: ObjectRef, view: RuleView): readonly IdentifiedFinding[] {
  const own = view.findingsOn(target);
  if (own.length > 0) return own;
  const behind = podsBehind(target, view).flatMap((pod) => [podRef(pod), view.topOwner(podRef(pod))]);
  return behind.flatMap((ref) => view.findingsOn(ref)).filter((finding) => finding.severity !== 'low');
}
