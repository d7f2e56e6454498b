import { AppError, type Change, isKind, type KubeObject, type ManagerNote } from '@quarterdeck/contract';
import { listAll } from '../../access/list-all.ts';
import { findBuiltInKind } from '../../discovery/resource-kinds.ts';
import type { ChangeAccess } from '../resolve-change.ts';

/** The autoscalers that set the replicas of a target, whatever a person sets. None where they can't be listed. */
export async function autoscalersOf(access: ChangeAccess, { namespace, kind, name }: Change['target'], signal: AbortSignal): Promise<ManagerNote[]> {
  const autoscalers = findBuiltInKind(await access.kinds(signal), 'HorizontalPodAutoscaler');
  if (autoscalers === null || namespace === null) return [];
  try {
    const { items } = await listAll(access, autoscalers, { namespace, signal });
    return items.flatMap((object) => noteOf(object, kind, name));
  } catch (thrown) {
    // A note that is nice to have; somebody who may scale need not be allowed to list autoscalers.
    if (thrown instanceof AppError && ['FORBIDDEN', 'NOT_FOUND'].includes(thrown.code)) return [];
    throw thrown;
  }
}

function noteOf(object: KubeObject, kind: string, name: string): ManagerNote[] {
  if (!isKind(object, 'HorizontalPodAutoscaler')) return [];
  const { spec, metadata } = object;
  if (spec?.scaleTargetRef.kind !== kind || spec.scaleTargetRef.name !== name) return [];
  const note = `HorizontalPodAutoscaler ${metadata.name} sets the replicas itself, from ${spec.minReplicas ?? 1} to ${spec.maxReplicas}.`;
  return [{ tool: 'autoscaler', name: metadata.name, note }];
}
