import { type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { controllerWorkloads, isScaledToZero } from '../routing/ingress-controller.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Ingress = KindTypes['Ingress'];

/** `stopped` is the controller's workload that is scaled to zero; null where nothing in the cluster looks like the controller. */
export type UnservedIngressFacts = { class: string; controller: string; stopped: string | null };

export const ingressUnserved = defineCode<UnservedIngressFacts>({
  code: 'ingress-unserved',
  title: 'No controller serves the class of an Ingress',
  documentation:
    'The IngressClass exists, but the controller that it names does not run: it is scaled to zero, or nothing in the cluster looks like it. The Ingress has no address and routes nothing. It is mild where no controller is seen at all, as some run outside of the cluster.',
  silentWhen: 'The Ingress has an address, another one of the class does, or a controller of that name runs.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ class: name, stopped }) =>
    stopped === null ? `Nothing that looks like the controller of class ${name} runs.` : `${stopped}, the controller of class ${name}, is scaled to zero.`,
});

export type IngressAddressFacts = { error: string };

export const ingressAddressError = defineCode<IngressAddressFacts>({
  code: 'ingress-address-error',
  title: 'Controller reports an error for the address of an Ingress',
  documentation: 'The controller wrote an error for a port of the load balancer into the status of the Ingress.',
  silentWhen: 'The status names no error.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ error }) => `The controller reports ${error}.`,
});

const patienceMs = 60_000;

export const ingressControllerAnalyser = defineAnalyser({
  id: 'ingress-controller',
  kind: 'Ingress',
  reads: ['IngressClass', 'Deployment', 'StatefulSet', 'DaemonSet'],
  codes: [ingressUnserved, ingressAddressError],
  *analyse(ingress, view) {
    if (ingress.metadata.deletionTimestamp !== undefined) return;
    yield* addressErrors(ingress);
    if (hasAddress(ingress) || view.scope !== null || view.coverage('Deployment') !== 'read' || view.coverage('DaemonSet') !== 'read') return;
    const object = refOf(ingress);
    const [edge] = view.outgoing(object, 'classes');
    const named = edge === undefined ? undefined : view.get('IngressClass', null, edge.to.name);
    const controller = named?.spec?.controller;
    if (edge === undefined || controller === undefined || isServedElsewhere(ingress, edge.to.name, view)) return;
    const workloads = controllerWorkloads(controller, view);
    const [stopped] = workloads;
    if (workloads.some((ref) => !isScaledToZero(ref, view)) || view.now - (timeOf(ingress.metadata.creationTimestamp) ?? 0) < patienceMs) return;
    yield {
      code: ingressUnserved.code,
      object,
      discriminator: '',
      severity: stopped === undefined ? 'low' : 'medium',
      since: null,
      concerns: stopped === undefined ? [edge.to] : [stopped],
      facts: { class: edge.to.name, controller, stopped: stopped === undefined ? null : refLabel(stopped) },
      evidence: [
        fieldEvidence(edge.to, 'spec.controller', controller, { decisive: true }),
        stopped === undefined
          ? absenceEvidence(edge.to, `No workload of the cluster looks like ${controller}`)
          : fieldEvidence(stopped, 'spec.replicas', 0, { decisive: true }),
      ],
    };
  },
});

function hasAddress({ status }: Ingress): boolean {
  return (status?.loadBalancer?.ingress ?? []).length > 0;
}

function isServedElsewhere(ingress: Ingress, name: string, view: ClusterView): boolean {
  return view.list('Ingress').some((other) => other !== ingress && hasAddress(other) && view.outgoing(refOf(other), 'classes')[0]?.to.name === name);
}

function* addressErrors(ingress: Ingress): Iterable<RawFinding<IngressAddressFacts>> {
  const errors = (ingress.status?.loadBalancer?.ingress ?? []).flatMap(({ ports = [] }) =>
    ports.flatMap(({ port, error }) => (error ? [`${error} on port ${port}`] : [])),
  );
  const [error] = errors;
  if (error === undefined) return;
  const object = refOf(ingress);
  const seen = [fieldEvidence(object, 'status.loadBalancer.ingress[].ports[].error', error, { decisive: true })];
  yield { code: ingressAddressError.code, object, discriminator: '', severity: 'medium', since: null, facts: { error }, evidence: seen };
}
