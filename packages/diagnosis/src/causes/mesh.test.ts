import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const sidecar = 'initContainers: [{name: istio-proxy, image: "proxy:1", restartPolicy: Always}]';
const api = (podSpec = sidecar) =>
  `${workloadYaml({ name: 'api', container: 'image: x:1\nports: [{containerPort: 8080}]', podSpec })}kind: Service\nmetadata: {name: api}\nspec: {clusterIP: 10.96.0.7, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}\n---\nkind: Namespace\nmetadata: {name: shop}\n---\n`;
const caller = (podSpec = '') =>
  workloadYaml({
    name: 'web',
    container: 'image: x:1\nenv: [{name: API_URL, value: "http://api"}]\nreadinessProbe: {exec: {command: [check]}}',
    podSpec,
    status: unready,
  });
const unready = `
phase: Running
startTime: 2026-05-04T11:00:00Z
conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-05-04T11:00:00Z"}, {type: PodScheduled, status: "True"}]
containerStatuses:
  - {name: app, ready: false, started: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:05Z"}}}`;
const probe = (output: string) =>
  `kind: Event\nmetadata: {name: e}\ninvolvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: web-5f4d-x1}\ntype: Warning\nreason: Unhealthy\nmessage: "Readiness probe failed: ${output}"\ncount: 9\nlastTimestamp: 2026-05-04T11:59:50Z\n---\n`;
const peers = (spec: string, namespace = 'shop') =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: strict, namespace: ${namespace}}\nspec: ${spec}\n---\n`;
const authorization = (spec: string) => `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: deny-all}\nspec: ${spec}\n---\n`;
const resets = probe('curl http://api/: (56) Recv failure: Connection reset by peer');
const denied = probe('GET http://api/: 403 RBAC: access denied');

describe('mutual TLS of the mesh', () => {
  it.each(['shop', 'istio-system'])('is named for a caller outside of the mesh, set in %s', async (namespace) => {
    const { named, fallbacks } = await seenIn(api() + caller() + resets + peers('{mtls: {mode: STRICT}}', namespace));
    expect(named).toEqual(['mesh-requires-mutual-tls PeerAuthentication/strict']);
    expect(fallbacks[0]).toContain('PERMISSIVE');
  });

  it.each([
    ['a caller in the mesh', api() + caller(sidecar) + resets + peers('{mtls: {mode: STRICT}}')],
    ['a server outside of it', api('') + caller() + resets + peers('{mtls: {mode: STRICT}}')],
    [
      'a port that is excepted',
      api() + caller() + resets + peers('{selector: {matchLabels: {app: api}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}}'),
    ],
    [
      'a nearer policy that allows both',
      api() + caller() + resets + peers('{mtls: {mode: STRICT}}', 'istio-system') + peers('{mtls: {mode: PERMISSIVE}}').replace('name: strict', 'name: own'),
    ],
  ])('is left alone for %s', async (_what, fixture) => {
    expect((await seenIn(fixture)).named.join()).not.toContain('mesh-');
  });
});

describe('an authorization policy', () => {
  it('that allows nothing is named where callers are denied', async () => {
    expect((await seenIn(api() + caller(sidecar) + denied + authorization('{}'))).named).toEqual(['mesh-denies AuthorizationPolicy/deny-all']);
    const other = authorization('{rules: [{from: [{source: {namespaces: [shop]}}]}]}').replace('deny-all', 'allow');
    expect((await seenIn(api() + caller(sidecar) + denied + authorization('{}') + other)).named.join()).not.toContain('mesh-denies');
  });
});

describe('policies of the mesh', () => {
  const ready = (podSpec = '') => workloadYaml({ name: 'web', container: 'image: x:1\nenv: [{name: API_URL, value: "http://api"}]', podSpec });
  const strict = peers('{mtls: {mode: STRICT}}');

  it('are named by what they say, before anybody complains', async () => {
    expect((await seenIn(api() + ready() + strict)).named).toEqual(['mesh-requires-mutual-tls PeerAuthentication/strict']);
    expect((await seenIn(api() + ready(sidecar) + authorization('{}'))).named).toEqual(['mesh-denies AuthorizationPolicy/deny-all']);
  });

  it('are as they should be where nobody is kept out who calls', async () => {
    const allow = authorization('{rules: [{from: [{source: {namespaces: [shop]}}]}]}').replace('deny-all', 'allow');
    for (const fixture of [
      api() + ready(sidecar) + strict,
      api() + strict + authorization('{}'),
      api('') + ready() + strict,
      api() + ready(sidecar) + authorization('{}') + allow,
    ]) {
      expect((await seenIn(fixture)).named).toEqual([]);
    }
  });
});

describe('a route of the mesh', () => {
  const route = (destination: string) =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: api}\nspec: {hosts: [api], http: [{route: [{destination: {${destination}}}]}]}\n---\n`;
  const subsets =
    'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: api}\nspec: {host: api.shop.svc.cluster.local, subsets: [{name: stable, labels: {app: api}}, {name: next, labels: {version: v2}}]}\n---\n';

  it.each([
    ['a Service that does not exist', route('host: apii'), 'Service apii does not exist', '"/spec/http/0/route/0/destination/host","value":"api"'],
    ['a port', route('host: api, port: {number: 8080}'), 'no port 8080', '"value":80'],
    ['a subset that is not defined', route('host: api, subset: stabel'), 'subset stabel', '"value":"stable"'],
    ['a subset that no pod is in', route('host: api, subset: next'), 'version=v2', ''],
  ])('is named for %s', async (_what, fixture, word, command) => {
    const { named, sentences, fallbacks } = await seenIn(api() + subsets + fixture);
    expect(named).toEqual(['mesh-route-broken VirtualService/api']);
    expect(sentences[0]).toContain(word);
    expect(fallbacks[0]).toContain(command);
  });

  it('is left alone where it leads somewhere, or outside', async () => {
    expect((await seenIn(api() + subsets + route('host: api.shop.svc.cluster.local, subset: stable, port: {number: 80}'))).named).toEqual([]);
    expect((await seenIn(api() + route('host: api.partner.example'))).named).toEqual([]);
  });
});
