import type { KindTypes } from '@quarterdeck/contract';
import { isKind, refTo } from '@quarterdeck/contract';
import { podTemplateOf } from '../graph/pod-template.ts';
import { isLive } from '../pods/containers.ts';
import { defineLint } from './define-lint.ts';
import { servicesOf } from './probes.ts';

export const nakedPod = defineLint({
  code: 'naked-pod',
  title: 'Pod without a controller',
  documentation: 'Nobody makes it anew when its node is drained or fails. Put it into a Deployment, or into a Job if it ends.',
  severity: 'info',
  silentWhen: 'It is a static pod of the kubelet, is over, never restarts (a run of its own), or is a debugging session.',
  kind: 'Pod',
  *check(pod) {
    const { annotations, ownerReferences = [] } = pod.metadata;
    const isStatic = annotations?.['kubernetes.io/config.mirror'] !== undefined;
    if (ownerReferences.length > 0 || isStatic || !isLive(pod) || (pod.spec?.restartPolicy ?? 'Always') !== 'Always') return;
    yield { message: 'Nobody makes it anew when its node goes.' };
  },
});

export const singleReplica = defineLint({
  code: 'single-replica',
  title: 'One replica behind a Service',
  documentation: 'Every restart, eviction and node upgrade is an outage for whoever calls the Service. Run two if the program allows it.',
  severity: 'info',
  silentWhen: 'No Service selects its pods, an autoscaler scales it, or a PodDisruptionBudget says that somebody thought of it.',
  kind: 'Deployment',
  *check(deployment, view) {
    const { namespace = '', name } = deployment.metadata;
    const template = podTemplateOf(deployment);
    if ((deployment.spec?.replicas ?? 1) !== 1 || template === null || view.incoming(refTo('Deployment', namespace, name), 'scales').length > 0) return;
    const budgets = view.podsOf(refTo('Deployment', namespace, name)).flatMap((pod) => view.incoming(refTo('Pod', namespace, pod.metadata.name), 'guards'));
    const [service] = servicesOf(template, view);
    if (service !== undefined && !budgets.some(({ from }) => from.kind === 'PodDisruptionBudget'))
      yield { path: 'spec.replicas', message: `Service ${service} has nothing behind it while this pod restarts.` };
  },
});

/** What `25%` or `1` is of so many pods, rounded as the Deployment controller does. */
function resolved(value: number | string | undefined, byDefault: string, replicas: number, up: boolean): number {
  const text = String(value ?? byDefault);
  if (!text.endsWith('%')) return Number(text);
  const share = (Number.parseInt(text, 10) * replicas) / 100;
  return up ? Math.ceil(share) : Math.floor(share);
}

export const rolloutTakesAllDown = defineLint({
  code: 'rollout-takes-all-down',
  title: 'A rollout may take all replicas down at once',
  documentation:
    'maxUnavailable is as large as the number of replicas and maxSurge is zero: with each rollout nothing serves until the new pods are ready, and a bad revision leaves nothing running.',
  severity: 'low',
  silentWhen: 'There is one replica or none, or the strategy is Recreate, which says it openly.',
  kind: 'Deployment',
  *check({ spec }) {
    const replicas = spec?.replicas ?? 1;
    const { maxUnavailable, maxSurge } = spec?.strategy?.rollingUpdate ?? {};
    if (replicas < 2 || spec?.strategy?.type === 'Recreate' || resolved(maxUnavailable, '25%', replicas, false) < replicas) return;
    if (resolved(maxSurge, '25%', replicas, true) === 0)
      yield { path: 'spec.strategy.rollingUpdate', message: `maxUnavailable ${maxUnavailable} and maxSurge 0 of ${replicas} replicas.` };
  },
});

export const sharedSingleWriter = defineLint({
  code: 'shared-single-writer-claim',
  title: 'Replicas share a volume that one node may mount',
  documentation:
    'The claim is ReadWriteOnce and the Deployment has several replicas: a replica on another node waits for the volume for ever. Use a StatefulSet, or a volume that several may write.',
  severity: 'low',
  silentWhen: 'There is one replica, or the volume may be mounted by many.',
  kind: 'Deployment',
  *check({ spec, metadata }, view) {
    for (const [index, volume] of (spec?.template.spec?.volumes ?? []).entries()) {
      const name = volume.persistentVolumeClaim?.claimName;
      const claim = name === undefined ? undefined : view.get('PersistentVolumeClaim', metadata.namespace ?? '', name);
      if ((spec?.replicas ?? 1) < 2 || claim === undefined || !isSingleWriter(claim)) continue;
      yield {
        path: `spec.template.spec.volumes[${index}]`,
        message: `${spec?.replicas} replicas want PersistentVolumeClaim ${name}, which is ${claim.spec?.accessModes?.join(', ')}.`,
      };
    }
  },
});

function isSingleWriter(claim: KindTypes['PersistentVolumeClaim']): boolean {
  const modes = claim.spec?.accessModes ?? [];
  return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}

export const updateWaits = defineLint({
  code: 'update-waits-for-person',
  title: 'Changes of the template reach no pod by themselves',
  documentation:
    'The update strategy is OnDelete, or a partition keeps pods on the old revision: a change of the template is in effect only where somebody deletes the pod, or lowers the partition.',
  severity: 'info',
  silentWhen: 'All pods have the newest revision.',
  kind: ['StatefulSet', 'DaemonSet'],
  *check(set) {
    const onDelete = set.spec?.updateStrategy?.type === 'OnDelete';
    if (isKind(set, 'StatefulSet')) {
      const partition = set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
      const { currentRevision, updateRevision } = set.status ?? {};
      if (updateRevision !== undefined && currentRevision !== updateRevision && (onDelete || partition > 0))
        yield {
          path: 'spec.updateStrategy',
          message: onDelete ? 'OnDelete: pods keep the old revision until they are deleted.' : `Partition ${partition}: pods below it keep the old revision.`,
        };
    } else if (isKind(set, 'DaemonSet') && onDelete && (set.status?.updatedNumberScheduled ?? 0) < (set.status?.desiredNumberScheduled ?? 0)) {
      yield { path: 'spec.updateStrategy', message: 'OnDelete: pods keep the old revision until they are deleted.' };
    }
  },
});

export const workloadChecks = [nakedPod, singleReplica, rolloutTakesAllDown, sharedSingleWriter, updateWaits];
