import { groupOf, type KindTypes, type ObjectRef, refKey, refLabel, refOf, sameRef } from '@quarterdeck/contract';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { denyingPolicyFor, isMeshed, meshRoot, securityGroup, strictPolicyFor } from '../routing/mesh.ts';
import { backendPods } from '../routing/service-backends.ts';
import { targetNumber } from '../routing/service-ports.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type MeshRefusalFacts = { services: readonly string[]; callers: readonly string[] };

export const meshDeniesAll = defineCode<MeshRefusalFacts>({
  code: 'mesh-denies-all',
  title: 'Authorization policy of the mesh denies everything that is called',
  documentation:
    'The AuthorizationPolicy allows nothing, or denies all, and no other policy allows anything for pods of the mesh that others are configured to call. Every request to them is answered with 403 (RBAC: access denied).',
  silentWhen: 'Another policy allows something for these pods, they are not in the mesh, or nobody is known to call them.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ services, callers }) => `Denies every request to ${services.join(', ')}, called by ${callers.join(', ')}.`,
});

export const meshRefusesPlain = defineCode<MeshRefusalFacts>({
  code: 'mesh-refuses-plain',
  title: 'Mesh refuses callers outside of it',
  documentation:
    'The PeerAuthentication has mode STRICT, so that pods of the mesh take mutual TLS alone, and workloads without a proxy of the mesh are configured to call them: their connections are reset.',
  silentWhen: 'The callers are in the mesh as well, the port is excepted, or nobody outside of the mesh is known to call them.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ services, callers }) => `Takes mutual TLS alone at ${services.join(', ')}, called without it by ${callers.join(', ')}.`,
});

export const meshPolicyAnalyser = defineCustomAnalyser({
  id: 'mesh-policy',
  matches: ({ apiVersion, kind }) => groupOf(apiVersion) === securityGroup && (kind === 'AuthorizationPolicy' || kind === 'PeerAuthentication'),
  reads: ['Service', 'Pod', 'ReplicaSet'],
  codes: [meshDeniesAll, meshRefusesPlain],
  *analyse(policy, view) {
    if (policy.metadata.deletionTimestamp !== undefined) return;
    const found = policy.kind === 'AuthorizationPolicy' ? denied(policy, view) : plain(policy, view);
    if (found.length > 0) yield finding(policy, found);
  },
});

interface Refused {
  service: ObjectRef;
  callers: ObjectRef[];
}

/** Services in the reach of a policy with the pods of the mesh behind them. */
function servicesUnder(policy: CustomResource, view: ClusterView): { service: KindTypes['Service']; pod: Pod }[] {
  const namespace = policy.metadata.namespace === meshRoot ? undefined : policy.metadata.namespace;
  return view.list('Service', namespace).flatMap((service) => {
    const pod = backendPods(view, service).find(isMeshed);
    return pod === undefined ? [] : [{ service, pod }];
  });
}

function denied(policy: CustomResource, view: ClusterView): Refused[] {
  const own = refOf(policy);
  return servicesUnder(policy, view).flatMap(({ service, pod }) => {
    const by = denyingPolicyFor(pod, view);
    const callers = by !== null && sameRef(refOf(by), own) ? callersOf(service, () => true, view) : [];
    return callers.length === 0 ? [] : [{ service: refOf(service), callers }];
  });
}

function plain(policy: CustomResource, view: ClusterView): Refused[] {
  const own = refOf(policy);
  return servicesUnder(policy, view).flatMap(({ service, pod }) => {
    const ports = (service.spec?.ports ?? []).map(targetNumber);
    const strict = ports.length > 0 && ports.every((port) => isBy(strictPolicyFor(pod, port, view), own));
    const callers = strict ? callersOf(service, (caller) => !isMeshed(caller), view) : [];
    return callers.length === 0 ? [] : [{ service: refOf(service), callers }];
  });
}

function isBy(policy: ReturnType<typeof strictPolicyFor>, own: ObjectRef): boolean {
  return policy !== null && sameRef(refOf(policy), own);
}

/** Workloads that are configured to call the Service and have such pods that run. */
function callersOf(service: KindTypes['Service'], isSuch: (pod: Pod) => boolean, view: ClusterView): ObjectRef[] {
  const callers = view.incoming(refOf(service), 'calls').map(({ from }) => view.topOwner(from));
  const unique = [...new Map(callers.map((ref) => [refKey(ref), ref])).values()];
  return unique.filter((ref) => {
    const pods = view.podsOf(ref).filter(isLive);
    return pods.length > 0 && pods.every(isSuch);
  });
}

function finding(policy: CustomResource, refused: readonly Refused[]): RawFinding<MeshRefusalFacts> {
  const object = refOf(policy);
  const callers = [...new Map(refused.flatMap((each) => each.callers).map((ref) => [refKey(ref), ref])).values()];
  const denies = policy.kind === 'AuthorizationPolicy';
  const label = (ref: ObjectRef) => refLabel({ ...ref, namespace: null });
  return {
    code: denies ? meshDeniesAll.code : meshRefusesPlain.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: null,
    concerns: [...refused.map(({ service }) => service), ...callers],
    facts: { services: refused.map(({ service }) => label(service)), callers: callers.map(label) },
    evidence: [
      denies
        ? fieldEvidence(object, 'spec.rules', 'none that allows anything', { decisive: true })
        : fieldEvidence(object, 'spec.mtls.mode', 'STRICT', { decisive: true }),
    ],
  };
}
