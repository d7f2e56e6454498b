import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const backend = (name: string, probe = '') =>
  `${workloadYaml({ name, container: `image: ${name}:1\nports: [{containerPort: 8080}]\n${probe}` })}kind: Service\nmetadata: {name: ${name}}\nspec: {clusterIP: 10.96.0.${name.length}, selector: {app: ${name}}, ports: [{name: main, port: 80, targetPort: 8080}]}\n---\n`;
const nginx = 'kind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n---\n';
const path = (at: string, service: string) => `{path: "${at}", pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}`;
const ingress = (paths: string[], annotations = '', spec = '') =>
  `${nginx}kind: Ingress\nmetadata: {name: shop, annotations: {${annotations}}}\nspec: {ingressClassName: nginx, ${spec} rules: [{host: shop.example, http: {paths: [${paths.join(', ')}]}}]}\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}\n---\n`;

describe('paths of an Ingress', () => {
  const both = backend('cart') + backend('catalog') + backend('search');

  it('that are exchanged are put right in one step', async () => {
    const { named, commands } = await seenIn(both + ingress([path('/cart', 'catalog'), path('/catalog', 'cart')]));
    expect(named).toEqual(['ingress-path-misrouted Ingress/shop']);
    expect(commands[0]).toContain('"/spec/rules/0/http/paths/0/backend/service","value":{"name":"cart"');
    expect(commands[0]).toContain('"/spec/rules/0/http/paths/1/backend/service","value":{"name":"catalog"');
  });

  it('are named where one was copied and not changed', async () => {
    const { named, sentences } = await seenIn(both + ingress([path('/cart', 'cart'), path('/search', 'cart')]));
    expect(named).toEqual(['ingress-path-misrouted Ingress/shop']);
    expect(sentences[0]).toContain('Service search exists');
  });

  it.each([
    ['paths that are called after nothing', [path('/v1', 'cart'), path('/', 'catalog')]],
    ['a Service that another path leads to', [path('/cart', 'cart'), path('/search', 'catalog'), path('/find', 'search')]],
    ['a Service that stands in front of the one that the path is called after', [path('/cart', 'cart'), path('/search', 'catalog')]],
    ['one that bears the name with an addition', [path('/cart', 'cart'), path('/catalogs', 'catalog')]],
  ])('are left alone for %s', async (_what, paths) => {
    expect((await seenIn(both + ingress(paths))).named).toEqual([]);
  });

  const rewrite = (target: string) => `nginx.ingress.kubernetes.io/rewrite-target: "${target}"`;

  it('that lack the group of a rewrite get it', async () => {
    const { named, commands } = await seenIn(both + ingress([path('/cart', 'cart')], rewrite('/$2')));
    expect(named).toEqual(['ingress-rewrite-without-group Ingress/shop']);
    expect(commands[0]).toContain('/cart(/|$)(.*)');
    expect((await seenIn(both + ingress([path('/cart(/|$)(.*)', 'cart')], rewrite('/$2')))).named).toEqual([]);
    expect((await seenIn(both + ingress([path('/cart', 'cart')], rewrite('/')))).named).toEqual([]);
  });
});

describe('the backend of an Ingress', () => {
  const probed = (scheme: string) => backend('pay', `readinessProbe: {httpGet: {path: /, port: 8080, scheme: ${scheme}}}`);
  const https = 'nginx.ingress.kubernetes.io/backend-protocol: HTTPS';

  it('is spoken to as its probes prove', async () => {
    const { named, commands } = await seenIn(probed('HTTP') + ingress([path('/', 'pay')], https));
    expect(named).toEqual(['ingress-backend-protocol Ingress/shop']);
    expect(commands[0]).toContain('backend-protocol=HTTP ');
    expect((await seenIn(probed('HTTPS') + ingress([path('/', 'pay')]))).named).toEqual(['ingress-backend-protocol Ingress/shop']);
  });

  it('is left alone where both agree, and where nothing proves it', async () => {
    expect((await seenIn(probed('HTTPS') + ingress([path('/', 'pay')], https))).named).toEqual([]);
    expect((await seenIn(backend('pay') + ingress([path('/', 'pay')], https))).named).toEqual([]);
    const other = ingress([path('/', 'pay')], https).replace('k8s.io/ingress-nginx', 'traefik.io/ingress-controller');
    expect((await seenIn(probed('HTTP') + other)).named).toEqual([]);
  });
});

it('names a TLS host that the rules write differently', async () => {
  const { named, commands } = await seenIn(backend('pay') + ingress([path('/', 'pay')], '', 'tls: [{hosts: [shopp.example]}],'));
  expect(named).toEqual(['ingress-tls-host-misspelt Ingress/shop']);
  expect(commands[0]).toContain('"/spec/tls/0/hosts/0","value":"shop.example"');
  expect((await seenIn(backend('pay') + ingress([path('/', 'pay')], '', 'tls: [{hosts: ["*.example"]}],'))).named).toEqual([]);
});

describe('the controller of an Ingress', () => {
  const waiting = backend('pay') + ingress([path('/', 'pay')]).replace(/status: .*\n/, '');
  const controller = (replicas: number) =>
    `kind: Deployment\nmetadata: {name: ingress-nginx-controller, namespace: ingress-nginx}\nspec: {replicas: ${replicas}, selector: {matchLabels: {app: c}}, template: {metadata: {labels: {app: c}}, spec: {containers: [{name: c, image: "registry.k8s.io/ingress-nginx/controller:v1"}]}}}\nstatus: {replicas: ${replicas}, readyReplicas: ${replicas}}\n---\n`;

  it('is named where it is scaled to zero, and started', async () => {
    const { named, commands } = await seenIn(waiting + controller(0));
    expect(named).toEqual(['ingress-controller-not-running Deployment/ingress-nginx-controller']);
    expect(commands[0]).toBe('kubectl scale deployment/ingress-nginx-controller --replicas=1 -n ingress-nginx');
  });

  it('is no matter while it runs, and advice at most where nothing is seen of it', async () => {
    expect((await seenIn(waiting + controller(1))).named).toEqual([]);
    expect((await seenIn(waiting)).named).toEqual([]);
  });

  it('speaks in the status', async () => {
    const failing = ingress([path('/', 'pay')]).replace('{ip: 192.0.2.1}', '{ip: 192.0.2.1, ports: [{port: 443, protocol: TCP, error: NoCertificate}]}');
    expect((await seenIn(backend('pay') + failing)).named).toEqual(['ingress-address-error Ingress/shop']);
  });
});
