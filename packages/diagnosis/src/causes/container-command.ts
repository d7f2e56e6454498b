import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerCreateError } from '../analysers/container-waiting.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import { factsOf } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { logBehind } from '../pods/container-log.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'container-command';

export type CommandFacts = RolloutFacts & { container: string; command: string; image: string };

export const commandNotFound = defineMechanism<CommandFacts>({
  id: 'command-not-found',
  title: (facts) => `Command ${facts.command} is not in image ${facts.image}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} runs the command ${facts.command}, which is not found in image ${facts.image} (executable file not found in $PATH).${rolloutClause(facts)}`,
});

export const containerNotRunnable = defineMechanism<RolloutFacts & { container: string; message: string }>({
  id: 'container-not-runnable',
  title: (facts) => `Container ${facts.container} cannot be started`,
  sentence: (facts, object) =>
    `The runtime cannot start container ${facts.container} of ${object.kind} ${object.name}: ${facts.message}.${rolloutClause(facts)}`,
});

const notFound = /executable file not found|no such file or directory|stat [^:]+: no such file/i;

export const containerCommandRule = defineRule({
  id,
  explains: [containerCreateError.code, containerCrashLoop.code, jobFailed.code, podFailed.code],
  mechanisms: [commandNotFound, containerNotRunnable],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === containerCreateError.code) yield* startFailure(finding, view);
    else yield* missingInLog(finding, view);
  },
});

function* startFailure(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const pod = view.get('Pod', finding.object.namespace, finding.object.name);
  const message = stringFact(finding.facts, 'message') ?? '';
  if (pod === undefined) return;
  const workload = workloadOf(pod, view);
  const container = templateContainer(workload, finding.discriminator);
  const command = stringFact(finding.facts, 'command');
  const common = { rule: id, finding, object: workload.ref, strength: 'certain' as const, via: ownedBy(finding.object, view) };
  if (command !== null && notFound.test(message)) {
    const words = [...(container?.spec.command ?? []), ...(container?.spec.args ?? [])].join(' ');
    const seen =
      container === null || words === ''
        ? []
        : [fieldEvidence(workload.ref, `${container.path}.command`, words, { container: finding.discriminator, decisive: true })];
    const facts = { container: finding.discriminator, command, image: container?.spec.image ?? '', ...rolloutFacts(pod, view) };
    yield endsAt({ ...common, mechanism: commandNotFound, facts, evidence: seen });
    return;
  }
  yield endsAt({ ...common, mechanism: containerNotRunnable, facts: { container: finding.discriminator, message, ...rolloutFacts(pod, view) } });
}

/** A shell found nothing to run: exit code 127, and its own line says what. */
function* missingInLog(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const log = logBehind(finding, view);
  const fact = log === null || finding.facts.exitCode !== 127 ? undefined : factsOf(log.reading.facts, 'command-missing')[0];
  if (log === null || fact === undefined) return;
  const workload = workloadOf(log.pod, view);
  const facts = {
    container: log.container,
    command: fact.claim.command,
    image: templateContainer(workload, log.container)?.spec.image ?? '',
    ...rolloutFacts(log.pod, view),
  };
  const seen = [logEvidence(podRef(log.pod), log.container, fact, { decisive: true })];
  yield endsAt({
    rule: id,
    finding,
    mechanism: commandNotFound,
    object: workload.ref,
    facts,
    strength: 'certain',
    via: ownedBy(finding.object, view),
    evidence: seen,
  });
}
