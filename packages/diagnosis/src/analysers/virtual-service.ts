import { groupOf, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ServicePort } from 'kubernetes-types/core/v1.js';
import { at, isRecord, listAt, numberAt, textAt } from '../custom/fields.ts';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { serviceAt } from '../routing/cluster-dns.ts';
import { networkingGroup } from '../routing/mesh.ts';
import { backendPods } from '../routing/service-backends.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** `problem` is `host` (no such Service), `port`, `subset` (no DestinationRule defines it) or `subset-empty` (no pod carries its labels). */
export type MeshRouteFacts = {
  problem: string;
  host: string;
  subset: string | null;
  port: number | null;
  meant: string | null;
  labels: string | null;
  rule: string | null;
  path: string;
};

export const meshRouteBroken = defineCode<MeshRouteFacts>({
  code: 'mesh-route-broken',
  title: 'VirtualService leads to what does not exist',
  documentation:
    'A route of the VirtualService names a Service, a port, or a subset that does not exist, or a subset whose labels no pod carries. The proxies of the mesh answer its requests with 503.',
  silentWhen: 'The host lies outside of the cluster or is a ServiceEntry, or the route has weight 0.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ problem, host, subset, port, labels }) =>
    problem === 'host'
      ? `Service ${host} does not exist.`
      : problem === 'port'
        ? `Service ${host} has no port ${port}.`
        : problem === 'subset'
          ? `No DestinationRule defines subset ${subset} of ${host}.`
          : `No pod of ${host} carries ${labels}, the labels of subset ${subset}.`,
});

export const virtualServiceAnalyser = defineCustomAnalyser({
  id: 'virtual-service',
  matches: ({ apiVersion, kind }) => kind === 'VirtualService' && groupOf(apiVersion) === networkingGroup,
  reads: ['Service', 'Pod'],
  codes: [meshRouteBroken],
  *analyse(object, view) {
    if (object.metadata.deletionTimestamp !== undefined) return;
    for (const { destination, path } of destinationsOf(object)) {
      const finding = judge(object, destination, path, view);
      if (finding !== null) yield finding;
    }
  },
});

function destinationsOf(object: CustomResource): { destination: unknown; path: string }[] {
  return ['http', 'tls', 'tcp'].flatMap((protocol) =>
    listAt(object, 'spec', protocol).flatMap((rule, i) =>
      listAt(rule, 'route').flatMap((route, j) =>
        numberAt(route, 'weight') === 0 ? [] : [{ destination: at(route, 'destination'), path: `spec.${protocol}[${i}].route[${j}].destination` }],
      ),
    ),
  );
}

function judge(object: CustomResource, destination: unknown, path: string, view: ClusterView): RawFinding<MeshRouteFacts> | null {
  const ref = refOf(object);
  const host = textAt(destination, 'host') ?? '';
  const target = resolveHost(host, null, ref.namespace ?? '', view)?.object ?? null;
  if (target?.kind !== 'Service' || isEntry(host, view)) return null;
  const facts = { host, subset: textAt(destination, 'subset'), port: numberAt(at(destination, 'port'), 'number'), meant: null, labels: null, rule: null, path };
  const finding = (more: Partial<MeshRouteFacts> & { problem: string }, seen: RawFinding['evidence']): RawFinding<MeshRouteFacts> => ({
    code: meshRouteBroken.code,
    object: ref,
    discriminator: path,
    severity: 'high',
    since: null,
    facts: { ...facts, ...more },
    evidence: seen,
  });
  if (view.isMissing(target)) {
    const names = view.list('Service', target.namespace ?? undefined).map(({ metadata }) => metadata.name);
    const seen = [
      fieldEvidence(ref, `${path}.host`, host, { decisive: true }),
      absenceEvidence(target, `Service ${target.name} does not exist in ${target.namespace}`),
    ];
    return finding({ problem: 'host', meant: nearMiss(target.name, names) }, seen);
  }
  const ports = serviceAt(target, view)?.spec?.ports ?? [];
  if (lacks(ports, facts.port)) {
    return finding({ problem: 'port', meant: onlyOf(ports) }, [
      fieldEvidence(ref, `${path}.port.number`, facts.port ?? 0, { decisive: true }),
      fieldEvidence(target, 'spec.ports', ports.map(({ port }) => port).join(', '), { decisive: true }),
    ]);
  }
  const wrong = facts.subset === null ? null : subsetProblem(target, facts.subset, view);
  return wrong === null
    ? null
    : finding(wrong.facts, [fieldEvidence(ref, `${path}.subset`, facts.subset ?? '', { decisive: true }), absenceEvidence(wrong.object ?? target, wrong.text)]);
}

function onlyOf(ports: readonly ServicePort[]): string | null {
  return ports.length === 1 ? String(ports[0]?.port) : null;
}

function lacks(ports: readonly ServicePort[], wanted: number | null): boolean {
  return wanted !== null && ports.length > 0 && ports.every(({ port }) => port !== wanted);
}

function isEntry(host: string, view: ClusterView): boolean {
  return view.listCustom(networkingGroup, 'ServiceEntry').some((entry) => listAt(entry, 'spec', 'hosts').includes(host));
}

interface SubsetProblem {
  facts: Partial<MeshRouteFacts> & { problem: string };
  object: ObjectRef | null;
  text: string;
}

/** Whether a DestinationRule of the Service defines the subset, and any of its pods carries the labels. */
function subsetProblem(service: ObjectRef, subset: string, view: ClusterView): SubsetProblem | null {
  const rules = view.listCustom(networkingGroup, 'DestinationRule').filter((rule) => {
    const target = resolveHost(textAt(rule, 'spec', 'host') ?? '', null, rule.metadata.namespace ?? '', view)?.object;
    return target?.name === service.name && target.namespace === service.namespace;
  });
  const known = rules.flatMap((rule) => listAt(rule, 'spec', 'subsets').map((raw) => ({ rule, name: textAt(raw, 'name') ?? '', labels: at(raw, 'labels') })));
  const defined = known.find(({ name }) => name === subset);
  if (defined === undefined) {
    const names = known.map(({ name }) => name);
    return {
      facts: { problem: 'subset', meant: nearMiss(subset, names) },
      object: null,
      text: `DestinationRules of ${service.name} define ${names.length === 0 ? 'no subset' : names.join(', ')}`,
    };
  }
  const wanted = isRecord(defined.labels) ? Object.entries(defined.labels) : [];
  const found = serviceAt(service, view);
  const pods = found === undefined ? [] : backendPods(view, found).filter(isLive);
  if (pods.length === 0 || pods.some(({ metadata }) => wanted.every(([key, value]) => metadata.labels?.[key] === value))) return null;
  const labels = wanted.map(([key, value]) => `${key}=${String(value)}`).join(',');
  return {
    facts: { problem: 'subset-empty', labels, rule: defined.rule.metadata.name },
    object: refOf(defined.rule),
    text: `No pod of Service ${service.name} carries ${labels}`,
  };
}
