import { rolloutStatus } from '@quarterdeck/cluster';
import { descriptorFor, type KubeObject, refKey, refLabel, toAppError } from '@quarterdeck/contract';
import { timelineOfObjects } from '@quarterdeck/diagnosis';
import * as z from 'zod';
import type { AskedCluster, CheckedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { type FoundObject, findObject, objectShape, seen } from './find-object.ts';
import { issuesAbout, neighboursOf, stateOf } from './related.ts';

const mostEvents = 20;
const mostChanges = 10;
const mostNeighbours = 40;

const conditionSchema = z.object({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() });
const statusSchema = z.object({ status: z.object({ conditions: z.array(conditionSchema) }) });

export const describeResource = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'describe_resource',
    title: 'Describe a resource',
    description:
      'How one object is: its state, conditions and rollout, the issues it has a part in, its events, what changed, what it hangs together with. Begin here for a single object; get_resource has its whole text.',
    permission: 'resource.read',
    effect: 'read',
    input: z.object(objectShape),
    async run(named, signal) {
      const [found, checked] = await Promise.all([findObject(cluster, named, signal), cluster.checked(signal)]);
      return { value: description(found, checked), seen: [seen(found.object)] };
    },
  });

function description({ object, ref }: FoundObject, checked: CheckedCluster) {
  const { view } = checked;
  const { metadata } = object;
  const owner = view.topOwner(ref);
  const pods = view.podsOf(ref);
  return {
    object: refLabel(ref),
    apiVersion: ref.apiVersion,
    state: descriptorFor(object.apiVersion, object.kind).health(object, view.now),
    createdAt: metadata.creationTimestamp ?? null,
    deletedAt: metadata.deletionTimestamp ?? null,
    labels: metadata.labels ?? {},
    owner: refKey(owner) === refKey(ref) ? null : refLabel(owner),
    conditions: conditionsOf(object),
    rollout: rolloutOf(object),
    pods: pods.map((pod) => ({ name: pod.metadata.name, state: stateOf(view, { ...ref, apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name }) })),
    issues: issuesAbout(checked, ref).map(({ id, title, severity, explanation, confidence }) => ({ id, title, severity, explanation, confidence })),
    events: view
      .events(ref)
      .slice(0, mostEvents)
      .map(({ type, reason, message, count, at }) => ({ at: new Date(at).toISOString(), type, reason, message, count })),
    changes: timelineOfObjects([ref], view.now, view)
      .filter(({ source }) => source === 'change')
      .slice(-mostChanges)
      .map(({ at, by, what }) => ({ at, by, what })),
    relations: neighboursOf(view, ref, { depth: 1, limit: mostNeighbours }).relations,
  };
}

function conditionsOf(object: KubeObject): z.infer<typeof conditionSchema>[] {
  return statusSchema.safeParse(object).data?.status.conditions ?? [];
}

/** Null for what has no rollout. */
function rolloutOf(object: KubeObject) {
  try {
    return rolloutStatus(object);
  } catch (thrown) {
    if (toAppError(thrown).code === 'VALIDATION_ERROR') return null;
    throw thrown;
  }
}
