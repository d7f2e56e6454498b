import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import { containerConfigError, containerNotStarting } from '../analysers/container-waiting.ts';
import { jobFailed, jobNotEnding } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { exitMeaning } from '../pods/containers.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';
import { hasBrokenCallee } from './failed-calls.ts';

const id = 'unexplained-exit';

export const containerExitsItself = defineMechanism<{ container: string; exitCode: number; reason: string; line: string | null }>({
  id: 'container-exits',
  title: (facts) => `Container ${facts.container} exits with code ${facts.exitCode}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} exits with code ${facts.exitCode}: ${exitMeaning(facts.exitCode, facts.reason)}. Nothing that was read explains why.` +
    `${facts.line === null ? '' : ` Its last words: ${facts.line}`}`,
});

export const jobGivesUp = defineMechanism<{ reason: string; exitCode: number | null; line: string | null }>({
  id: 'job-gives-up',
  title: (facts) => `Job failed: ${facts.reason}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} failed (${facts.reason})${facts.exitCode === null ? '' : `, its pod exited with code ${facts.exitCode}`}. Nothing that was read explains why.` +
    `${facts.line === null ? '' : ` Its last words: ${facts.line}`}`,
});

export const initDoesNotEnd = defineMechanism<{ container: string; line: string | null }>({
  id: 'init-does-not-end',
  title: (facts) => `Init container ${facts.container} does not end`,
  sentence: (facts, object) =>
    `The init container ${facts.container} of ${object.kind} ${object.name} runs and does not end, so the pod never starts.${facts.line === null ? '' : ` It says: ${facts.line}`}`,
});

export const podCannotStart = defineMechanism<{ reason: string; message: string }>({
  id: 'pod-cannot-start',
  title: (facts) => `Pods cannot start: ${facts.reason}`,
  sentence: (facts, object) => `The kubelet cannot start the pods of ${object.kind} ${object.name}: ${facts.message}.`,
});

export const sidecarRunsOn = defineMechanism<{ done: string; running: string }>({
  id: 'sidecar-runs-on',
  title: (facts) => `Sidecar ${facts.running} keeps the Job from ending`,
  sentence: (facts, object) =>
    `Container ${facts.done} of ${object.kind} ${object.name} has completed, but ${facts.running} is an ordinary container and runs on, so its pods never complete.`,
});

/** What stands when no other rule has better: the workload itself, so that equal pods make one incident, not many. */
export const unexplainedExitRule = defineRule({
  id,
  explains: [
    containerCrashLoop.code,
    podFailed.code,
    containerInitStuck.code,
    jobFailed.code,
    jobNotEnding.code,
    containerNotStarting.code,
    containerConfigError.code,
  ],
  mechanisms: [containerExitsItself, jobGivesUp, initDoesNotEnd, podCannotStart, sidecarRunsOn],
  *explain(finding, view): Iterable<Explanation> {
    if (hasBrokenCallee(finding, view)) return;
    const common = { rule: id, finding, object: view.topOwner(finding.object), strength: 'possible' as const, via: ownedBy(finding.object, view) };
    const { exitCode, done, running } = finding.facts;
    const line = stringFact(finding.facts, 'line');
    const reason = stringFact(finding.facts, 'reason') ?? 'Error';
    const container = finding.discriminator;
    if (finding.code === containerCrashLoop.code || finding.code === podFailed.code)
      yield endsAt({ ...common, mechanism: containerExitsItself, facts: { container, exitCode: Number(exitCode), reason, line } });
    else if (finding.code === jobFailed.code)
      yield endsAt({ ...common, mechanism: jobGivesUp, facts: { reason, exitCode: typeof exitCode === 'number' ? exitCode : null, line } });
    else if (finding.code === containerInitStuck.code) yield endsAt({ ...common, mechanism: initDoesNotEnd, facts: { container, line } });
    else if (finding.code === jobNotEnding.code)
      yield endsAt({ ...common, strength: 'certain', mechanism: sidecarRunsOn, facts: { done: String(done), running: String(running) } });
    else yield endsAt({ ...common, mechanism: podCannotStart, facts: { reason, message: stringFact(finding.facts, 'message') ?? '' } });
  },
});
