import { isKind, type ObjectRef, refKey } from '@quarterdeck/contract';
import { breakingRevision } from '../changes/breaking-revision.ts';
import { writesOf } from '../changes/writes.ts';
import type { Incident } from '../model/incident.ts';
import { parseImage } from '../pods/image-name.ts';
import { workloadAt } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';

const most = 6;

/** What in the cluster's own state let the incident happen or made it worse, with the objects and values; for the long term. */
export function preventionsFor(incident: Incident, view: ClusterView): string[] {
  const owners = [incident.cause, ...incident.findings.map(({ object }) => view.topOwner(object)), ...incident.affected];
  const workloads = [...new Map(owners.map((ref) => [refKey(ref), ref])).values()].filter((ref) => workloadAt(ref, view) !== null && ref.kind !== 'Pod');
  const found = [
    ...workloads.flatMap((ref) => [...rolloutOf(ref, incident, view), ...probesOf(ref, view), ...imagesOf(ref, view)]),
    ...writtenByHand(incident.cause, view),
  ];
  return [...new Set(found)].slice(0, most);
}

function* rolloutOf(ref: ObjectRef, incident: Incident, view: ClusterView): Iterable<string> {
  const object = view.find(ref);
  if (object === undefined || !isKind(object, 'Deployment')) return;
  const { replicas = 1, strategy, revisionHistoryLimit } = object.spec ?? {};
  const broken = breakingRevision(ref, incident.since, view);
  if (strategy?.type === 'Recreate' && broken !== null) {
    yield `Deployment ${ref.name} has strategy Recreate: revision ${broken.before.number} was gone before ${broken.current.number} was ready. RollingUpdate with maxUnavailable 0 keeps the old one serving until the new one is, where two can run side by side.`;
  }
  if (replicas === 1 && incident.affected.some(({ kind }) => kind === 'Service' || kind === 'Ingress')) {
    yield `Deployment ${ref.name} has 1 replica: every fault of that pod is an outage for its callers. Two replicas and a PodDisruptionBudget survive one.`;
  }
  if (revisionHistoryLimit === 0) yield `Deployment ${ref.name} has revisionHistoryLimit 0: there is nothing to go back to.`;
}

function* probesOf(ref: ObjectRef, view: ClusterView): Iterable<string> {
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(ref.kind)) return;
  for (const { name, readinessProbe } of workloadAt(ref, view)?.spec.containers ?? []) {
    if (readinessProbe === undefined)
      yield `Container ${name} of ${ref.kind} ${ref.name} has no readinessProbe: a rollout takes it for ready as soon as it runs, and goes on to the next pod.`;
  }
}

function* imagesOf(ref: ObjectRef, view: ClusterView): Iterable<string> {
  for (const { name, image = '' } of workloadAt(ref, view)?.spec.containers ?? []) {
    const { tag, digest } = parseImage(image);
    if (digest === null && (tag === null || tag === 'latest'))
      yield `Container ${name} of ${ref.kind} ${ref.name} runs ${image}, whose content can change under the same name: name a version or a digest.`;
  }
}

const byHand = /^kubectl-(?:edit|patch|set|scale|annotate|label)$/;

function* writtenByHand(ref: ObjectRef, view: ClusterView): Iterable<string> {
  const object = view.find(ref);
  const write = object === undefined ? undefined : writesOf(object).find(({ by, fields }) => byHand.test(by) && fields.length > 0);
  if (write !== undefined)
    yield `${ref.kind} ${ref.name} was last changed by hand (${write.by}: ${write.fields.slice(0, 3).join(', ')}): bring it into its source, so that it is reviewed and can be found again.`;
}
