import type { ChainNode } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { builtInKnowledge } from '../run/knowledge.ts';
import { ago, runDiagnosis } from '../testing/index.ts';
import { stateWords } from './state-words.ts';

function drawn(chain: readonly ChainNode[] | undefined): string[] {
  return (chain ?? []).map(({ object, relation, state, stateText }) => `${relation ?? ''}> ${object.kind} ${object.name}: ${state}, ${stateText}`);
}

async function onlyIncident(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  expect(incidents).toHaveLength(1);
  return incidents[0];
}

const pendingClaim = `kind: PersistentVolumeClaim
metadata: {name: data, creationTimestamp: '${ago(300)}'}
spec: {storageClassName: premium}
status: {phase: Pending}`;

function refusedDeployment(name: string, message: string): string {
  const conditions = `[{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: '${message}', lastTransitionTime: '${ago(300)}'}]`;
  const template = `{metadata: {labels: {app: ${name}}}, spec: {containers: [{name: app, image: a}]}}`;
  return `kind: Deployment
metadata: {name: ${name}}
spec: {replicas: 2, selector: {matchLabels: {app: ${name}}}, template: ${template}}
---
kind: ReplicaSet
metadata: {name: ${name}-77, ownerReferences: [{kind: Deployment, name: ${name}}]}
spec: {replicas: 2, selector: {matchLabels: {app: ${name}}}}
status: {replicas: 0, conditions: ${conditions}}`;
}

describe('chainsOf', () => {
  it('begins at what the cause refers to and is not there; the cause stays the cause', async () => {
    const incident = await onlyIncident(pendingClaim);
    expect(incident?.cause.name).toBe('data');
    expect(drawn(incident?.chains[0])).toEqual(['> StorageClass premium: missing, missing', 'provisions> PersistentVolumeClaim data: medium, Pending']);
    expect(incident?.chains[0]?.[0]?.exists).toBe(false);
  });

  it('says how a workload hangs on a webhook that refuses its pods, and counts no missing Service among the affected', async () => {
    const incident = await onlyIncident(`kind: ValidatingWebhookConfiguration
metadata: {name: policy, creationTimestamp: '${ago(300)}'}
webhooks: [{name: pods.policy.test, failurePolicy: Fail, rules: [{resources: [pods]}], clientConfig: {service: {namespace: shop, name: gate}}}]
---
${refusedDeployment('api', 'Internal error occurred: failed calling webhook "pods.policy.test": failed to call webhook: service "gate" not found')}`);
    expect(drawn(incident?.chains[0])).toEqual([
      '> Service gate: missing, missing',
      'calls> ValidatingWebhookConfiguration policy: high, backend missing',
      'admitted by> Deployment api: critical, 0/2 ready',
    ]);
    expect(incident?.affected.map(({ name }) => name)).toEqual(['api']);
  });

  it('does not show a cause as well, whatever its kind says', async () => {
    const refusal = 'pods "api-77-x" is forbidden: exceeded quota: team, requested: requests.cpu=20m, used: requests.cpu=20m, limited: requests.cpu=30m';
    const incident = await onlyIncident(`kind: ResourceQuota
metadata: {name: team}
spec: {hard: {requests.cpu: 30m}}
status: {hard: {requests.cpu: 30m}, used: {requests.cpu: 20m}}
---
${refusedDeployment('api', refusal)}`);
    expect(drawn(incident?.chains[0])).toEqual(['> ResourceQuota team: unknown, requests.cpu 66% used', 'guarded by> Deployment api: critical, 0/2 ready']);
  });
});

describe('stateWords', () => {
  it('has at most four words for a finding, never its title', () => {
    const codes = [...builtInKnowledge.codes.values()].filter(({ code }) => stateWords(code) !== '');
    expect(codes.length).toBeGreaterThan(40);
    for (const { code, title } of codes) {
      expect(stateWords(code), code).toMatch(/^\S+( \S+){0,3}$/);
      expect(stateWords(code)).not.toBe(title);
    }
  });
});
