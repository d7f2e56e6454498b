import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { crashLoopStatus, workloadYaml } from '../testing/workload-yaml.ts';

const corefile = (extra = '', kubernetes = 'kubernetes cluster.local in-addr.arpa ip6.arpa {\n      pods insecure\n    }') => `
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        errors
        ${extra}
        ${kubernetes}
        forward . /etc/resolv.conf
    }
---
kind: Service
metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
---
`;
const dnsPods = (replicas = 1) => `
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec: {replicas: ${replicas}, selector: {matchLabels: {k8s-app: kube-dns}}, template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: coredns, image: "dns:1"}]}}}
status: {replicas: ${replicas}, readyReplicas: ${replicas}}
---
${
  replicas === 0
    ? ''
    : `kind: Pod
metadata: {name: coredns-1, namespace: kube-system, labels: {k8s-app: kube-dns}, ownerReferences: [{kind: Deployment, name: coredns}]}
spec: {nodeName: node-1, containers: [{name: coredns, image: "dns:1"}]}
status: {phase: Running, podIP: 10.0.0.2, conditions: [{type: Ready, status: "True"}]}
---`
}
`;
const db = `
kind: Service
metadata: {name: db}
spec: {clusterIP: 10.96.0.7, selector: {app: db}, ports: [{port: 5432}]}
---
${workloadYaml({ name: 'db', container: 'image: x:1\nports: [{containerPort: 5432}]' })}
kind: Namespace
metadata: {name: shop}
---
`;
const notFound = (host: string) => Array.from({ length: 4 }, () => `ERROR could not translate host name "${host}" to address: Name or service not known`);
const caller = (host: string, podSpec = '') =>
  workloadYaml({ name: 'web', container: `image: x:1\nenv: [{name: DB_URL, value: "postgres://u@${host}:5432/x"}]`, podSpec });
const said = (lines: string[]) => ({ evidence: { logs: { 'web-5f4d-x1/app': lines } } });
const healthyDns = corefile() + dnsPods();

describe('a Service whose name is not found', () => {
  it.each([
    ["the node's name servers", 'dnsPolicy: Default', '"value":"ClusterFirst"'],
    ['another server', 'dnsPolicy: None\ndnsConfig: {nameservers: [1.1.1.1], searches: [shop.svc.cluster.local]}', '"/spec/template/spec/dnsConfig"'],
    ['no search domain', 'dnsPolicy: None\ndnsConfig: {nameservers: [10.96.0.10]}', 'ClusterFirst'],
    ["the node's, because of its network", 'hostNetwork: true\ndnsPolicy: ClusterFirst', 'ClusterFirstWithHostNet'],
  ])('is explained by pods that ask %s', async (_what, podSpec, command) => {
    const seen = await seenIn(healthyDns + db + caller('db', podSpec), said(notFound('db')));
    expect(seen.named).toEqual(['pod-dns-policy Deployment/web']);
    expect(seen.commands[0]).toContain(command);
  });

  it('is not explained by a policy that asks the cluster', async () => {
    for (const podSpec of [
      'dnsPolicy: ClusterFirst',
      'hostNetwork: true\ndnsPolicy: ClusterFirstWithHostNet',
      'dnsPolicy: None\ndnsConfig: {nameservers: [10.96.0.10], searches: [shop.svc.cluster.local]}',
    ]) {
      expect((await seenIn(healthyDns + db + caller('db', podSpec), said(notFound('db')))).named.join()).not.toContain('dns-policy');
    }
  });

  it.each(['db.shop.svc.cluster.lan', 'db.shop.cluster.local'])('is explained by the domain that it is called with: %s', async (host) => {
    const seen = await seenIn(healthyDns + db + caller(host), said(notFound(host)));
    expect(seen.named).toEqual(['cluster-domain-wrong Deployment/web']);
    expect(seen.commands[0]).toContain('postgres://u@db.shop.svc.cluster.local:5432/x');
  });

  it('takes the domain from the configuration of CoreDNS', async () => {
    const own = corefile('', 'kubernetes corp.example in-addr.arpa') + dnsPods();
    expect((await seenIn(own + db + caller('db.shop.svc.cluster.local'), said(notFound('db.shop.svc.cluster.local')))).named).toEqual([
      'cluster-domain-wrong Deployment/web',
    ]);
    expect((await seenIn(own + db + caller('db.shop.svc.corp.example'), said(notFound('db.shop.svc.corp.example')))).named.join()).not.toContain('domain');
  });

  it.each([
    ['a template', 'template IN ANY shop.svc.cluster.local {\n          rcode NXDOMAIN\n        }', 'NXDOMAIN'],
    ['a rewrite', 'rewrite name db.shop.svc.cluster.local database.shop.svc.cluster.local', 'database.shop'],
    ['a rewrite of many', 'rewrite name suffix .shop.svc.cluster.local .store.svc.cluster.local', 'db.store'],
    ['a rewrite in a block', 'rewrite stop {\n          name regex (.*)\\.shop\\.svc\\.cluster\\.local {1}.old.svc.cluster.local\n        }', 'db.old'],
    ['hosts without a way on', 'hosts {\n          10.1.2.3 other.example\n        }', 'fallthrough'],
  ])('is explained by %s of CoreDNS', async (_what, directive, word) => {
    const seen = await seenIn(corefile(directive) + dnsPods() + db + caller('db'), said(notFound('db')));
    expect(seen.named).toEqual(['dns-configuration-misdirects ConfigMap/coredns']);
    expect(seen.sentences[0]).toContain(word);
    expect(seen.affected).toContain('web');
    expect(seen.commands.join()).not.toContain('edit');
  });

  it('is explained by CoreDNS that does not serve the cluster at all', async () => {
    const seen = await seenIn(corefile('', 'cache 30') + dnsPods() + db + caller('db'), said(notFound('db')));
    expect(seen.named).toEqual(['dns-configuration-misdirects ConfigMap/coredns']);
  });

  it('is explained by CoreDNS that runs nowhere, also for names of the world outside', async () => {
    const down = corefile() + dnsPods(0);
    expect((await seenIn(down + db + caller('db'), said(notFound('db')))).named).toEqual(['backend-scaled-to-zero Deployment/coredns']);
    expect((await seenIn(down + caller('api.example.com'), said(notFound('api.example.com')))).named).toEqual(['backend-scaled-to-zero Deployment/coredns']);
  });

  it('leaves what spares the Services alone', async () => {
    const spared = [
      'template IN AAAA . {\n          rcode NXDOMAIN\n        }',
      'rewrite name old.example db.shop.svc.cluster.local',
      'rewrite name regex (.*)\\.data\\.svc\\.cluster\\.local {1}.shop.svc.cluster.local',
      'hosts /etc/coredns/NodeHosts node.example {\n          10.1.2.3 a.node.example\n        }',
      'hosts {\n          10.1.2.3 a.example\n          fallthrough\n        }',
    ];
    for (const directive of spared) expect((await seenIn(corefile(directive) + dnsPods() + db + caller('db'), said(['ok']))).named).toEqual([]);
  });
});

describe('a pinned host', () => {
  const pinned = 'hostAliases: [{ip: 10.9.9.9, hostnames: [db]}]';
  const timeout = Array.from({ length: 4 }, () => 'ERROR connect to host db port 5432 failed: Connection timed out');

  it('is named where the Service of that name has another address', async () => {
    const seen = await seenIn(healthyDns + db + caller('db', pinned), said(timeout));
    expect(seen.named).toEqual(['host-alias-overrides Deployment/web']);
    expect(seen.commands[0]).toContain('{"op":"remove","path":"/spec/template/spec/hostAliases/0"}');
  });

  it('is left alone while nothing fails', async () => {
    expect((await seenIn(healthyDns + db + caller('db', pinned), said(['ok']))).named).toEqual([]);
  });
});

describe('CoreDNS that cannot read its configuration', () => {
  const crashing = workloadYaml({
    name: 'coredns',
    container: 'image: coredns:1\nargs: [-conf, /etc/coredns/Corefile]\nvolumeMounts: [{name: config, mountPath: /etc/coredns}]',
    podSpec: 'volumes: [{name: config, configMap: {name: coredns}}]',
    status: crashLoopStatus(1),
  })
    .replaceAll('metadata:\n  name: coredns', 'metadata:\n  namespace: kube-system\n  name: coredns')
    .replaceAll('metadata: {name: coredns', 'metadata: {namespace: kube-system, name: coredns');
  const lookup = Array.from({ length: 4 }, () => 'ERROR dial tcp: lookup db on 10.96.0.10:53: read udp 10.0.0.7:4000->10.96.0.10:53: i/o timeout');

  it.each([
    ['kubernets cluster.local', "/etc/coredns/Corefile:4 - Error during parsing: Unknown directive 'kubernets'", 'kubernets'],
    [
      'kubernetes cluster.local',
      'plugin/loop: Loop (127.0.0.1:55953 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting.',
      'Loop',
    ],
  ])('is one incident with all that cannot look names up: %s', async (kubernetes, line, word) => {
    const fixture = corefile('', kubernetes).replace('{k8s-app: kube-dns}, ports', '{app: coredns}, ports') + crashing + db + caller('db');
    const logs = { 'coredns-5f4d-x1/app (previous)': [line], 'web-5f4d-x1/app': lookup };
    const { named, sentences, affected } = await seenIn(fixture, { evidence: { logs } });
    expect(named).toEqual(['configuration-invalid ConfigMap/coredns']);
    expect(sentences[0]).toContain(word);
    expect(affected).toContain('web');
  });
});
