import { describe, expect, it } from 'vitest';
import { ago, runDiagnosis } from '../testing/index.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const refused = (message: string) => {
  const [deployment = '', set = ''] = workloadYaml({ name: 'web', status: '{}' }).split('---');
  const condition = `conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: ${JSON.stringify(message)}}]`;
  return `${deployment}---${set.replace('status: {replicas: 1, readyReplicas: 0}', `status: {replicas: 0, ${condition}}`)}---\n`;
};
const policy = (created = ago(60)) => `
kind: ValidatingAdmissionPolicy
metadata: {name: guard, creationTimestamp: "${created}"}
spec: {validations: [{expression: "object.spec.hostNetwork != true", message: no host network}, {expression: "has(object.metadata.labels.team)", message: name your team}]}
---
`;
const message = `pods "web-1" is forbidden: ValidatingAdmissionPolicy 'guard' with binding 'guard' denied request: name your team`;

describe('a validating admission policy that denies', () => {
  it('is named with the expression that it asks for', async () => {
    const { incidents } = await runDiagnosis(refused(message) + policy());
    expect(incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`)).toEqual(['admission-denies ValidatingAdmissionPolicy/guard']);
    expect(incidents[0]?.sentence).toContain('name your team (it asks for has(object.metadata.labels.team))');
  });

  it('leaves the workload as the odd one where others came past it since', async () => {
    const { incidents } = await runDiagnosis(refused(message) + policy(ago(7200)) + workloadYaml({ name: 'other' }));
    expect(incidents.map(({ cause }) => `${cause.kind}/${cause.name}`)).toEqual(['Deployment/web']);
  });
});

describe('a RuntimeClass that is missing', () => {
  it('is the workload’s fault where one is named almost so', async () => {
    const text = 'pods "web-1" is forbidden: pod rejected: RuntimeClass "gvisr" not found';
    const near = 'kind: RuntimeClass\nmetadata: {name: gvisor}\nhandler: runsc\n---\n';
    const { incidents } = await runDiagnosis(refused(text) + near);
    expect(incidents.map(({ cause }) => `${cause.kind}/${cause.name}`)).toEqual(['Deployment/web']);
    expect(incidents[0]?.sentence).toContain('there is gvisor');
  });
});
