import { containerCrashLoop, containerLivenessKilled } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import { containerLogErrors, recurs } from '../analysers/container-logs.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import { type ClaimOf, factsOf, type LogFact, type LogKind } from '../logs/log-fact.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { type ContainerLog, logBehind } from '../pods/container-log.ts';
import { templateContainer, type Workload, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';

/** Findings that a container's log may explain. */
export const failuresWithLog: readonly string[] = [containerCrashLoop.code, jobFailed.code, podFailed.code];
export const symptomsWithLog: readonly string[] = [
  ...failuresWithLog,
  containerUnready.code,
  containerInitStuck.code,
  containerLogErrors.code,
  containerLivenessKilled.code,
];

export interface LogSymptom {
  log: ContainerLog;
  workload: Workload;
  /** Of the workload's template, else of the pod. */
  container: NonNullable<ReturnType<typeof templateContainer>>;
}

/** The log behind a finding with the workload it belongs to; null where there is no log. */
export function logSymptom(finding: IdentifiedFinding, view: RuleView): LogSymptom | null {
  const log = logBehind(finding, view);
  if (log === null) return null;
  const workload = workloadOf(log.pod, view);
  const own = { ref: workload.ref, spec: log.pod.spec ?? { containers: [] }, path: 'spec' };
  const container = templateContainer(workload, log.container) ?? templateContainer(own, log.container);
  return container === null ? null : { log, workload, container };
}

/** Facts of one kind; of a pod that is otherwise well only those that recur. */
export function symptomFacts<K extends LogKind>(finding: IdentifiedFinding, symptom: LogSymptom, kind: K, view: RuleView): LogFact<ClaimOf<K>>[] {
  const facts = factsOf(symptom.log.reading.facts, kind);
  return finding.code === containerLogErrors.code ? facts.filter((fact) => recurs(fact, view)) : facts;
}
