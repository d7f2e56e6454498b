import { type KindTypes, refOf } from '@quarterdeck/contract';
import type { ServicePort } from 'kubernetes-types/core/v1.js';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { isReady, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { declaredPorts, probedPorts } from '../routing/pod-ports.ts';
import { backendPods, callersOf, picksPods } from '../routing/service-backends.ts';
import { servicePortOf } from '../routing/service-ports.ts';

export type PortProtocolFacts = { index: number; port: number; protocol: string; served: string; witness: string };

export const servicePortProtocol = defineCode<PortProtocolFacts>({
  code: 'service-port-protocol',
  title: 'Service forwards another protocol than its pods serve',
  documentation:
    'A port of the Service is for UDP while its pods serve TCP there (a TCP or HTTP probe succeeds on it, and nothing declares UDP), or the other way round. Connections to the Service find nothing, although pods and endpoints are ready.',
  silentWhen: 'The pods declare the port for both protocols, or the Service has it for both.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ port, protocol, served }) => `Port ${port} is for ${protocol}, but the pods serve ${served} there.`,
});

export const serviceProtocolAnalyser = defineAnalyser({
  id: 'service-protocol',
  kind: 'Service',
  reads: ['Pod'],
  codes: [servicePortProtocol],
  *analyse(service, view) {
    const ports = service.spec?.ports ?? [];
    if (!picksPods(service) || service.spec?.type === 'LoadBalancer') return;
    const pods = backendPods(view, service).filter(isReady);
    for (const [index, port] of pods.length === 0 ? [] : ports.entries()) {
      const found = otherProtocol(service, port, pods);
      if (found === null) continue;
      const object = refOf(service);
      const protocol = port.protocol ?? 'TCP';
      const witness = evidence({
        source: 'spec',
        object: refOf(pods[0] ?? service),
        path: 'spec.containers[*]',
        value: found.served,
        text: found.witness,
        decisive: true,
      });
      yield {
        code: servicePortProtocol.code,
        object,
        discriminator: port.name ?? String(port.port),
        severity: 'medium',
        since: null,
        concerns: callersOf(view, object),
        facts: { index, port: port.port, protocol, ...found },
        evidence: [fieldEvidence(object, `spec.ports[${index}].protocol`, protocol, { decisive: true }), witness],
      };
    }
  },
});

/** Declared ports are words alone; for TCP a probe must succeed, and UDP must be declared, as nobody does without meaning it. */
function otherProtocol(service: KindTypes['Service'], port: ServicePort, pods: readonly Pod[]): { served: string; witness: string } | null {
  const protocol = port.protocol ?? 'TCP';
  const offersBoth = (service.spec?.ports ?? []).some((other) => other !== port && other.port === port.port);
  const targets = pods.map((pod) => ({ pod, number: servicePortOf(service, port.port, pod) }));
  if (offersBoth || (protocol !== 'TCP' && protocol !== 'UDP')) return null;
  const all = (holds: (pod: Pod, number: number) => boolean) => targets.every(({ pod, number }) => number !== null && holds(pod, number));
  const declares = (pod: Pod, number: number, wanted: string) => declaredPorts(pod).some((each) => each.number === number && each.protocol === wanted);
  if (protocol === 'UDP' && all((pod, number) => probedPorts(pod).includes(number) && !declares(pod, number, 'UDP')))
    return { served: 'TCP', witness: `a probe of the pods succeeds over TCP on port ${targets[0]?.number}` };
  if (protocol === 'TCP' && all((pod, number) => declares(pod, number, 'UDP') && !declares(pod, number, 'TCP') && !probedPorts(pod).includes(number)))
    return { served: 'UDP', witness: `the pods declare port ${targets[0]?.number} for UDP alone` };
  return null;
}
