import { parseQuantity } from '@quarterdeck/contract';
import { containerCreateError, containerNotStarting } from '../analysers/container-waiting.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { failedPodsOf } from '../pods/container-log.ts';
import { containerNamed, containersOf, lastExit, type Pod } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { mountedFile } from '../pods/mounted-file.ts';
import { parseStartFailure, type StartFailure } from '../pods/start-failure.ts';
import { type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, type Workload, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { commandNotFound, programMeantBy } from './container-command.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'container-start';

/** `value` is what decides: the command, the limit, the user. */
export type StartFacts = RolloutFacts & { container: string; value: string; image: string; detail: string | null; path: string; message: string };

function mechanism(name: string, title: (facts: StartFacts) => string, sentence: (facts: StartFacts) => string): Mechanism<StartFacts> {
  return defineMechanism<StartFacts>({
    id: name,
    title,
    sentence: (facts, object) => `Container ${facts.container} of ${object.kind} ${object.name} cannot be started: ${sentence(facts)}.${rolloutClause(facts)}`,
  });
}

export const commandNotExecutable = mechanism(
  'command-not-executable',
  (facts) => `Command ${facts.value} may not be executed`,
  (facts) =>
    `${facts.value} in image ${facts.image} is ${facts.detail ?? 'not an executable file for the user that it runs as (permission denied)'}, which is what ${facts.path} runs`,
);
export const memoryLimitTiny = mechanism(
  'memory-limit-below-minimum',
  (facts) => `Memory limit ${facts.value} is too small to start anything`,
  (facts) =>
    `its memory limit is ${facts.value}${facts.detail === null ? '' : ` (${facts.detail})`}, less than it takes to start a process or to hold the pod's own volumes in memory (${facts.path})`,
);
export const userMissing = mechanism(
  'user-not-in-image',
  (facts) => `User ${facts.value} is not in image ${facts.image}`,
  (facts) => `it is to run as user ${facts.value}, which image ${facts.image} does not know`,
);
export const noCommand = mechanism(
  'no-command',
  (facts) => `Image ${facts.image} has no command`,
  (facts) => `image ${facts.image} has no entrypoint and the template sets no command`,
);
export const wrongFormat = mechanism(
  'command-wrong-format',
  (facts) => `${facts.value} is not a program for this node`,
  (facts) =>
    `${facts.value} in image ${facts.image} is built for another CPU architecture, or is a script without a first line such as #!/bin/sh (exec format error)`,
);
export const workingDirectoryMissing = mechanism(
  'working-directory-unusable',
  (facts) => `Working directory ${facts.value} cannot be used`,
  (facts) => `its working directory ${facts.value} (${facts.path}) cannot be entered in image ${facts.image}`,
);
export const containerNotRunnable = mechanism(
  'container-not-runnable',
  (facts) => `Container ${facts.container} cannot be started`,
  (facts) => facts.message,
);

/** The runtime could not start the container: what in its template it objects to. */
export const containerStartRule = defineRule({
  id,
  explains: [containerCreateError.code, containerNotStarting.code, jobFailed.code, podFailed.code],
  mechanisms: [commandNotFound, commandNotExecutable, memoryLimitTiny, userMissing, noCommand, wrongFormat, workingDirectoryMissing, containerNotRunnable],
  *explain(finding, view): Iterable<Explanation> {
    const one = finding.code === containerNotStarting.code ? withoutMemory(finding, view) : caseOf(finding, view);
    if (one !== null) yield explained(one, parseStartFailure(one.message), view);
  },
});

/** The container ran; what failed is its hook. */
const hookReasons: ReadonlySet<string> = new Set(['PostStartHookError', 'PreStartHookError']);

interface Case {
  finding: IdentifiedFinding;
  pod: Pod;
  /** The name of the container. */
  name: string;
  message: string;
  workload: Workload;
}

/** The container of the finding, or the one of a pod that ended without ever having run. */
function caseOf(finding: IdentifiedFinding, view: RuleView): Case | null {
  const { namespace, name } = finding.object;
  const pod = finding.code === jobFailed.code ? failedPodsOf(namespace, name, view)[0] : view.get('Pod', namespace, name);
  if (pod === undefined) return null;
  const workload = workloadOf(pod, view);
  if (finding.code === containerCreateError.code) {
    const hook = hookReasons.has(stringFact(finding.facts, 'reason') ?? '');
    return hook ? null : { finding, pod, name: finding.discriminator, workload, message: stringFact(finding.facts, 'message') ?? '' };
  }
  for (const container of containersOf(pod)) {
    const ended = container.status === undefined ? undefined : lastExit(container.status);
    if (ended?.message !== undefined && neverRan.has(ended.reason ?? '')) return { finding, pod, name: container.name, workload, message: ended.message };
  }
  return null;
}

/** So little holds neither a token nor a process. */
const tinyBytes = 512 * 1024;

/** Volumes in memory (tokens, Secrets) are as large as the pod's limit: with next to none they are full before anything starts. */
function withoutMemory(finding: IdentifiedFinding, view: RuleView): Case | null {
  const message = stringFact(finding.facts, 'message') ?? '';
  const pod = /no space left on device/.test(message) ? view.get('Pod', finding.object.namespace, finding.object.name) : undefined;
  const tiny = pod?.spec?.containers.find(({ resources }) => (parseQuantity(resources?.limits?.memory) ?? tinyBytes) < tinyBytes);
  return pod === undefined || tiny === undefined ? null : { finding, pod, name: tiny.name, workload: workloadOf(pod, view), message: 'memory limit too low' };
}

const neverRan: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);

interface Reading {
  mechanism: Mechanism<StartFacts>;
  value: string;
  /** Inside the container. */
  field: string;
  detail: string | null;
}

function explained(one: Case, failure: StartFailure, view: RuleView): Explanation {
  const { finding, pod, name, workload, message } = one;
  const container = templateContainer(workload, name);
  const image = container?.spec.image ?? containerNamed(pod, name)?.spec.image ?? '';
  const common = { rule: id, finding, object: workload.ref, strength: 'certain' as const, via: ownedBy(finding.object, view) };
  const place = container?.path ?? workload.path;
  if (failure.kind === 'command-missing') {
    const words = [...(container?.spec.command ?? []), ...(container?.spec.args ?? [])].join(' ');
    const bare = container?.spec.command === undefined && container?.spec.args?.[0] === failure.command;
    const seen = words === '' ? [] : [fieldEvidence(workload.ref, `${place}.command`, words, { container: name, decisive: true })];
    const facts = { container: name, command: failure.command, meant: programMeantBy(failure.command), bare, image, ...rolloutFacts(pod, view) };
    return endsAt({ ...common, mechanism: commandNotFound, facts, evidence: seen });
  }
  const { mechanism: known, value, field, detail } = readingOf(one, failure);
  const path = field === '' ? place : `${place}.${field}`;
  const facts = { container: name, value, image, detail, path, message, ...rolloutFacts(pod, view) };
  const seen = value === '' ? [] : [fieldEvidence(workload.ref, path, value, { container: name, decisive: true })];
  // What the runtime merely says leaves room for who knows what it objects to.
  const strength = known === containerNotRunnable ? 'likely' : 'certain';
  return endsAt({ ...common, strength, mechanism: known, facts, evidence: seen });
}

function readingOf(one: Case, failure: Exclude<StartFailure, { kind: 'command-missing' }>): Reading {
  const container = templateContainer(one.workload, one.name)?.spec;
  const none = { detail: null, field: '' };
  switch (failure.kind) {
    case 'command-refused':
      return {
        mechanism: commandNotExecutable,
        value: failure.command,
        field: 'command',
        detail: failure.directory ? 'a directory' : mountedScript(one, failure.command),
      };
    case 'memory-too-low': {
      const limit = String(container?.resources?.limits?.memory ?? 'set elsewhere');
      return { mechanism: memoryLimitTiny, value: limit, field: 'resources.limits.memory', detail: meantUnit(limit) };
    }
    case 'user-missing':
      return { ...none, mechanism: userMissing, value: failure.user };
    case 'no-command':
      return { ...none, mechanism: noCommand, value: '' };
    case 'wrong-format':
      return { ...none, mechanism: wrongFormat, value: failure.command ?? 'The command', field: 'command' };
    case 'working-directory':
      return { mechanism: workingDirectoryMissing, value: failure.path, field: 'workingDir', detail: null };
    case 'other':
      return { ...none, mechanism: containerNotRunnable, value: '' };
  }
}

/** A script from a ConfigMap or a Secret is executable only where the volume's mode says so. */
function mountedScript({ pod, name }: Case, command: string): string | null {
  const container = containerNamed(pod, name)?.spec;
  const file = container === undefined ? null : mountedFile(pod.spec ?? { containers: [] }, container, command, pod.metadata.namespace ?? null);
  return file === null
    ? null
    : `mounted from ${file.object.kind} ${file.object.name} without the mode to execute it (defaultMode, which is 0644 where left out)`;
}

/** `64m` is a thousandth of a byte for the API, and was meant as `64Mi`; a number without a unit is bytes. */
function meantUnit(limit: string): string | null {
  const milli = /^(\d+)m$/.exec(limit)?.[1];
  if (milli !== undefined) return `the suffix m means thousandths of a byte; ${milli}Mi is ${milli} mebibytes`;
  const bare = /^(\d+)(k|Ki)?$/.exec(limit);
  return bare === null ? null : `that is ${limit}${bare[2] === undefined ? ' bytes' : ''}; ${bare[1]}Mi is ${bare[1]} mebibytes`;
}
