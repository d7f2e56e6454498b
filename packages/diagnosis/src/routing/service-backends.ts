import { isKind, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { isLive, type Pod } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Service = KindTypes['Service'];

/** Whether a Service sends its traffic to pods that it picks by labels. */
export function picksPods(service: Service): boolean {
  return service.spec?.type !== 'ExternalName' && Object.keys(service.spec?.selector ?? {}).length > 0;
}

/** The pods that a Service's selector matches and that are not over. */
export function backendPods(view: ClusterView, service: Service): Pod[] {
  return view.outgoing(refOf(service), 'selects').flatMap(({ to }) => {
    const pod = view.find(to);
    return pod !== undefined && isKind(pod, 'Pod') && isLive(pod) ? [pod] : [];
  });
}

/** Objects that send traffic to a Service by name: Ingresses, workloads whose configuration names it, webhooks. */
export function callersOf(view: ClusterView, service: ObjectRef): ObjectRef[] {
  return (['routes', 'calls', 'admits'] as const)
    .flatMap((type) => view.incoming(service, type))
    .filter(({ from }) => from.kind !== 'StatefulSet')
    .map(({ from }) => from);
}
