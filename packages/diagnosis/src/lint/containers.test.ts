import { describe, expect, it } from 'vitest';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { said } from './advised.ts';

const web = (container: string, podSpec = '') => workloadYaml({ name: 'web', container, podSpec });
const service = (name: string, more = '') =>
  `\n---\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: web}, clusterIP: 10.0.0.9, ports: [{port: 80}]${more}}\n---\n`;

describe('what containers are advised', () => {
  it.each([
    ['image-untagged', 'image: registry:5000/web', 'image: registry:5000/web:1', 'registry:5000/web has no tag'],
    ['image-latest', 'image: web:latest', 'image: "web:latest@sha256:00"', 'web:latest'],
    ['image-registry-frozen', 'image: k8s.gcr.io/pause:3.9', 'image: registry.k8s.io/pause:3.9', 'registry.k8s.io took its place'],
    ['resources-none', 'image: w:1', 'image: w:1\nresources: {requests: {cpu: 10m}}', 'requests no CPU'],
    ['memory-limit-missing', 'image: w:1\nresources: {requests: {memory: 10Mi}}', 'image: w:1\nresources: {limits: {memory: 10Mi}}', 'all memory of its node'],
    [
      'liveness-probe-hasty',
      'image: w:1\nlivenessProbe: {tcpSocket: {port: 80}, periodSeconds: 2, failureThreshold: 1}',
      'image: w:1\nlivenessProbe: {tcpSocket: {port: 80}}',
      'after 2 s',
    ],
    ['env-duplicate', 'image: w:1\nenv: [{name: A, value: x}, {name: A, value: y}]', 'image: w:1\nenv: [{name: A, value: x}, {name: B, value: y}]', 'env[0]'],
    [
      'env-localhost',
      'image: w:1\nenv: [{name: DB_URL, value: "postgres://localhost:5432/x"}]',
      'image: w:1\nenv: [{name: DB_URL, value: "postgres://localhost:5432/x"}]\nports: [{containerPort: 5432}]',
      'port 5432',
    ],
    ['privileged-container', 'image: w:1\nsecurityContext: {privileged: true}', 'image: w:1\nsecurityContext: {privileged: false}', 'root on its node'],
    [
      'mighty-capability',
      'image: w:1\nsecurityContext: {capabilities: {add: [SYS_ADMIN]}}',
      'image: w:1\nsecurityContext: {capabilities: {add: [NET_BIND_SERVICE]}}',
      'SYS_ADMIN',
    ],
    ['privilege-escalation', 'image: w:1\nsecurityContext: {allowPrivilegeEscalation: true}', 'image: w:1', 'allowPrivilegeEscalation is true'],
    ['runs-as-root', 'image: w:1\nsecurityContext: {runAsUser: 0}', 'image: w:1\nsecurityContext: {runAsUser: 1000}', 'user 0'],
  ])('%s: told of %j, not of %j', (code, bad, good, words) => {
    expect(said(code, web(bad)).join()).toContain(words);
    expect(said(code, web(good))).toEqual([]);
  });

  it('leaves resources to a LimitRange that fills them in', () => {
    expect(
      said('resources-none', `${web('image: w:1')}kind: LimitRange\nmetadata: {name: d}\nspec: {limits: [{type: Container, defaultRequest: {cpu: 10m}}]}`),
    ).toEqual([]);
  });

  it('asks for a readiness probe only behind a Service, and never of Jobs', () => {
    expect(said('readiness-probe-missing', web('image: w:1') + service('front')).join()).toContain('Service front');
    expect(said('readiness-probe-missing', web('image: w:1'))).toEqual([]);
    expect(said('readiness-probe-missing', web('image: w:1\nreadinessProbe: {tcpSocket: {port: 80}}') + service('front'))).toEqual([]);
    const job = 'kind: Job\nmetadata: {name: once}\nspec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a:1}]}}}';
    expect(said('readiness-probe-missing', job + service('front'))).toEqual([]);
  });
});

describe('what pods are advised', () => {
  const sidecar = (port: string) => `initContainers:\n  - {name: proxy, image: p:1, restartPolicy: Always, ports: [{containerPort: ${port}}]}`;

  it('counts a native sidecar among the containers that share ports, and an init container not', () => {
    const app = 'image: w:1\nports: [{containerPort: 8080}]';
    expect(said('port-duplicate', web(app, sidecar('8080')))).toEqual(['Port 8080 is declared by proxy as well.']);
    expect(said('port-duplicate', web(app, sidecar('8080, protocol: UDP')))).toEqual([]);
    expect(said('port-duplicate', web(app, sidecar('8080').replace(', restartPolicy: Always', '')))).toEqual([]);
  });

  it.each([
    ['host-namespace', 'hostNetwork: true', 'hostNetwork: false', 'hostNetwork is true'],
    [
      'sensitive-host-path',
      'volumes: [{name: s, hostPath: {path: /run/containerd/containerd.sock}}]',
      'volumes: [{name: t, hostPath: {path: /etc/ssl}}]',
      'containerd.sock',
    ],
    [
      'port-range-narrow',
      'securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "32768 32800"}]}',
      'securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65000"}]}',
      'Only 33 ports',
    ],
  ])('%s: told of %j, not of %j', (code, bad, good, words) => {
    const mounts = 'image: w:1\nvolumeMounts: [{name: s, mountPath: /s}, {name: t, mountPath: /t, readOnly: true}]';
    expect(said(code, web(mounts, bad)).join()).toContain(words);
    expect(said(code, web(mounts, good))).toEqual([]);
  });

  const calling = (url: string) => `image: w:1\nenv: [{name: API_URL, value: "${url}"}]`;
  const api = '\n---\nkind: Service\nmetadata: {name: api}\nspec: {selector: {app: api}, clusterIP: 10.0.0.8, ports: [{port: 80, name: http}]}\n---\n';

  it('tells of Services and ports that the configuration names in vain', () => {
    expect(said('called-service-missing', web(calling('http://orders:80')))).toEqual(['Service shop/orders does not exist.']);
    expect(said('called-service-missing', web(calling('http://orders:80')), { coverage: { Service: 'forbidden' } })).toEqual([]);
    expect(said('called-service-missing', web(calling('https://example.com')))).toEqual([]);
    expect(said('called-port-not-offered', web(calling('http://api:8080')) + api)).toEqual(['Service api offers 80 (http), not 8080.']);
    expect(said('called-port-not-offered', web(calling('http://api:80')) + api)).toEqual([]);
    expect(said('called-port-not-offered', web(calling('http://api:8080')) + api.replace('10.0.0.8', 'None'))).toEqual([]);
  });

  it('tells of a pod that calls Services and does not ask the cluster’s DNS', () => {
    expect(said('dns-without-cluster', web(calling('http://api:80'), 'dnsPolicy: Default') + api).join()).toContain('dnsPolicy is Default');
    expect(said('dns-without-cluster', web(calling('http://api:80'), 'hostNetwork: true') + api).join()).toContain('host network');
    expect(said('dns-without-cluster', web('image: w:1', 'dnsPolicy: Default') + api)).toEqual([]);
    const server = '\n---\nkind: Service\nmetadata: {name: kube-dns, namespace: kube-system}\nspec: {clusterIP: 10.0.0.10}\n---\n';
    const asking = web(calling('http://api:80'), 'dnsPolicy: None\ndnsConfig: {nameservers: [10.0.0.10]}');
    expect(said('dns-without-cluster', asking + api + server)).toEqual([]);
  });
});
