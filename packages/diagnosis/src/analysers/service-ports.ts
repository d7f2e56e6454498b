import { type KindTypes, refOf } from '@quarterdeck/contract';
import type { ServicePort } from 'kubernetes-types/core/v1.js';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { type DeclaredPort, declaredPorts, probedPorts } from '../routing/pod-ports.ts';
import { backendPods, callersOf, picksPods } from '../routing/service-backends.ts';
import { targetNumber } from '../routing/service-ports.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Service = KindTypes['Service'];

export type PortMismatchFacts = { index: number; port: number; targetPort: string; declared: readonly string[]; meant: string | null; witness: string };

export const servicePortMismatch = defineCode<PortMismatchFacts>({
  code: 'service-port-mismatch',
  title: 'Service targets a port that its pods do not serve',
  documentation:
    'The targetPort of the Service is a name that no container port has, or a number while the pods declare, and are probed on, another port that nothing addresses. Pods are ready and the Service has endpoints, but connections through it are refused.',
  silentWhen: 'The port is not declared and nothing fails: ports are declared for people.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ port, targetPort, declared, witness }) =>
    `Port ${port} goes to targetPort ${targetPort}, but the pods serve ${declared.length === 0 ? 'nothing there' : declared.join(', ')} (${witness}).`,
});

export const servicePortsAnalyser = defineAnalyser({
  id: 'service-ports',
  kind: 'Service',
  reads: ['Pod'],
  codes: [servicePortMismatch],
  *analyse(service, view) {
    const pods = picksPods(service) ? backendPods(view, service) : [];
    if (pods.length === 0) return;
    for (const [index, port] of (service.spec?.ports ?? []).entries()) {
      const mismatch = typeof port.targetPort === 'string' ? unknownName(port, pods) : strayNumber(service, port, pods, view);
      if (mismatch !== null) yield finding(service, pods, index, port, mismatch, view);
    }
  },
});

interface Mismatch {
  declared: DeclaredPort[];
  meant: DeclaredPort | null;
  witness: string;
}

const ofProtocol = (port: ServicePort, pod: Pod) => declaredPorts(pod).filter(({ protocol }) => protocol === (port.protocol ?? 'TCP'));

function unknownName(port: ServicePort, pods: readonly Pod[]): Mismatch | null {
  const all = pods.flatMap((pod) => ofProtocol(port, pod));
  if (all.some(({ name }) => name === port.targetPort)) return null;
  const declared = distinct(all);
  const namesake = pods.flatMap(declaredPorts).find(({ name }) => name === port.targetPort);
  const witness =
    namesake === undefined
      ? 'no container port has that name'
      : `the container port ${namesake.name} is ${namesake.number}/${namesake.protocol}, and the Service port is ${port.protocol ?? 'TCP'}`;
  return { declared, meant: declared.length === 1 ? (declared[0] ?? null) : null, witness };
}

/**
 * Undeclared ports are legal, so a number alone proves nothing. It is a fault when the pods declare another port that
 * no Service addresses, and either a probe that talks to that port or the lack of any other port speaks for it.
 */
function strayNumber(service: Service, port: ServicePort, pods: readonly Pod[], view: ClusterView): Mismatch | null {
  const target = targetNumber(port) ?? port.port;
  const all = pods.map((pod) => ofProtocol(port, pod));
  if (all.some((ports) => ports.length === 0 || ports.some(({ number }) => number === target))) return null;
  if (pods.some((pod) => probedPorts(pod).includes(target))) return null;
  const addressed = addressedPorts(service, pods, view);
  const declared = distinct(all.flat());
  if (declared.some(({ number, name }) => addressed.has(number) || (name !== null && addressed.has(name)))) return null;
  const probed = declared.find(({ number }) => pods.every((pod) => probedPorts(pod).includes(number)));
  if (probed !== undefined) return { declared, meant: probed, witness: `the probes talk to ${probed.number}` };
  return declared.length === 1 && (service.spec?.ports ?? []).length === 1
    ? { declared, meant: declared[0] ?? null, witness: 'the only port that the containers declare' }
    : null;
}

/** Every target port of the Services that select these pods. */
function addressedPorts(service: Service, pods: readonly Pod[], view: ClusterView): Set<number | string> {
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  const sharing = view.list('Service', service.metadata.namespace).filter((other) => backendPods(view, other).some(({ metadata }) => names.has(metadata.name)));
  return new Set(sharing.flatMap((other) => (other.spec?.ports ?? []).map((port) => targetNumber(port) ?? port.targetPort ?? port.port)));
}

function distinct(ports: readonly DeclaredPort[]): DeclaredPort[] {
  return [...new Map(ports.map((port) => [port.number, port])).values()].sort((a, b) => a.number - b.number);
}

const portText = ({ name, number }: DeclaredPort) => (name === null ? String(number) : `${number} (${name})`);

function finding(
  service: Service,
  pods: readonly Pod[],
  index: number,
  port: ServicePort,
  mismatch: Mismatch,
  view: ClusterView,
): RawFinding<PortMismatchFacts> {
  const object = refOf(service);
  const target = targetNumber(port) ?? port.targetPort ?? port.port;
  const declared = mismatch.declared.map(portText);
  const [pod] = pods;
  const served =
    pod === undefined || declared.length === 0
      ? []
      : [
          evidence({
            source: 'spec',
            object: refOf(pod),
            path: 'spec.containers[*].ports',
            value: declared.join(', '),
            text: `${pod.metadata.name} declares ${declared.join(', ')}`,
            decisive: true,
          }),
        ];
  const meant =
    mismatch.meant === null ? null : typeof port.targetPort === 'string' && mismatch.meant.name !== null ? mismatch.meant.name : String(mismatch.meant.number);
  return {
    code: servicePortMismatch.code,
    object,
    discriminator: port.name ?? String(port.port),
    severity: 'high',
    since: null,
    concerns: [...callersOf(view, object), ...pods.slice(0, 1).map(refOf)],
    facts: { index, port: port.port, targetPort: String(target), declared, meant, witness: mismatch.witness },
    evidence: [fieldEvidence(object, `spec.ports[${index}].targetPort`, target, { decisive: true }), ...served],
  };
}
