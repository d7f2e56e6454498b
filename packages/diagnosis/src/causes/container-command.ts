import { containerCrashLoop } from '../analysers/container-exits.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import { factsOf } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { commonPrograms } from '../pods/common-programs.ts';
import { logBehind } from '../pods/container-log.ts';
import { logEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';

const id = 'container-command';

/** `meant` is a usual program of almost that name; `bare`: the template sets arguments and no command, and the image has none. */
export type CommandFacts = RolloutFacts & { container: string; command: string; image: string; meant: string | null; bare: boolean };

export const commandNotFound = defineMechanism<CommandFacts>({
  id: 'command-not-found',
  title: (facts) => `Command ${facts.command} is not in image ${facts.image}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} runs the command ${facts.command}, which is not found in image ${facts.image} (executable file not found in $PATH)${facts.meant === null ? '' : `; it may be a misspelt ${facts.meant}`}${facts.bare ? '; it is the first of its arguments: the image has no entrypoint and the template sets no command' : ''}.${rolloutClause(facts)}`,
});

export const containerCommandRule = defineRule({
  id,
  explains: [containerCrashLoop.code, jobFailed.code, podFailed.code],
  mechanisms: [commandNotFound],
  explain: (finding, view): Iterable<Explanation> => missingInLog(finding, view),
});

/** A shell found nothing to run: exit code 127, and its own line says what. */
function* missingInLog(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const log = logBehind(finding, view);
  const fact = log === null || finding.facts.exitCode !== 127 ? undefined : factsOf(log.reading.facts, 'command-missing')[0];
  if (log === null || fact === undefined) return;
  const workload = workloadOf(log.pod, view);
  const facts = {
    container: log.container,
    command: fact.claim.command,
    meant: programMeantBy(fact.claim.command),
    bare: false,
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

/** The usual program that a command was most likely meant to be; null where it is one itself. */
export function programMeantBy(command: string): string | null {
  const name = command.slice(command.lastIndexOf('/') + 1);
  return commonPrograms.includes(name) ? null : nearMiss(name, commonPrograms);
}
