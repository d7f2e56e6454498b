import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const api = 'apiVersion: gateway.networking.k8s.io/v1';
const condition = (type: string, status: string, reason = type, message = '') =>
  `{type: ${type}, status: "${status}", reason: ${reason}, message: "${message}", lastTransitionTime: "2026-05-04T11:30:00Z"}`;
const gatewayClass = (conditions = condition('Accepted', 'True')) =>
  `${api}\nkind: GatewayClass\nmetadata: {name: edge, namespace: null}\nspec: {controllerName: example.com/edge}\nstatus: {conditions: [${conditions}]}\n---\n`;
const gateway = (listeners: string, options: { className?: string; status?: string } = {}) =>
  `${api}\nkind: Gateway\nmetadata: {name: public, namespace: infra}\nspec: {gatewayClassName: ${options.className ?? 'edge'}, listeners: [${listeners}]}\nstatus: ${options.status ?? `{conditions: [${condition('Accepted', 'True')}, ${condition('Programmed', 'True')}]}`}\n---\n`;
const open = '{name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}';
const namespaces =
  'kind: Namespace\nmetadata: {name: shop, labels: {team: shop}}\n---\nkind: Namespace\nmetadata: {name: infra}\n---\nkind: Namespace\nmetadata: {name: data}\n---\n';
const backend = `${workloadYaml({ name: 'web', container: 'image: x:1\nports: [{containerPort: 8080}]' })}kind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n---\n`;
const route = (parent: string, ref: string, options: { kind?: string; spec?: string; status?: string } = {}) =>
  `${api}\nkind: ${options.kind ?? 'HTTPRoute'}\nmetadata: {name: shop}\nspec: {parentRefs: [{name: public, namespace: infra${parent}}], ${options.spec ?? ''} rules: [{backendRefs: [{${ref}}]}]}\n${options.status === undefined ? '' : `status: ${options.status}\n`}---\n`;
const grants = (spec: string) =>
  `apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: {name: g, namespace: data}\nspec: ${spec}\n---\n`;
const well = gatewayClass() + gateway(open) + namespaces + backend;
const right = 'name: web, port: 80';

it('is silent about a route that works', async () => {
  expect((await seenIn(well + route('', right))).named).toEqual([]);
});

describe('a route', () => {
  it.each([
    [
      'a Gateway that does not exist',
      route('', right).replace('name: public', 'name: internal-edge'),
      'gateway-route-detached Gateway/internal-edge',
      'does not exist',
    ],
    ['a Gateway that is written almost so', route('', right).replace('name: public', 'name: pubilc'), 'gateway-route-detached HTTPRoute/shop', 'public'],
    ['a listener that is not there', route(', sectionName: https', right), 'gateway-route-detached HTTPRoute/shop', 'no listener https'],
    ['a Service that does not exist', route('', 'name: checkout, port: 80'), 'gateway-route-backend Service/checkout', 'does not exist'],
    ['a Service that is written almost so', route('', 'name: webb, port: 80'), 'gateway-route-backend HTTPRoute/shop', 'Service web'],
    ['a port that the Service does not have', route('', 'name: web, port: 8080'), 'gateway-route-backend HTTPRoute/shop', 'port 8080'],
    ['a kind that the listener does not take', route('', right, { kind: 'TLSRoute' }), 'gateway-route-detached TLSRoute/shop', 'TLSRoute'],
  ])('is named for %s', async (_what, fixture, expected, word) => {
    const { named, sentences } = await seenIn(well + fixture);
    expect(named).toEqual([expected]);
    expect(sentences[0]).toContain(word);
  });

  it('has its correction proposed as a decision', async () => {
    const { fallbacks, commands } = await seenIn(well + route('', 'name: web, port: 8080'));
    expect(fallbacks[0]).toContain('"path":"/spec/rules/0/backendRefs/0/port","value":80');
    expect(commands.join()).not.toContain('patch');
  });

  it.each([
    ['Same', '{name: web, port: 80, protocol: HTTP}', 'from Same'],
    [
      'a selector that its namespace does not fit',
      '{name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: pay}}}}}',
      'from Selector',
    ],
    ['another host', '{name: web, port: 80, protocol: HTTP, hostname: "*.pay.example", allowedRoutes: {namespaces: {from: All}}}', '*.pay.example'],
  ])('does not attach to a listener for %s', async (_what, listener, word) => {
    const { named, sentences } = await seenIn(
      gatewayClass() + gateway(listener) + namespaces + backend + route('', right, { spec: 'hostnames: [shop.example],' }),
    );
    expect(named).toEqual(['gateway-route-detached HTTPRoute/shop']);
    expect(sentences[0]).toContain(word);
  });

  it('is believed to attach where its controller says so', async () => {
    const status = `{parents: [{parentRef: {name: public, namespace: infra}, conditions: [${condition('Accepted', 'True')}]}]}`;
    expect(
      (await seenIn(gatewayClass() + gateway('{name: web, port: 80, protocol: HTTP}') + namespaces + backend + route('', right, { status }))).named,
    ).toEqual([]);
  });

  it('needs a grant for a Service of another namespace', async () => {
    const other = 'kind: Service\nmetadata: {name: ledger, namespace: data}\nspec: {clusterIP: 10.96.0.9, ports: [{port: 80}]}\n---\n';
    const fixture = well + other + route('', 'name: ledger, namespace: data, port: 80');
    const unseen = { coverage: { EndpointSlice: 'forbidden' } } as const;
    const closed = await seenIn(
      fixture + grants('{from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other}], to: [{group: "", kind: Service}]}'),
      unseen,
    );
    expect(closed.named).toEqual(['gateway-route-backend HTTPRoute/shop']);
    expect(closed.fallbacks[0]).toContain('ReferenceGrant');
    const opened = grants('{from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}], to: [{group: "", kind: Service, name: ledger}]}');
    expect((await seenIn(fixture + opened, unseen)).named).toEqual([]);
  });

  it('speaks with the words of its controller where the state shows nothing', async () => {
    const status = `{parents: [{parentRef: {name: public}, conditions: [${condition('Accepted', 'False', 'UnsupportedValue', 'filter is not supported')}]}]}`;
    const { named, sentences } = await seenIn(well + route('', right, { status }));
    expect(named).toEqual(['gateway-route-refused HTTPRoute/shop']);
    expect(sentences[0]).toContain('filter is not supported');
    const shown = await seenIn(well + route('', 'name: webb, port: 80', { status: status.replace('UnsupportedValue', 'BackendNotFound') }));
    expect(shown.named).toEqual(['gateway-route-backend HTTPRoute/shop']);
  });

  it('is explained by the Service that selects nothing', async () => {
    const lost = backend.replace('selector: {app: web}', 'selector: {app: wep}');
    expect((await seenIn(gatewayClass() + gateway(open) + namespaces + lost + route('', right))).named).toEqual(['service-selector-mismatch Service/web']);
  });
});

describe('a Gateway', () => {
  it('is named for a class that does not exist', async () => {
    const { named, fallbacks } = await seenIn(gatewayClass() + gateway(open, { className: 'egde', status: '{}' }) + namespaces);
    expect(named).toEqual(['gateway-class-missing Gateway/public']);
    expect(fallbacks[0]).toContain('"/spec/gatewayClassName","value":"edge"');
  });

  it('does not work because of its class', async () => {
    const refused = gatewayClass(condition('Accepted', 'False', 'InvalidParameters', 'ConfigMap edge-config is not found'));
    const status = `{conditions: [${condition('Accepted', 'False', 'Invalid', 'class is not accepted')}]}`;
    const { named, sentences } = await seenIn(refused + gateway(open, { status }) + namespaces);
    expect(named).toEqual(['gateway-class-not-accepted GatewayClass/edge']);
    expect(sentences[0]).toContain('edge-config');
    expect((await seenIn(gatewayClass('') + gateway(open, { status: '{}' }) + namespaces)).sentences[0]).toContain('example.com/edge');
  });

  const https = '{name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}, tls: {certificateRefs: [{name: public-tls}]}}';

  it('is explained by the certificate that its listener lacks', async () => {
    const status = `{conditions: [${condition('Accepted', 'True')}, ${condition('Programmed', 'False', 'Invalid')}], listeners: [{name: https, conditions: [${condition('ResolvedRefs', 'False', 'InvalidCertificateRef', 'Secret not found')}]}]}`;
    expect((await seenIn(gatewayClass() + gateway(https, { status }) + namespaces)).named).toEqual(['gateway-certificate-unusable Secret/public-tls']);
  });

  it('speaks with the words of its controller', async () => {
    const status = `{conditions: [${condition('Accepted', 'True')}], listeners: [{name: web, conditions: [${condition('Conflicted', 'True', 'HostnameConflict', 'web and old claim one host')}]}]}`;
    const { named, sentences } = await seenIn(gatewayClass() + gateway(open, { status }) + namespaces);
    expect(named).toEqual(['gateway-not-programmed Gateway/public']);
    expect(sentences[0]).toContain('HostnameConflict');
  });

  it('is left alone while nothing is decided, and its class while nobody uses it', async () => {
    const status = `{conditions: [${condition('Accepted', 'Unknown', 'Pending')}, ${condition('Programmed', 'Unknown', 'Pending')}]}`;
    expect((await seenIn(gatewayClass() + gateway(open, { status }) + namespaces)).named).toEqual([]);
    expect((await seenIn(gatewayClass(condition('Accepted', 'Unknown', 'Pending')))).named).toEqual([]);
  });
});
