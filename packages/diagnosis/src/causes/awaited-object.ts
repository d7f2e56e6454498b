import { type ObjectRef, refLabel } from '@quarterdeck/contract';
import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import { podTemplateKinds } from '../graph/pod-template.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { awaitedObjects } from '../pods/awaited-objects.ts';
import { containerNamed } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, upstream } from './explain.ts';

const id = 'awaited-object';

export type AwaitedFacts = { container: string; kind: string; name: string; namespace: string; meant: string | null; path: string };

export const awaitedObjectMissing = defineMechanism<AwaitedFacts>({
  id: 'awaited-object-missing',
  title: (facts) => `${facts.kind} ${facts.name}, which the pods wait for, does not exist`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} waits for ${facts.kind} ${facts.name} (${facts.path}), which does not exist in namespace ${facts.namespace}${facts.meant === null ? '' : `; ${facts.kind} ${facts.meant} does`}, so the pods never start.`,
});

/** An init container that waits for another object: the object is missing, or ill itself. */
export const awaitedObjectRule = defineRule({
  id,
  explains: [containerInitStuck.code, containerCrashLoop.code],
  mechanisms: [awaitedObjectMissing],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const container = pod === undefined ? undefined : containerNamed(pod, finding.discriminator);
    if (pod === undefined || container?.init !== true) return;
    for (const awaited of awaitedObjects(container.spec, pod.metadata.namespace ?? '')) {
      const behind = [awaited, ...view.podsOf(awaited).map((other) => ({ ...awaited, apiVersion: 'v1', kind: 'Pod', name: other.metadata.name }))];
      for (const cause of behind.flatMap((ref) => view.findingsOn(ref))) yield upstream(finding, cause, { rule: id, strength: 'certain' });
      if (view.isMissing(awaited)) yield missing(finding, awaited, view);
    }
  },
});

function missing(finding: IdentifiedFinding, awaited: ObjectRef, view: RuleView): Explanation {
  const pod = view.get('Pod', finding.object.namespace, finding.object.name);
  const workload = pod === undefined ? null : workloadOf(pod, view);
  const object = workload?.ref ?? view.topOwner(finding.object);
  const path = `${workload === null ? 'spec' : (templateContainer(workload, finding.discriminator)?.path ?? workload.path)}.command`;
  const facts = {
    container: finding.discriminator,
    kind: awaited.kind,
    name: awaited.name,
    namespace: awaited.namespace ?? '',
    meant: meantBy(awaited, view),
    path,
  };
  const seen = [fieldEvidence(object, path, awaited.name, { decisive: true }), absenceEvidence(awaited, `${refLabel(awaited)} does not exist`)];
  return endsAt({ rule: id, finding, mechanism: awaitedObjectMissing, object, facts, strength: 'certain', via: ownedBy(finding.object, view), evidence: seen });
}

function meantBy({ kind, namespace, name }: ObjectRef, view: RuleView): string | null {
  const known = ([...podTemplateKinds, 'ConfigMap', 'Secret', 'PersistentVolumeClaim'] as const).find((each) => each === kind);
  const names = known === undefined ? [] : view.list(known, namespace ?? undefined).map(({ metadata }) => metadata.name);
  return nearMiss(name, names);
}
