import { type AdviceThresholds, adviceThresholdsSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { workloadYaml } from '../../testing/workload-yaml.ts';
import { said } from '../advised.ts';

const object = (kind: string, name: string, body: string, metadata = '') => `\n---\nkind: ${kind}\nmetadata: {name: ${name}${metadata}}\n${body}\n---\n`;
const web = (container: string) => workloadYaml({ name: 'web', container: `image: registry.io/web:1\n${container}` });
const image = (name: string) => workloadYaml({ name: 'web', container: `image: "${name}"` });
const limits = (text: string) => web(`resources: {${text}}`);
const deployment = (spec: string, metadata = '') => object('Deployment', 'web', `spec: {template: {spec: {containers: []}}, ${spec}}`, metadata);
const service = (name: string, spec: string) => object('Service', name, `spec: {${spec}}`);
const ingress = (name: string, spec: string, metadata = '') => object('Ingress', name, `spec: {${spec}}`, metadata);

interface Case {
  code: string;
  bad: string;
  good: string;
  thresholds?: Record<string, string>;
}

const cases: Case[] = [
  { code: 'policy-image-digest', bad: image('web:1'), good: image('web@sha256:00') },
  {
    code: 'policy-image-registry',
    bad: image('docker.io/x/web:1'),
    good: image('registry.io/team/web:1'),
    thresholds: { allowedRegistries: 'registry.io/team' },
  },
  { code: 'policy-image-registry', bad: image('registry.io.evil.com/web:1'), good: image('nginx:1'), thresholds: { allowedRegistries: 'docker.io/library' } },
  { code: 'policy-image-tag', bad: image('web'), good: image('web:2') },
  { code: 'policy-image-tag', bad: image('web:dev'), good: image('web:latest'), thresholds: { disallowedTags: 'dev' } },
  { code: 'policy-resources-required', bad: limits('limits: {memory: 1Gi}'), good: limits('requests: {cpu: 10m}, limits: {memory: 1Gi}') },
  { code: 'policy-resources-too-large', bad: limits('limits: {cpu: 300m}'), good: limits('limits: {cpu: 200m}'), thresholds: { maxCpuLimit: '200m' } },
  {
    code: 'policy-resources-too-large',
    bad: limits('limits: {ephemeral-storage: 1Gi}'),
    good: limits('limits: {ephemeral-storage: 500Mi}'),
    thresholds: { maxEphemeralStorage: '500Mi' },
  },
  {
    code: 'policy-resources-ratio',
    bad: limits('requests: {memory: 1Gi}, limits: {memory: 3Gi}'),
    good: limits('requests: {memory: 1Gi}, limits: {memory: 2Gi}'),
  },
  {
    code: 'policy-probes-required',
    bad: web('livenessProbe: {tcpSocket: {port: 1}}'),
    good: web('livenessProbe: {tcpSocket: {port: 1}}\nreadinessProbe: {tcpSocket: {port: 1}}'),
  },
  { code: 'policy-no-terminal', bad: web('stdin: true\ntty: true'), good: web('stdin: true') },
  {
    code: 'policy-no-token',
    bad: workloadYaml({ name: 'web' }),
    good: workloadYaml({ name: 'web', podSpec: 'serviceAccountName: bot' }) + object('ServiceAccount', 'bot', 'automountServiceAccountToken: false'),
  },
  {
    code: 'policy-required-labels',
    bad: deployment('', ', labels: {team: ""}'),
    good: deployment('', ', labels: {team: a}'),
    thresholds: { requiredLabels: 'team' },
  },
  { code: 'policy-required-annotations', bad: deployment(''), good: deployment('', ', annotations: {owner: a}'), thresholds: { requiredAnnotations: 'owner' } },
  { code: 'policy-replicas', bad: deployment('replicas: 5'), good: deployment('replicas: 3'), thresholds: { minReplicas: '1', maxReplicas: '3' } },
  {
    code: 'policy-autoscaler-bounds',
    bad: object('HorizontalPodAutoscaler', 'h', 'spec: {minReplicas: 2, maxReplicas: 6}'),
    good: object('HorizontalPodAutoscaler', 'h', 'spec: {minReplicas: 3, maxReplicas: 6}'),
    thresholds: { minAutoscalerReplicas: '3', maxAutoscalerReplicas: '6' },
  },
  { code: 'policy-no-load-balancer', bad: service('s', 'type: LoadBalancer'), good: service('s', 'type: ClusterIP') },
  {
    code: 'policy-external-ips',
    bad: service('s', 'externalIPs: [1.2.3.4]'),
    good: service('s', 'externalIPs: [10.0.0.1]'),
    thresholds: { allowedExternalIps: '10.0.0.1' },
  },
  {
    code: 'policy-unique-selector',
    bad: service('a', 'selector: {app: x}') + service('b', 'selector: {app: x}'),
    good: service('a', 'selector: {app: x}') + service('b', 'clusterIP: None, selector: {app: x}'),
  },
  { code: 'policy-ingress-tls', bad: ingress('i', 'rules: [{host: a.io}]'), good: ingress('i', 'rules: [{host: a.io}], tls: [{hosts: ["*.io"]}]') },
  { code: 'policy-ingress-wildcard', bad: ingress('i', 'rules: [{host: "*.a.io"}]'), good: ingress('i', 'rules: [{host: a.io}]') },
  {
    code: 'policy-ingress-unique-host',
    bad: ingress('i', 'rules: [{host: a.io}]') + ingress('j', 'rules: [{host: a.io}]', ', namespace: other'),
    good: ingress('i', 'rules: [{host: a.io}]') + ingress('j', 'rules: [{host: a.io}]'),
  },
  {
    code: 'policy-network-policy',
    bad: object('Namespace', 'shop', '') + web(''),
    good: object('Namespace', 'shop', '') + web('') + object('NetworkPolicy', 'deny', 'spec: {podSelector: {}}'),
  },
  {
    code: 'policy-budget-strict',
    bad: object('PodDisruptionBudget', 'b', 'spec: {maxUnavailable: 0}'),
    good: object('PodDisruptionBudget', 'b', 'spec: {maxUnavailable: 1}'),
  },
  {
    code: 'policy-budget-strict',
    bad: object('PodDisruptionBudget', 'b', 'spec: {minAvailable: 2}\nstatus: {expectedPods: 2}'),
    good: object('PodDisruptionBudget', 'b', 'spec: {minAvailable: 2}\nstatus: {expectedPods: 3}'),
  },
  {
    code: 'policy-endpoints-editable',
    bad: object('ClusterRole', 'edit', 'rules: [{verbs: [create], resources: [endpoints], apiGroups: [""]}]'),
    good: object('ClusterRole', 'edit', 'rules: [{verbs: [get], resources: [endpoints], apiGroups: [""]}]'),
  },
  { code: 'policy-service-unused', bad: service('s', 'selector: {app: gone}'), good: service('s', 'selector: {app: web}') + web('') },
];

describe('the policy pack', () => {
  it.each(cases)('$code tells the one that breaks the rule from the one that keeps it', ({ code, bad, good, thresholds: typed = {} }) => {
    const thresholds: AdviceThresholds = adviceThresholdsSchema.parse(typed);
    expect(said(code, bad, { thresholds }).length).toBeGreaterThan(0);
    expect(said(code, good, { thresholds })).toEqual([]);
  });

  it('asks for a budget only where several pods run', () => {
    const two = workloadYaml({ name: 'web' }).replace('replicas: 1', 'replicas: 2');
    const second =
      '\n---\nkind: Pod\nmetadata: {name: web-2, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5f4d, controller: true}]}\n---\n';
    expect(said('policy-disruption-budget', two + second)).toHaveLength(1);
    expect(said('policy-disruption-budget', two)).toEqual([]);
    expect(said('policy-disruption-budget', two + second + object('PodDisruptionBudget', 'b', 'spec: {selector: {matchLabels: {app: web}}}'))).toEqual([]);
  });
});
