import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import { containerConfigError, containerNotStarting, containerWaitingOther } from '../analysers/container-waiting.ts';
import { jobFailed, jobNotEnding } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { containerNamed, exitMeaning } from '../pods/containers.ts';
import type { RuleView } from '../view/rule-view.ts';
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

export const programCompletes = defineMechanism<{ container: string; command: string | null; line: string | null }>({
  id: 'program-completes',
  title: (facts, object) => `Container ${facts.container} runs to its end, and ${object.kind} ${object.name} starts it again`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} exits with code 0: its program${facts.command === null ? '' : ` (${facts.command})`} does its work and ends, and a ${object.kind} starts it again for ever. ` +
    `Either it should stay in the foreground, or it is a task and belongs in a Job.${facts.line === null ? '' : ` Its last words: ${facts.line}`}`,
});

export const jobGivesUp = defineMechanism<{ reason: string; message: string; exitCode: number | null; line: string | null }>({
  id: 'job-gives-up',
  title: (facts) => `Job failed: ${facts.reason}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} failed (${facts.reason}${facts.message === '' ? '' : `: ${facts.message}`})${facts.exitCode === null ? '' : `, its pod exited with code ${facts.exitCode}`}. Nothing that was read explains why.` +
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
    containerWaitingOther.code,
  ],
  mechanisms: [containerExitsItself, programCompletes, jobGivesUp, initDoesNotEnd, podCannotStart, sidecarRunsOn],
  *explain(finding, view): Iterable<Explanation> {
    if (hasBrokenCallee(finding, view)) return;
    const common = { rule: id, finding, object: view.topOwner(finding.object), strength: 'possible' as const, via: ownedBy(finding.object, view) };
    const { exitCode, done, running } = finding.facts;
    const line = stringFact(finding.facts, 'line');
    const reason = stringFact(finding.facts, 'reason') ?? 'Error';
    const container = finding.discriminator;
    if (finding.code === containerCrashLoop.code && exitCode === 0)
      yield endsAt({ ...common, strength: 'likely', mechanism: programCompletes, facts: { container, command: commandOf(finding, view), line } });
    else if (finding.code === containerCrashLoop.code || finding.code === podFailed.code)
      yield endsAt({ ...common, mechanism: containerExitsItself, facts: { container, exitCode: Number(exitCode), reason, line } });
    else if (finding.code === jobFailed.code)
      yield endsAt({
        ...common,
        mechanism: jobGivesUp,
        facts: { reason, message: stringFact(finding.facts, 'message') ?? '', exitCode: typeof exitCode === 'number' ? exitCode : null, line },
      });
    else if (finding.code === containerInitStuck.code) yield endsAt({ ...common, mechanism: initDoesNotEnd, facts: { container, line } });
    else if (finding.code === jobNotEnding.code)
      yield endsAt({ ...common, strength: 'certain', mechanism: sidecarRunsOn, facts: { done: String(done), running: String(running) } });
    else yield endsAt({ ...common, mechanism: podCannotStart, facts: { reason, message: stringFact(finding.facts, 'message') ?? '' } });
  },
});

const longestCommand = 120;

/** What the container runs, where the template says it. */
function commandOf(finding: IdentifiedFinding, view: RuleView): string | null {
  const pod = view.get('Pod', finding.object.namespace, finding.object.name);
  const spec = pod === undefined ? undefined : containerNamed(pod, finding.discriminator)?.spec;
  const words = [...(spec?.command ?? []), ...(spec?.args ?? [])].join(' ').replaceAll(/\s+/g, ' ').trim();
  if (words === '') return null;
  return words.length > longestCommand ? `${words.slice(0, longestCommand)}…` : words;
}
