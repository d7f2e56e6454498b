import { type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { PodSpec } from 'kubernetes-types/core/v1.js';
import { dnsMisdirects } from '../analysers/dns-configuration.ts';
import { hostPlaces } from '../graph/hosts/host-places.ts';
import { podTemplateOf } from '../graph/pod-template.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { FailedCall } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef, type Workload, workloadOf } from '../pods/workload.ts';
import { clusterDnsAddresses, clusterDnsServices, clusterDomain, completeName, dnsConfigurations, serviceAt } from '../routing/cluster-dns.ts';
import { misdirection } from '../routing/corefile.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, ownedBy, upstream } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { type LogSymptom, logSymptom, symptomsWithLog } from './log-findings.ts';

const id = 'name-resolution';

export type HostAliasFacts = { workload: string; host: string; address: string; service: string; serviceAddress: string; index: number; path: string };

export const hostAliasOverrides = defineMechanism<HostAliasFacts>({
  id: 'host-alias-overrides',
  title: (facts) => `hostAliases of ${facts.workload} send ${facts.host} to ${facts.address}`,
  sentence: (facts) =>
    `${facts.workload} pins ${facts.host} to ${facts.address} (${facts.path}), so cluster DNS is never asked; Service ${facts.service} of that name has the address ${facts.serviceAddress}.`,
});

/** `meant` is the host as it should be written. */
export type ClusterDomainFacts = { workload: string; container: string; host: string; domain: string; meant: string; path: string | null };

export const clusterDomainWrong = defineMechanism<ClusterDomainFacts>({
  id: 'cluster-domain-wrong',
  title: (facts) => `${facts.host} does not end with the cluster's domain ${facts.domain}`,
  sentence: (facts) =>
    `Container ${facts.container} of ${facts.workload} looks up ${facts.host}, but names of this cluster end with svc.${facts.domain}, so the name is not found; ${facts.meant} is right.`,
});

export type DnsPolicyFacts = {
  workload: string;
  host: string;
  policy: string;
  hostNetwork: boolean;
  nameservers: readonly string[];
  meant: string;
  path: string;
  reason: string;
};

export const podDnsPolicy = defineMechanism<DnsPolicyFacts>({
  id: 'pod-dns-policy',
  title: (facts) => `dnsPolicy ${facts.policy} of ${facts.workload} does not ask the cluster's DNS`,
  sentence: (facts) =>
    `${facts.workload} has dnsPolicy ${facts.policy}${facts.hostNetwork ? ' with hostNetwork' : ''}: ${facts.reason}, so ${facts.host}, a Service of the cluster, is not found; dnsPolicy ${facts.meant} asks the cluster's DNS.`,
});

interface Lookup {
  finding: IdentifiedFinding;
  symptom: LogSymptom | null;
  pod: Pod;
  workload: Workload;
  call: FailedCall;
  seen: Explanation['evidence'];
}

/** A name that exists and is not found, or found at another address: the pod asks elsewhere, or the cluster's DNS answers wrongly. */
export const nameResolutionRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [hostAliasOverrides, clusterDomainWrong, podDnsPolicy],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    for (const call of callsBehind(finding, symptom, pod, view)) {
      const seen = symptom?.log.reading.facts.includes(call.fact) ? [logEvidence(podRef(pod), symptom.log.container, call.fact, { decisive: true })] : [];
      const lookup = { finding, symptom, pod, workload: workloadOf(pod, view), call, seen };
      yield* alias(lookup, view);
      if (!isLookup(call)) continue;
      yield* otherDomain(lookup, view);
      yield* otherServer(lookup, view);
      yield* clusterDns(lookup, view);
    }
  },
});

/** Whether the call already failed at the name: it is not found, or whoever should know it does not answer. */
function isLookup({ reason, fact }: FailedCall): boolean {
  return reason === 'host-not-found' || (reason !== 'waiting' && /:53\b|\blookup\b|resolv|getaddrinfo/i.test(fact.line));
}

const label = (ref: ObjectRef) => `${ref.kind} ${ref.name}`;

function* alias({ finding, pod, workload, call, seen }: Lookup, view: RuleView): Iterable<Explanation> {
  const service = serviceAt(call.target, view);
  const address = service?.spec?.clusterIP;
  if (service === undefined) return;
  for (const [index, { ip = '', hostnames = [] }] of (pod.spec?.hostAliases ?? []).entries()) {
    if (!hostnames.includes(call.host) || ip === address) continue;
    const path = `${workload.path}.hostAliases[${index}]`;
    const facts = {
      workload: label(workload.ref),
      host: call.host,
      address: ip,
      service: service.metadata.name,
      serviceAddress: address ?? 'none',
      index,
      path,
    };
    const pinned = fieldEvidence(workload.ref, `${path}.ip`, ip, { decisive: true, text: `${path}: ${ip} ${hostnames.join(' ')}` });
    yield endsAt({
      rule: id,
      finding,
      mechanism: hostAliasOverrides,
      object: workload.ref,
      facts,
      strength: 'certain',
      via: ownedBy(finding.object, view),
      evidence: [pinned, ...seen],
    });
  }
}

/** `db.shop.svc.cluster.lan`, or `db.shop.cluster.local` without its `svc`. */
function* otherDomain({ finding, symptom, workload, call, seen }: Lookup, view: RuleView): Iterable<Explanation> {
  const domain = clusterDomain(view);
  const host = call.host.toLowerCase().replace(/\.$/, '');
  const [, service = '', rest = ''] = /^((?:[a-z0-9-]+\.)+)svc\.(.+)$/.exec(host) ?? /^((?:[a-z0-9-]+\.)+)(cluster\..+)$/.exec(host) ?? [];
  const meant = `${service}svc.${domain}`;
  if (service === '' || host === meant || (rest === domain && host.includes('.svc.'))) return;
  const target = serviceAt(call.target, view) ?? serviceNamed(service, view);
  if (target === undefined) return;
  const object = view.find(workload.ref);
  const template = object === undefined ? null : podTemplateOf(object);
  const container = symptom?.log.container ?? finding.discriminator;
  const [place] = template === null ? [] : hostPlaces(call.host, container, template, view);
  const facts = { workload: label(workload.ref), container, host, domain, meant, path: place?.path ?? null };
  const holder = place?.holder ?? workload.ref;
  const said = place === undefined ? [] : [fieldEvidence(holder, place.path, host, { decisive: true, text: `${place.path} names ${host}` })];
  yield endsAt({
    rule: id,
    finding,
    mechanism: clusterDomainWrong,
    object: holder,
    facts,
    strength: 'certain',
    via: place?.holder ? null : ownedBy(finding.object, view),
    evidence: [...said, ...seen],
  });
}

/** `db.shop.` as the Service db of namespace shop. */
function serviceNamed(prefix: string, view: RuleView) {
  const [namespace = '', name = ''] = prefix.replace(/\.$/, '').split('.').toReversed();
  return view.get('Service', namespace, name);
}

function* otherServer({ finding, pod, workload, call, seen }: Lookup, view: RuleView): Iterable<Explanation> {
  const spec = pod.spec;
  const reason = spec === undefined || serviceAt(call.target, view) === undefined ? null : elsewhere(spec, call.host, view);
  if (spec === undefined || reason === null) return;
  const hostNetwork = spec.hostNetwork === true;
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  const path = `${workload.path}.dnsPolicy`;
  const facts: DnsPolicyFacts = {
    workload: label(workload.ref),
    host: call.host,
    policy,
    hostNetwork,
    nameservers: spec.dnsConfig?.nameservers ?? [],
    meant: hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
    path,
    reason,
  };
  const said = fieldEvidence(workload.ref, path, policy, { decisive: true });
  yield endsAt({
    rule: id,
    finding,
    mechanism: podDnsPolicy,
    object: workload.ref,
    facts,
    strength: 'certain',
    via: ownedBy(finding.object, view),
    evidence: [said, ...seen],
  });
}

/** Addresses of caches that run on every node and ask the cluster's DNS (node-local-dns). */
const nodeLocal = /^169\.254\./;

/** Why a pod with this specification does not ask the cluster's DNS for the host; null where it does, or that is not known. */
function elsewhere(spec: PodSpec, host: string, view: RuleView): string | null {
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  if (policy === 'Default') return "it asks the node's name servers, which do not know the cluster";
  if (policy === 'ClusterFirst' && spec.hostNetwork === true)
    return "a pod on the node's network then asks the node's name servers, which do not know the cluster";
  if (policy !== 'None') return null;
  const own = clusterDnsAddresses(view);
  const servers = spec.dnsConfig?.nameservers ?? [];
  if (own.length > 0 && !servers.some((server) => own.includes(server) || nodeLocal.test(server)))
    return `it asks ${listed(servers, 'no name server')} instead of ${own[0]}`;
  const searches = spec.dnsConfig?.searches ?? [];
  const complete = host.includes('.svc.');
  return complete || searches.some((search) => search.includes('svc.')) ? null : 'its dnsConfig has no search domains, so only complete names are found';
}

/** The cluster's DNS is down, or is told to answer wrongly for this name. */
function* clusterDns({ finding, call, seen }: Lookup, view: RuleView): Iterable<Explanation> {
  const down = clusterDnsServices(view).flatMap((service) => view.findingsOn(refOf(service)));
  const causes = new Map([...down, ...misdirected(call, view)].map((cause) => [cause.id, cause]));
  for (const cause of causes.values()) {
    if (refKey(cause.object) === refKey(finding.object)) continue;
    const asked = evidence({ source: 'status', object: cause.object, text: `${call.host} is looked up in the cluster's DNS` });
    yield upstream(finding, cause, { rule: id, strength: 'certain', evidence: [...seen, asked] });
  }
}

/** Findings on the lines of CoreDNS's configuration that apply to the name of the called Service. */
function misdirected(call: FailedCall, view: RuleView): IdentifiedFinding[] {
  const service = serviceAt(call.target, view);
  if (service === undefined) return [];
  const name = completeName(refOf(service), clusterDomain(view));
  return dnsConfigurations(view).flatMap(({ object, key, blocks }) => {
    const wrong = misdirection(blocks, name);
    return wrong === null ? [] : view.findingsOn(object, dnsMisdirects.code).filter(({ discriminator }) => discriminator === `${key}|${wrong.line}`);
  });
}
