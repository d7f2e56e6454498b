import { AppError, isKind, type KindTypes, type KubeObject, type RolloutStatus } from '@quarterdeck/contract';

type Counts = Pick<RolloutStatus, 'desired' | 'updated' | 'ready' | 'available'>;

/** How far a rollout is, as kubectl says it. Source: kubectl, polymorphichelpers/rollout_status.go. Throws VALIDATION_ERROR for other kinds. */
export function rolloutStatus(object: KubeObject): RolloutStatus {
  if (isKind(object, 'Deployment')) return deploymentStatus(object);
  if (isKind(object, 'DaemonSet')) return daemonSetStatus(object);
  if (isKind(object, 'StatefulSet')) return statefulSetStatus(object);
  throw new AppError('VALIDATION_ERROR', `A ${object.kind} has no rollout.`, { hint: 'Deployments, StatefulSets and DaemonSets have one.' });
}

function deploymentStatus({ metadata, spec, status = {} }: KindTypes['Deployment']): RolloutStatus {
  const desired = spec?.replicas ?? 1;
  const { updatedReplicas: updated = 0, readyReplicas: ready = 0, availableReplicas: available = 0, replicas = 0 } = status;
  const failing = status.conditions?.find(({ type, status: is }) => (type === 'ReplicaFailure' && is === 'True') || (type === 'Progressing' && is === 'False'));
  const say = speaker({ desired, updated, ready, available }, failing?.message ?? null);
  if (!isObserved(metadata, status)) return say('progressing', 'Waiting for deployment spec update to be observed...');
  if (status.conditions?.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')) {
    return say('failed', `deployment "${metadata.name}" exceeded its progress deadline`);
  }
  const wait = `Waiting for deployment "${metadata.name}" rollout to finish: `;
  const going = spec?.paused === true ? 'paused' : 'progressing';
  if (updated < desired) return say(going, `${wait}${updated} out of ${desired} new replicas have been updated...`);
  if (replicas > updated) return say(going, `${wait}${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return say(going, `${wait}${available} of ${updated} updated replicas are available...`);
  return say('done', `deployment "${metadata.name}" successfully rolled out`);
}

function daemonSetStatus({ metadata, spec, status }: KindTypes['DaemonSet']): RolloutStatus {
  const { desiredNumberScheduled: desired = 0, updatedNumberScheduled: updated = 0, numberReady: ready = 0, numberAvailable: available = 0 } = status ?? {};
  const say = speaker({ desired, updated, ready, available }, null);
  if (spec?.updateStrategy?.type === 'OnDelete') return say('failed', onDelete);
  if (!isObserved(metadata, status)) return say('progressing', 'Waiting for daemon set spec update to be observed...');
  const wait = `Waiting for daemon set "${metadata.name}" rollout to finish: `;
  if (updated < desired) return say('progressing', `${wait}${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return say('progressing', `${wait}${available} of ${desired} updated pods are available...`);
  return say('done', `daemon set "${metadata.name}" successfully rolled out`);
}

function statefulSetStatus({ metadata, spec, status }: KindTypes['StatefulSet']): RolloutStatus {
  const desired = spec?.replicas ?? 1;
  const { updatedReplicas: updated = 0, readyReplicas: ready = 0, availableReplicas: available = 0, updateRevision, currentRevision } = status ?? {};
  const say = speaker({ desired, updated, ready, available }, null);
  if (spec?.updateStrategy?.type === 'OnDelete') return say('failed', onDelete);
  if (!status?.observedGeneration || !isObserved(metadata, status)) return say('progressing', 'Waiting for statefulset spec update to be observed...');
  if (ready < desired) return say('progressing', `Waiting for ${desired - ready} pods to be ready...`);
  const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (partition > 0) {
    const wanted = Math.max(0, desired - partition);
    if (updated < wanted) return say('progressing', `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`);
    return say('done', `partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision) {
    return say('progressing', `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision ?? ''}...`);
  }
  return say('done', `statefulset rolling update complete ${status.currentReplicas ?? updated} pods at revision ${currentRevision ?? ''}...`);
}

const onDelete = 'rollout status is only available for RollingUpdate strategy type';

function speaker(counts: Counts, reason: string | null) {
  return (state: RolloutStatus['state'], message: string): RolloutStatus => ({ state, message, reason, ...counts });
}

function isObserved({ generation = 0 }: { generation?: number }, status: { observedGeneration?: number } = {}): boolean {
  return generation <= (status.observedGeneration ?? 0);
}
