import type { KindTypes, ObjectRef } from '@quarterdeck/contract';
import { refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

type Workload = KindTypes['Deployment' | 'StatefulSet' | 'DaemonSet'];

/** Words of controller names that say nothing about which product it is. */
const common = new Set(
  'io com org net dev k8s kubernetes ingress controller controllers networking gateway class local example test cluster svc sh'.split(' '),
);
const role = /ingress|gateway|controller|router|proxy|operator/;

/** The workloads of the cluster that look like the controller with this name (`k8s.io/ingress-nginx`). */
export function controllerWorkloads(controller: string, view: ClusterView): ObjectRef[] {
  const words = controller
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !common.has(word));
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
  return kinds.flatMap((kind) =>
    view
      .list(kind)
      .filter((workload: Workload) => looksLike(workload, controller, words))
      .map(refOf),
  );
}

function looksLike(workload: Workload, controller: string, words: readonly string[]): boolean {
  const containers = workload.spec?.template.spec?.containers ?? [];
  const texts = containers.flatMap(({ image = '', args = [], command = [] }) => [image, ...command, ...args]);
  const text = [workload.metadata.name, workload.metadata.namespace ?? '', ...texts].join(' ').toLowerCase();
  return text.includes(controller.toLowerCase()) || (role.test(text) && words.length > 0 && words.every((word) => text.includes(word)));
}

/** Whether a workload wants no pods at all. */
export function isScaledToZero(ref: ObjectRef, view: ClusterView): boolean {
  const workload = ref.kind === 'Deployment' || ref.kind === 'StatefulSet' ? view.get(ref.kind, ref.namespace, ref.name) : undefined;
  return workload?.spec?.replicas === 0;
}
