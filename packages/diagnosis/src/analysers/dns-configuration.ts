import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { clusterDomain, completeName, dnsConfigurationOf, isDnsConfiguration } from '../routing/cluster-dns.ts';
import { misdirection } from '../routing/corefile.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** `services` are those whose names are answered wrongly, at most five; `count` is how many there are. */
export type DnsMisdirectionFacts = { key: string; line: string; effect: string; services: readonly string[]; count: number };

export const dnsMisdirects = defineCode<DnsMisdirectionFacts>({
  code: 'dns-misdirects-services',
  title: 'Cluster DNS is told to answer wrongly for Services',
  documentation:
    'A line of the CoreDNS configuration (a template, rewrite or hosts entry, or a missing kubernetes plugin) applies to the names of Services that exist, so that pods that look them up get no address, or another one.',
  silentWhen: 'The line is for names outside of the cluster, for AAAA records alone, or sends one Service name to another Service that exists.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 30,
  message: ({ line, effect, services, count }) =>
    `\`${line}\` ${effect} for ${services.join(', ')}${count > services.length ? ` and ${count - services.length} more` : ''}.`,
});

const mostServices = 5;

export const dnsConfigurationAnalyser = defineAnalyser({
  id: 'dns-configuration',
  kind: 'ConfigMap',
  reads: ['Service'],
  codes: [dnsMisdirects],
  *analyse(configMap, view) {
    if (!isDnsConfiguration(configMap)) return;
    for (const { key, line, effect, services } of misdirections(configMap, view)) {
      const object = refOf(configMap);
      yield {
        code: dnsMisdirects.code,
        object,
        discriminator: `${key}|${line}`,
        severity: 'high',
        since: null,
        facts: { key, line, effect, services: services.slice(0, mostServices), count: services.length },
        evidence: [fieldEvidence(object, `data["${key}"]`, line, { decisive: true, text: `${key}: ${line}` })],
      };
    }
  },
});

interface Found {
  key: string;
  line: string;
  effect: string;
  services: string[];
}

/** Lines of the configuration with the Services whose names they spoil. */
function misdirections(configMap: KindTypes['ConfigMap'], view: ClusterView): Found[] {
  const found = new Map<string, Found>();
  const domain = clusterDomain(view);
  const services = view.list('Service');
  const known = new Set(services.map((service) => completeName(refOf(service), domain)));
  for (const { key, blocks } of dnsConfigurationOf(configMap)) {
    for (const service of services) {
      const wrong = misdirection(blocks, completeName(refOf(service), domain));
      if (wrong === null || known.has(wrong.effect.replace(/^asks for (.*) instead$/, '$1'))) continue;
      const id = `${key}|${wrong.line}`;
      const entry = found.get(id) ?? { key, ...wrong, services: [] };
      entry.services.push(`${service.metadata.namespace ?? ''}/${service.metadata.name}`);
      found.set(id, entry);
    }
  }
  return [...found.values()];
}
