import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const namespaces =
  'kind: Namespace\nmetadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}\n---\nkind: Namespace\nmetadata: {name: kube-system, labels: {kubernetes.io/metadata.name: kube-system}}\n---\n';
const dns = `kind: Service
metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10], selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
---
kind: Pod
metadata: {name: dns-1, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {nodeName: node-1, containers: [{name: dns, image: "dns:1"}]}
status: {phase: Running, podIP: 10.0.9.2, conditions: [{type: Ready, status: "True"}]}
---
`;
const api = `${workloadYaml({ name: 'api', container: 'image: x:1\nports: [{name: http, containerPort: 8080}]' })}kind: Service\nmetadata: {name: api}\nspec: {clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7], selector: {app: api}, ports: [{port: 80, targetPort: http}]}\n---\n`;
const caller = (url = 'http://api:80') => workloadYaml({ name: 'client', container: `image: x:1\nenv: [{name: API_URL, value: "${url}"}]` });
const base = namespaces + dns + api + caller();
const policy = (name: string, spec: string, created = '2026-05-04T10:00:00Z') =>
  `kind: NetworkPolicy\nmetadata: {name: ${name}, creationTimestamp: "${created}"}\nspec: {${spec}}\n---\n`;
const says = (line: string) => ({ evidence: { logs: { 'client-5f4d-x1/app': [line, line, line, line] } } });
const timeout = says('ERROR connect to host api port 80: Connection timed out');
const unresolved = says('ERROR could not resolve host: api');
const ingress = (rules: string) => `podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress], ingress: [${rules}]`;
const egress = (rules: string) => `podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [${rules}]`;

describe('a call that a policy stops', () => {
  it.each([
    ['a label that no pod carries', ingress('{from: [{podSelector: {matchLabels: {app: klient}}}]}'), 'no pod of namespace shop carries app=klient'],
    [
      'an expression that leaves it out',
      ingress('{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, cart]}]}}]}'),
      'app in (web, cart)',
    ],
    ['a namespace that nobody labels so', ingress('{from: [{namespaceSelector: {matchLabels: {name: shop}}}]}'), 'no namespace carries name=shop'],
    ['the port of the Service', ingress('{from: [{podSelector: {}}], ports: [{port: 80}]}'), 'port 80 is the port of the Service'],
    ['a range that ends before', ingress('{ports: [{port: 8000, endPort: 8079}]}'), '8000'],
    ['another protocol', ingress('{ports: [{port: 8080, protocol: UDP}]}'), 'open for UDP and not for TCP'],
    [
      'an address block that excludes it',
      egress('{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/16, 10.96.0.0/12]}}]}').replaceAll('api', 'api'),
      '10.0.0.0/8',
    ],
  ])('names it for %s', async (_what, spec, words) => {
    const addressed = base.replaceAll('phase: Running\n', 'phase: Running\n  podIP: 10.0.0.5\n');
    const { named, sentences } = await seenIn(addressed + policy('guard', spec), timeout);
    expect(named).toEqual(['network-policy-blocks NetworkPolicy/guard']);
    expect(sentences[0]).toContain(words);
  });

  it.each([
    ['a named port', ingress('{ports: [{port: http}]}')],
    ['a range', ingress('{ports: [{port: 8000, endPort: 9000}]}')],
    ['its namespace', ingress('{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}')],
    ['an expression', ingress('{from: [{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}]}')],
    ['the address of the Service', egress('{to: [{ipBlock: {cidr: 10.96.0.7/32}}]}')],
  ])('is not stopped where a rule fits by %s', async (_what, spec) => {
    expect((await seenIn(base + policy('guard', spec), timeout)).named.join()).not.toContain('network-policy');
  });

  it('is allowed where one of several policies does, and names the one that nearly does', async () => {
    const deny = policy('deny-all', 'podSelector: {}, policyTypes: [Ingress]', '2026-05-04T11:00:00Z');
    const allow = (app: string) => policy('allow', ingress(`{from: [{podSelector: {matchLabels: {app: ${app}}}}]}`));
    expect((await seenIn(base + deny + allow('client'), timeout)).named.join()).not.toContain('network-policy');
    expect((await seenIn(base + deny + allow('web'), timeout)).named).toEqual(['network-policy-blocks NetworkPolicy/allow']);
    const unrelated = policy('metrics', ingress('{from: [{podSelector: {matchLabels: {app: scraper}}}], ports: [{port: 9100}]}'));
    expect((await seenIn(base + deny + unrelated, timeout)).named).toEqual(['network-policy-blocks NetworkPolicy/deny-all']);
  });

  it('leaves pods of the node network and refusals alone', async () => {
    const onHost =
      namespaces +
      dns +
      api +
      caller()
        .replaceAll('containers:', 'hostNetwork: true\n      containers:')
        .replaceAll('spec:\n  nodeName: node-1\n  hostNetwork: true\n      containers:', 'spec:\n  nodeName: node-1\n  hostNetwork: true\n  containers:');
    expect((await seenIn(onHost + policy('guard', egress('')), timeout)).named.join()).not.toContain('network-policy');
    expect((await seenIn(base + policy('guard', ingress('')), says('ERROR connect to host api port 80: Connection refused'))).named.join()).not.toContain(
      'network-policy',
    );
  });
});

describe('a name that a policy keeps from being looked up', () => {
  const toApi = policy('allow-api', egress('{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}'), '2026-05-04T11:00:00Z');
  const denyEgress = policy('default-deny-egress', 'podSelector: {}, policyTypes: [Egress]');

  it.each([
    ['the one that denies everything', denyEgress + toApi, 'default-deny-egress', '53'],
    [
      'the one that means a namespace that is not labelled so',
      policy('allow-dns', egress('{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}], ports: [{port: 53, protocol: UDP}]}')),
      'allow-dns',
      'no namespace carries name=kube-system',
    ],
    ['the one that lets out TCP alone', policy('allow-dns', egress('{ports: [{port: 53, protocol: TCP}]}')), 'allow-dns', 'open for TCP and not for UDP'],
  ])('names %s', async (_what, policies, name, words) => {
    const { named, sentences, fallbacks } = await seenIn(base + policies, unresolved);
    expect(named).toEqual([`network-policy-blocks NetworkPolicy/${name}`]);
    expect(sentences[0]).toContain(words);
    expect(fallbacks[0]).toContain('{"protocol":"UDP","port":53}');
  });

  it('is another matter where a rule lets it through', async () => {
    const open = policy(
      'allow-dns',
      egress(
        '{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}',
      ),
    );
    expect((await seenIn(base + denyEgress + open, unresolved)).named.join()).not.toContain('network-policy');
  });
});

it('names the policy that lets nothing out to the world, but none that does', async () => {
  const outside = namespaces + dns + caller('https://api.partner.example');
  const failing = says('ERROR https://api.partner.example:443/v1: Connection timed out');
  const closed = egress('{ports: [{port: 53, protocol: UDP}]}, {to: [{podSelector: {}}]}');
  expect((await seenIn(outside + policy('internal-only', closed), failing)).named.join()).toContain('network-policy-blocks NetworkPolicy/internal-only');
  expect((await seenIn(outside + policy('open', egress('{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}')), failing)).named.join()).not.toContain('network-policy');
});

it('lets a caller of another namespace in by its namespace', async () => {
  const far = `${caller('http://api.shop').replaceAll('metadata: {name: client', 'metadata: {namespace: web, name: client').replaceAll('metadata:\n  name: client', 'metadata:\n  namespace: web\n  name: client')}kind: Namespace\nmetadata: {name: web, labels: {kubernetes.io/metadata.name: web}}\n---\n`;
  const guard = policy('guard', ingress('{from: [{podSelector: {matchLabels: {app: client}}}]}'));
  const { named, sentences, fallbacks } = await seenIn(
    namespaces + dns + api + far + guard,
    says('ERROR connect to host api.shop port 80: Connection timed out'),
  );
  expect(named).toEqual(['network-policy-blocks NetworkPolicy/guard']);
  expect(sentences[0]).toContain('pods of namespace shop alone');
  expect(fallbacks[0]).toContain('"kubernetes.io/metadata.name":"web"');
});
