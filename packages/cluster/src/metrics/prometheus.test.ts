import type { KubeObject, MetricQuery } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { prometheusCandidates, prometheusPath } from './find-prometheus.ts';
import { promQuery } from './prometheus-query.ts';
import { podNamePattern } from './workload-pods.ts';

interface ServiceFacts {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ports?: { port: number; name?: string }[];
}

function service(name: string, { labels = {}, annotations = {}, ports = [{ port: 9090, name: 'http-web' }] }: ServiceFacts = {}): KubeObject {
  return Object.assign({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'monitoring', labels, annotations } }, { spec: { ports } });
}

const found = (...services: KubeObject[]) => prometheusCandidates(services).map((place) => `${place.service}:${place.port}${place.prefix}`);

describe('prometheusCandidates', () => {
  it('finds the Prometheus of kube-prometheus-stack and nothing beside it', () => {
    const stack = (name: string, app: string, ports?: ServiceFacts['ports']) => service(`kps-${name}`, { labels: { app }, ...(ports ? { ports } : {}) });
    expect(
      found(
        stack('kube-prometheus-stack-alertmanager', 'kube-prometheus-stack-alertmanager', [{ port: 9093 }]),
        stack('kube-prometheus-stack-operator', 'kube-prometheus-stack-operator', [{ port: 443 }]),
        service('kps-prometheus-node-exporter', { labels: { 'app.kubernetes.io/name': 'prometheus-node-exporter' } }),
        service('kps-kube-prometheus-stack-kubelet'),
        service('prometheus-operated', { labels: { 'operated-prometheus': 'true' } }),
        stack('kube-prometheus-stack-prometheus', 'kube-prometheus-stack-prometheus', [
          { port: 8080, name: 'reloader-web' },
          { port: 9090, name: 'http-web' },
        ]),
      ),
    ).toEqual(['kps-kube-prometheus-stack-prometheus:9090', 'prometheus-operated:9090']);
  });

  it.each([
    [
      'the chart prometheus',
      service('prometheus-server', {
        labels: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/component': 'server' },
        ports: [{ port: 80, name: 'http' }],
      }),
      'prometheus-server:80',
    ],
    [
      'Thanos',
      service('thanos-query', {
        ports: [
          { port: 10901, name: 'grpc' },
          { port: 10902, name: 'http' },
        ],
      }),
      'thanos-query:10902',
    ],
    [
      'VictoriaMetrics',
      service('vmselect-main', { labels: { 'app.kubernetes.io/name': 'vmselect' }, ports: [{ port: 8481, name: 'http' }] }),
      'vmselect-main:8481/select/0/prometheus',
    ],
    [
      'one that was named',
      service('numbers', {
        annotations: { 'quarterdeck.dev/prometheus': '1234', 'quarterdeck.dev/prometheus-path': '/prom/' },
        ports: [{ port: 80 }, { port: 1234 }],
      }),
      'numbers:1234/prom',
    ],
  ])('finds %s', (_name, object, expected) => {
    expect(found(object)).toEqual([expected]);
  });

  it('leaves out one that was told off', () => {
    expect(found(service('prometheus', { annotations: { 'quarterdeck.dev/prometheus': 'false' } }))).toEqual([]);
  });
});

it('asks through the API server', () => {
  const place = { namespace: 'monitoring', service: 'p', port: '443', https: true, prefix: '' };
  expect(prometheusPath(place, 'query_range')).toBe('/api/v1/namespaces/monitoring/services/https%3Ap%3A443/proxy/api/v1/query_range');
});

describe('promQuery', () => {
  const ask = (metric: MetricQuery['metric'], target: MetricQuery['target'], step = 60) => promQuery({ metric, target, step, from: 0, to: 1 });

  it('counts no container twice', () => {
    expect(ask('cpu', { kind: 'pod', namespace: 'shop', name: 'api-1' })).toBe(
      'sum(max by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{namespace="shop",pod="api-1",container!="",container!="POD",image!=""}[240s])))',
    );
    expect(ask('memory', { kind: 'cluster' })).toContain('container_memory_working_set_bytes{container!="",container!="POD",image!=""}');
  });

  it('reads the network from the pod, and the storage of a namespace from its claims', () => {
    expect(ask('networkReceive', { kind: 'container', namespace: 'shop', pod: 'api-1', name: 'app' }, 300)).toContain('pod!="",interface!="lo"}[600s]');
    expect(ask('storage', { kind: 'namespace', namespace: 'shop' })).toBe(
      'sum(max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace="shop"}))',
    );
  });

  it('lets no name break out of its quotes', () => {
    expect(ask('memory', { kind: 'namespace', namespace: 'a"} or up{x="\\' })).toContain('namespace="a\\"} or up{x=\\"\\\\"');
  });
});

it.each([
  ['Deployment', 'api', 'api-7d4b9c6f5d-x2v8k', true],
  ['Deployment', 'api', 'api-worker-7d4b9c6f5d-x2v8k', false],
  ['StatefulSet', 'db', 'db-10', true],
  ['StatefulSet', 'db', 'db-replica-0', false],
  ['CronJob', 'report', 'report-28912345-x2v8k', true],
] as const)('%s %s has the pod %s: %s', (kind, name, pod, expected) => {
  expect(new RegExp(`^${podNamePattern(kind, name)}$`).test(pod)).toBe(expected);
});
