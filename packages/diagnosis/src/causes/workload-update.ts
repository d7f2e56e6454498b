import type { ObjectRef } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';
import { containerCrashLoop, containerLivenessKilled, containerOomKilled } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { containerConfigError, containerCreateError, containerImagePull, containerNotStarting } from '../analysers/container-waiting.ts';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import { type UpdateBlockedFacts, type UpdateWaitsFacts, updateBlocked, updateWaits } from '../analysers/workload-update.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { containersOf, type Pod } from '../pods/containers.ts';
import { templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, numberFact, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'workload-update';

export const brokenPodKept = defineMechanism<UpdateBlockedFacts>({
  id: 'broken-pod-of-old-revision',
  title: (facts, object) => `Pod ${facts.pod} of ${object.kind} ${object.name} still runs the broken former template`,
  sentence: (facts, object) =>
    `The template of ${object.kind} ${object.name} has been changed (revision ${facts.updateRevision}), but pod ${facts.pod} of revision ${facts.podRevision} is not ready and is not replaced: ${
      facts.strategy === 'OnDelete' ? 'the strategy OnDelete replaces no pod by itself' : 'ordered updates wait until it is ready, which it cannot be'
    }. It has to be deleted by hand.`,
});

export const updateNotRolledOut = defineMechanism<UpdateWaitsFacts>({
  id: 'update-not-rolled-out',
  title: (facts, object) => `${object.kind} ${object.name} does not roll its template out: ${facts.setting} is ${facts.value}`,
  sentence: (facts, object) =>
    `The template of ${object.kind} ${object.name} was changed, but ${listed(facts.outdated)} ${facts.outdated.length === 1 ? 'runs' : 'run'} the former one: ${
      facts.setting === 'partition'
        ? `its partition of ${facts.value} keeps all pods with a lower number as they are`
        : 'with updateStrategy OnDelete a pod is replaced only when somebody deletes it'
    }.`,
});

const podFaults = [
  containerCrashLoop,
  containerLivenessKilled,
  containerOomKilled,
  containerInitStuck,
  containerUnready,
  containerConfigError,
  containerCreateError,
  containerImagePull,
  containerNotStarting,
  podUnschedulable,
].map(({ code }) => code);

/** A pod that is broken by what its template no longer says is explained by its staying; the rest of its faults are its own. */
export const workloadUpdateRule = defineRule({
  id,
  explains: [updateBlocked.code, updateWaits.code, ...podFaults],
  mechanisms: [brokenPodKept, updateNotRolledOut],
  *explain(finding, view): Iterable<Explanation> {
    const common = { rule: id, finding, object: finding.object, evidence: finding.evidence };
    if (finding.code === updateBlocked.code) {
      if (isMended(finding, view)) yield endsAt({ ...common, mechanism: brokenPodKept, facts: blockedFacts(finding), strength: 'certain' });
      else yield* ownFaults(finding, view);
    } else if (finding.code === updateWaits.code) {
      const [setting, value] = [stringFact(finding.facts, 'setting') ?? '', stringFact(finding.facts, 'value') ?? ''];
      const facts = { outdated: listFact(finding.facts, 'outdated'), pods: numberFact(finding.facts, 'pods'), setting, value };
      yield endsAt({ ...common, mechanism: updateNotRolledOut, facts, strength: 'certain' });
    } else {
      const [cause] = view.findingsOn(view.topOwner(finding.object), updateBlocked.code);
      if (cause?.facts.pod === finding.object.name && isMended(cause, view)) {
        yield upstream(finding, cause, { rule: id, strength: 'certain', via: ownedBy(finding.object, view) });
      }
    }
  },
});

function blockedFacts({ facts }: IdentifiedFinding): UpdateBlockedFacts {
  const [pod = '', podRevision = '', updateRevision = '', strategy = ''] = ['pod', 'podRevision', 'updateRevision', 'strategy'].map(
    (name) => stringFact(facts, name) ?? '',
  );
  return { pod, podRevision, updateRevision, strategy };
}

/** Where the change of the template did not touch what is broken, the pod's own fault stands. */
function* ownFaults(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const pod: ObjectRef = { ...finding.object, apiVersion: 'v1', kind: 'Pod', name: stringFact(finding.facts, 'pod') ?? '' };
  for (const cause of view.findingsOn(pod)) yield upstream(finding, cause, { rule: id, strength: 'certain', via: ownedBy(pod, view) });
}

/** Whether the template now says something else of the container that is broken, or of what places the pod. */
function isMended(blockedFinding: IdentifiedFinding, view: RuleView): boolean {
  const name = stringFact(blockedFinding.facts, 'pod') ?? '';
  const pod = view.get('Pod', blockedFinding.object.namespace, name);
  if (pod === undefined) return false;
  const workload = workloadOf(pod, view);
  const faults = view.findingsOn({ ...blockedFinding.object, apiVersion: 'v1', kind: 'Pod', name }).filter(({ code }) => podFaults.includes(code));
  const broken = new Set(faults.map(({ discriminator }) => discriminator).filter((container) => container !== ''));
  const containers = containersOf(pod).filter((container) => broken.size === 0 || broken.has(container.name));
  return containers.some(({ name: container, spec }) => differs(spec, templateContainer(workload, container)?.spec)) || placedOtherwise(pod, workload.spec);
}

/** What people set of a container. Of its resources only what the template itself sets: a LimitRange fills in the rest. */
function differs(running: Container, template: Container | undefined): boolean {
  if (template === undefined) return false;
  const told = ({ image, command, args, env, envFrom, readinessProbe, livenessProbe, startupProbe, securityContext, ports }: Container) =>
    JSON.stringify([image, command, args, env, envFrom, readinessProbe, livenessProbe, startupProbe, securityContext, ports]);
  const resources = (['limits', 'requests'] as const).some((list) =>
    Object.entries(template.resources?.[list] ?? {}).some(([name, value]) => running.resources?.[list]?.[name] !== value),
  );
  return resources || told(running) !== told(template);
}

type Spec = NonNullable<Pod['spec']>;

function placedOtherwise({ spec }: Pod, template: Spec): boolean {
  const selector = (one: Spec) => JSON.stringify(one.nodeSelector ?? {});
  const otherAccount = template.serviceAccountName !== undefined && template.serviceAccountName !== spec?.serviceAccountName;
  return spec !== undefined && (selector(spec) !== selector(template) || spec.schedulerName !== template.schedulerName || otherAccount);
}
