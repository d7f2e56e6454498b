import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const service = (name: string, spec: string, meta = '') => `\nkind: Service\nmetadata: {name: ${name}${meta}}\nspec: ${spec}\n---\n`;
const caller = (url: string, nodeName = 'node-1') => workloadYaml({ name: 'shop', container: `image: x:1\nenv: [{name: API_URL, value: "${url}"}]`, nodeName });
const slice = (of: string, rest: string) =>
  `\nkind: EndpointSlice\nmetadata: {name: ${of}-1, labels: {kubernetes.io/service-name: ${of}}}\naddressType: IPv4\n${rest}\n---\n`;
const node =
  '\nkind: Node\nmetadata: {name: node-1}\nspec: {podCIDR: 10.0.0.0/24, podCIDRs: [10.0.0.0/24]}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n---\n';

describe('a Service without a selector', () => {
  const manual = service('pay', '{clusterIP: 10.96.0.8, ports: [{name: http, port: 80}]}') + caller('http://pay/') + node;

  it.each([
    ['no endpoints', '', 'service-without-selector Service/pay'],
    [
      'the address of a pod that is gone',
      slice('pay', 'endpoints: [{addresses: [10.0.0.77]}]\nports: [{name: http, port: 8080}]'),
      'service-endpoints-astray EndpointSlice/pay-1',
    ],
    [
      'a port of another name',
      slice('pay', 'endpoints: [{addresses: [192.0.2.7]}]\nports: [{name: web, port: 8080}]'),
      'service-endpoints-astray EndpointSlice/pay-1',
    ],
    [
      'endpoints that are not ready',
      slice('pay', 'endpoints: [{addresses: [192.0.2.7], conditions: {ready: false}}]\nports: [{name: http, port: 8080}]'),
      'service-endpoints-astray EndpointSlice/pay-1',
    ],
  ])('that is called is named for %s', async (_what, slices, expected) => {
    expect((await seenIn(manual + slices)).named).toEqual([expected]);
  });

  it('is left alone with endpoints outside, where slices cannot be read, and where nobody calls it', async () => {
    const outside = slice('pay', 'endpoints: [{addresses: [192.0.2.7]}]\nports: [{name: http, port: 8080}]');
    expect((await seenIn(manual + outside)).named).toEqual([]);
    expect((await seenIn(manual, { coverage: { EndpointSlice: 'forbidden' } })).named).toEqual([]);
    expect((await seenIn(service('pay', '{clusterIP: 10.96.0.8, ports: [{port: 80}]}'))).named).toEqual([]);
  });

  it('names the Endpoints object that a slice mirrors', async () => {
    const mirrored = slice('pay', 'endpoints: [{addresses: [10.0.0.77]}]\nports: [{name: http, port: 8080}]').replace(
      'kubernetes.io/service-name: pay',
      'kubernetes.io/service-name: pay, endpointslice.kubernetes.io/managed-by: endpointslicemirroring-controller.k8s.io',
    );
    expect((await seenIn(manual + mirrored)).named).toEqual(['service-endpoints-astray Endpoints/pay']);
  });
});

it('names an alias of a Service that does not exist, without a word from its caller', async () => {
  const alias =
    service('pay', '{type: ExternalName, externalName: payment.shop.svc.cluster.local}') + service('payments', '{clusterIP: None, selector: {app: shop}}');
  const { named, commands } = await seenIn(alias + caller('http://pay/'));
  expect(named).toEqual(['external-name-unresolved Service/pay']);
  expect(commands[0]).toContain('payments.shop.svc.cluster.local');
  expect((await seenIn(alias)).named).toEqual([]);
});

describe('a load balancer', () => {
  const pending = service('edge', '{type: LoadBalancer, clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80}]}') + workloadYaml({ name: 'web' });
  const event = (reason: string, type = 'Warning') =>
    `\nkind: Event\nmetadata: {name: e}\ninvolvedObject: {apiVersion: v1, kind: Service, namespace: shop, name: edge}\ntype: ${type}\nreason: ${reason}\nmessage: "quota of addresses is used up"\nlastTimestamp: 2026-05-04T11:59:50Z\n---\n`;
  const young = pending.replace('metadata: {name: edge}', 'metadata: {name: edge, creationTimestamp: "2026-05-04T11:58:00Z"}');

  it('that nothing serves is named, with what its controller says', async () => {
    expect((await seenIn(pending)).sentences[0]).toContain('nothing in the cluster assigns addresses');
    const { named, sentences } = await seenIn(pending + event('SyncLoadBalancerFailed'));
    expect(named).toEqual(['load-balancer-pending Service/edge']);
    expect(sentences[0]).toContain('quota of addresses is used up');
  });

  it('is left alone while a controller is at work, and once it has an address', async () => {
    expect((await seenIn(young + event('EnsuringLoadBalancer', 'Normal'))).named).toEqual([]);
    const served = pending.replace('ports: [{port: 80}]}', 'ports: [{port: 80}]}\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}');
    expect((await seenIn(served)).named).toEqual([]);
  });
});

describe('a selector', () => {
  const labelled = (name: string, port: number, labels: string, image = `${name}:1`) =>
    workloadYaml({ name, container: `image: ${image}\nports: [{containerPort: ${port}}]` }).replaceAll(`{app: ${name}`, `{${labels}`);

  it('that also matches a program on another port is narrowed', async () => {
    const two = labelled('web', 8080, 'tier: backend, app: web') + labelled('metrics', 9100, 'tier: backend, app: metrics');
    const { named, commands } = await seenIn(two + service('web', '{clusterIP: 10.96.0.8, selector: {tier: backend}, ports: [{port: 80, targetPort: 8080}]}'));
    expect(named).toEqual(['service-selector-too-wide Service/web']);
    expect(commands[0]).toContain('{"spec":{"selector":{"app":"web"}}}');
  });

  it('that also matches a program with a Service of its own is narrowed', async () => {
    const two = labelled('cart', 8080, 'tier: backend, app: cart', 'base:1') + labelled('stock', 8080, 'tier: backend, app: stock', 'base:1');
    const own = service('stock', '{clusterIP: 10.96.0.9, selector: {app: stock}, ports: [{port: 80, targetPort: 8080}]}');
    const { named } = await seenIn(two + own + service('cart', '{clusterIP: 10.96.0.8, selector: {tier: backend}, ports: [{port: 80, targetPort: 8080}]}'));
    expect(named).toEqual(['service-selector-too-wide Service/cart']);
  });

  it('that matches another program instead is led back', async () => {
    const two = labelled('geo', 8083, 'app: geo') + labelled('rate', 8084, 'app: rate');
    const own = service('rate', '{clusterIP: 10.96.0.9, selector: {app: rate}, ports: [{port: 80, targetPort: 8084}]}');
    const { named, commands } = await seenIn(
      two + own + service('geo', '{clusterIP: 10.96.0.8, selector: {app: rate}, ports: [{port: 80, targetPort: 8083}]}'),
    );
    expect(named).toEqual(['service-selects-another Service/geo']);
    expect(commands[0]).toContain('{"spec":{"selector":{"app":"geo"}}}');
  });

  it('may lead to the next version of a program, while the last one still runs', async () => {
    const two = labelled('web', 8080, 'app: web, track: blue') + labelled('web-green', 8080, 'app: web, track: green');
    const own = service('web-green', '{clusterIP: 10.96.0.9, selector: {track: green}, ports: [{port: 80, targetPort: 8080}]}');
    expect(
      (await seenIn(two + own + service('web', '{clusterIP: 10.96.0.8, selector: {app: web, track: green}, ports: [{port: 80, targetPort: 8080}]}'))).named,
    ).toEqual([]);
  });

  it('names the workload that wears the labels of another', async () => {
    const two = labelled('web', 8080, 'app: web') + labelled('worker', 9100, 'app: web');
    const { named } = await seenIn(two + service('web', '{clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}'));
    expect(named).toEqual(['service-selector-too-wide Deployment/worker']);
  });

  it('may match two versions of one program', async () => {
    const two = labelled('web', 8080, 'app: web, track: stable', 'web:1') + labelled('web-canary', 8080, 'app: web, track: canary', 'web:2');
    const canary = service('web-canary', '{clusterIP: 10.96.0.9, selector: {track: canary}, ports: [{port: 80, targetPort: 8080}]}');
    expect((await seenIn(two + canary + service('web', '{clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}'))).named).toEqual(
      [],
    );
  });

  const relabelled = (serviceTime: string) => {
    const old = `\nkind: ReplicaSet\nmetadata: {name: web-old, annotations: {deployment.kubernetes.io/revision: "1"}, creationTimestamp: "2026-05-04T09:00:00Z", ownerReferences: [{kind: Deployment, name: web}]}\nspec: {replicas: 0, template: {metadata: {labels: {app: web, release: v1}}}}\nstatus: {replicas: 0}\n---\n`;
    const now = workloadYaml({ name: 'web' })
      .replaceAll('{app: web, pod-template-hash', '{app: web, release: v2, pod-template-hash')
      .replaceAll('template:\n    metadata: {labels: {app: web}}', 'template:\n    metadata: {labels: {app: web, release: v2}}')
      .replace('revision: "1"', 'revision: "2"');
    return (
      old + now + service('web', '{clusterIP: 10.96.0.8, selector: {app: web, release: v1}, ports: [{port: 80}]}', `, creationTimestamp: "${serviceTime}"`)
    );
  };

  it('that matched until a rollout changed the labels names the workload, and that was changed since names the Service', async () => {
    const { named, commands } = await seenIn(relabelled('2026-05-04T08:00:00Z'));
    expect(named).toEqual(['workload-labels-changed Deployment/web']);
    expect(commands[0]).toContain('"/spec/template/metadata/labels/release","value":"v1"');
    expect((await seenIn(relabelled('2026-05-04T11:30:00Z'))).named).toEqual(['service-selector-mismatch Service/web']);
  });
});

describe('internalTrafficPolicy Local', () => {
  const backend = workloadYaml({ name: 'api', container: 'image: x:1\nports: [{containerPort: 80}]', nodeName: 'node-2' });
  const local = (policy: string) =>
    backend + service('api', `{clusterIP: 10.96.0.8, internalTrafficPolicy: ${policy}, selector: {app: api}, ports: [{port: 80}]}`);

  it('is named for callers on nodes without an endpoint', async () => {
    const { named, commands } = await seenIn(local('Local') + caller('http://api/', 'node-1'));
    expect(named).toEqual(['internal-traffic-policy-local Service/api']);
    expect(commands[0]).toContain('"value":"Cluster"');
  });

  it('is left alone on the same node, and with policy Cluster', async () => {
    expect((await seenIn(local('Local') + caller('http://api/', 'node-2'))).named).toEqual([]);
    expect((await seenIn(local('Cluster') + caller('http://api/', 'node-1'))).named).toEqual([]);
  });
});

describe('the protocol of a Service port', () => {
  const pods = (declared: string, probe = '') => workloadYaml({ name: 'dns', container: `image: x:1\nports: [${declared}]\n${probe}` });
  const offered = (protocol: string) =>
    service('dns', `{clusterIP: 10.96.0.8, selector: {app: dns}, ports: [{port: 53, targetPort: 5353, protocol: ${protocol}}]}`);
  const tcpProbe = 'readinessProbe: {tcpSocket: {port: 5353}}';

  it('is named where the pods prove the other one', async () => {
    const { named, commands } = await seenIn(pods('{containerPort: 5353}', tcpProbe) + offered('UDP'));
    expect(named).toEqual(['service-port-protocol Service/dns']);
    expect(commands[0]).toContain('"/spec/ports/0/protocol","value":"TCP"');
    expect((await seenIn(pods('{containerPort: 5353, protocol: UDP}') + offered('TCP'))).named).toEqual(['service-port-protocol Service/dns']);
  });

  it('is left alone where both are served, and where nothing is proven', async () => {
    expect((await seenIn(pods('{containerPort: 5353}, {containerPort: 5353, protocol: UDP}', tcpProbe) + offered('UDP'))).named).toEqual([]);
    expect((await seenIn(pods('{containerPort: 5353}') + offered('UDP'))).named).toEqual([]);
  });
});
