import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { eventEvidence } from '../pods/evidence.ts';
import type { ObjectEvent } from '../view/cluster-view.ts';

export type NetworkWarningFacts = { reason: string; message: string; count: number };

export const ingressWarned = defineCode<NetworkWarningFacts>({
  code: 'ingress-warned',
  title: 'Ingress controller warns about an Ingress',
  documentation:
    'The controller of the Ingress writes a warning event about it again and again: it cannot set up its load balancer, read its certificate, or translate its rules. Reason and message are its own words.',
  silentWhen: 'The last warning is older than ten minutes, or came once while the Ingress has an address.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: ({ reason, message }) => `${reason}: ${message}`,
});

export const serviceWarned = defineCode<NetworkWarningFacts>({
  code: 'service-warned',
  title: 'Endpoints of a Service cannot be written',
  documentation:
    'The controller that keeps the endpoints of the Service warns in events that it cannot write them, so that traffic goes to pods that are gone, or not to those that are new. Usually the API server refuses the write: a quota, a webhook, or rights.',
  silentWhen: 'It came less than three times, or the last time is older than five minutes: single conflicts are ordinary.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: ({ reason, message }) => `${reason}: ${message}`,
});

const ingressMs = 600_000;
const serviceMs = 300_000;

function factsOf({ reason, message, count }: ObjectEvent): NetworkWarningFacts {
  return { reason, message: message.trim(), count };
}

export const ingressEventsAnalyser = defineAnalyser({
  id: 'ingress-events',
  kind: 'Ingress',
  reads: ['Event'],
  codes: [ingressWarned],
  *analyse(ingress, view) {
    const object = refOf(ingress);
    const served = hasAddress(ingress);
    const event = view.events(object).find(({ type, count }) => type === 'Warning' && (count > 1 || !served));
    if (event === undefined || ingress.metadata.deletionTimestamp !== undefined || view.passed(event.at + ingressMs + 1)) return;
    const severity = served ? 'low' : 'medium';
    yield {
      code: ingressWarned.code,
      object,
      discriminator: '',
      severity,
      since: event.firstAt,
      facts: factsOf(event),
      evidence: [eventEvidence(event, { decisive: true })],
    };
  },
});

function hasAddress({ status }: KindTypes['Ingress']): boolean {
  return (status?.loadBalancer?.ingress ?? []).length > 0;
}

export const serviceEventsAnalyser = defineAnalyser({
  id: 'service-events',
  kind: 'Service',
  reads: ['Event'],
  codes: [serviceWarned],
  *analyse(service, view) {
    const object = refOf(service);
    const event = view.events(object).find(({ type, reason, count }) => type === 'Warning' && /^FailedTo\w+Endpoint/.test(reason) && count >= 3);
    if (event === undefined || view.passed(event.at + serviceMs + 1)) return;
    yield {
      code: serviceWarned.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: event.firstAt,
      facts: factsOf(event),
      evidence: [eventEvidence(event, { decisive: true })],
    };
  },
});
