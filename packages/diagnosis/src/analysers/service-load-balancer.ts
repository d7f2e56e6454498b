import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { absenceEvidence, eventEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Service = KindTypes['Service'];

/** `failure` is what the controller says; `others` are Services of this type that have an address. */
export type LoadBalancerFacts = { class: string | null; failure: string | null; others: number };

export const loadBalancerPending = defineCode<LoadBalancerFacts>({
  code: 'service-load-balancer-pending',
  title: 'Load balancer has no address',
  documentation:
    'The Service is of type LoadBalancer and nothing gave it an address, so it cannot be reached from outside of the cluster. Either no controller of the cluster serves such Services (or its class), or the controller failed and says why in an event.',
  silentWhen: 'The Service is younger than a minute, or a controller has been at work on it for less than five.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 10,
  message: ({ failure }) => (failure === null ? 'No load balancer has answered for it: it has no external address.' : `No external address: ${failure}`),
});

const patienceMs = 60_000;
const atWorkMs = 300_000;

export const serviceLoadBalancerAnalyser = defineAnalyser({
  id: 'service-load-balancer',
  kind: 'Service',
  reads: ['Event'],
  codes: [loadBalancerPending],
  *analyse(service, view) {
    if (service.spec?.type !== 'LoadBalancer' || hasAddress(service) || service.metadata.deletionTimestamp !== undefined) return;
    const object = refOf(service);
    const events = view.events(object);
    const failure = events.find(({ type, reason }) => type === 'Warning' && /loadbalancer|allocat|sync/i.test(reason));
    const working = events.some(({ reason }) => reason === 'EnsuringLoadBalancer');
    const created = timeOf(service.metadata.creationTimestamp) ?? 0;
    if (failure === undefined && view.now - created < (working ? atWorkMs : patienceMs)) return;
    const name = service.spec.loadBalancerClass ?? null;
    const seen = [
      fieldEvidence(object, 'spec.type', 'LoadBalancer'),
      ...(name === null ? [] : [fieldEvidence(object, 'spec.loadBalancerClass', name, { decisive: true })]),
      failure === undefined
        ? absenceEvidence(object, 'status.loadBalancer.ingress is empty: no address was assigned')
        : eventEvidence(failure, { decisive: true }),
    ];
    const facts = { class: name, failure: failure?.message.trim() ?? null, others: servedOthers(service, view) };
    yield { code: loadBalancerPending.code, object, discriminator: '', severity: 'medium', since: created, facts, evidence: seen };
  },
});

function hasAddress(service: Service): boolean {
  return (service.status?.loadBalancer?.ingress ?? []).length > 0;
}

/** Others of the same class that a controller did serve. */
function servedOthers(service: Service, view: ClusterView): number {
  const alike = (other: Service) => other.spec?.type === 'LoadBalancer' && other.spec.loadBalancerClass === service.spec?.loadBalancerClass;
  return view.list('Service').filter((other) => alike(other) && hasAddress(other)).length;
}
