import { defineTemplateLint } from './define-lint.ts';

export const dnsWithoutCluster = defineTemplateLint({
  code: 'dns-without-cluster',
  title: 'Pod that calls Services does not ask the cluster’s DNS',
  documentation:
    'The dnsPolicy keeps the pod from the cluster’s DNS server (Default takes the node’s; None takes what dnsConfig says; the host network needs ClusterFirstWithHostNet), and its configuration names Services.',
  severity: 'low',
  silentWhen: 'The pod names no Service, or dnsConfig names the address of the cluster’s DNS Service.',
  *check({ holder, spec, path }, view) {
    const policy = spec.dnsPolicy ?? 'ClusterFirst';
    const apart = policy === 'Default' || policy === 'None' || (spec.hostNetwork === true && policy === 'ClusterFirst');
    const [call] = apart ? view.outgoing(holder, 'calls') : [];
    const servers = new Set(spec.dnsConfig?.nameservers ?? []);
    const asksCluster = view.list('Service', 'kube-system').some((service) => servers.has(service.spec?.clusterIP ?? ''));
    if (call === undefined || asksCluster) return;
    const how =
      spec.hostNetwork === true && policy === 'ClusterFirst' ? 'on the host network, dnsPolicy ClusterFirst asks the node’s DNS' : `dnsPolicy is ${policy}`;
    yield { path: `${path}.dnsPolicy`, message: `The pod calls Service ${call.to.name}, and ${how}.` };
  },
});

const fewPorts = 1000;

export const portRangeNarrow = defineTemplateLint({
  code: 'port-range-narrow',
  title: 'Few ports for outgoing connections',
  documentation:
    'net.ipv4.ip_local_port_range leaves so few ports that a busy client runs out of them (“cannot assign requested address”). Leave it out, or allow thousands.',
  severity: 'low',
  silentWhen: `The range has ${fewPorts} ports or more.`,
  *check({ spec, path }) {
    for (const [index, { name, value }] of (spec.securityContext?.sysctls ?? []).entries()) {
      const [first = Number.NaN, last = Number.NaN] = value.trim().split(/\s+/).map(Number);
      if (name === 'net.ipv4.ip_local_port_range' && last - first + 1 < fewPorts)
        yield { path: `${path}.securityContext.sysctls[${index}]`, message: `Only ${last - first + 1} ports (${value}) for outgoing connections.` };
    }
  },
});

export const podNetworkChecks = [dnsWithoutCluster, portRangeNarrow];
