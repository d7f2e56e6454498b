import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';

async function incidentsOf(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

const ready = (image: string) => `
  phase: Running
  conditions: [{type: Ready, status: "True"}]
  containerStatuses: [{name: app, image: "${image}", ready: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:05Z"}}}]`;
const unpulled = `
  phase: Pending
  conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-05-04T11:40:00Z"}]
  containerStatuses: [{name: app, ready: false, restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: 'manifest for db:9 not found'}}}]`;

function pod(ordinal: number, revision: string, image: string, status: string): string {
  return `
kind: Pod
metadata: {name: db-${ordinal}, labels: {app: db, controller-revision-hash: ${revision}}, ownerReferences: [{kind: StatefulSet, name: db}]}
spec: {nodeName: node-1, containers: [{name: app, image: "${image}"}]}
status:${status}
---
`;
}

function statefulSet(image: string, options: { strategy?: string; updated?: number; owner?: string; replicas?: number } = {}): string {
  const { strategy = '{type: RollingUpdate}', updated = 0, owner = '', replicas = 2 } = options;
  return `
kind: Node
metadata: {name: node-1}
status: {conditions: [{type: Ready, status: "True"}]}
---
kind: StatefulSet
metadata: {name: db, generation: 3${owner}}
spec: {replicas: ${replicas}, updateStrategy: ${strategy}, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: app, image: "${image}"}]}}}
status: {observedGeneration: 3, replicas: ${replicas}, readyReplicas: 1, updatedReplicas: ${updated}, currentRevision: db-1, updateRevision: db-2}
---
`;
}

describe('a StatefulSet whose template was mended', () => {
  it('says that the broken pod has to go, where the template no longer says what breaks it', async () => {
    const [incident, ...others] = await incidentsOf(statefulSet('db:8') + pod(0, 'db-1', 'db:8', ready('db:8')) + pod(1, 'db-1', 'db:9', unpulled));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'broken-pod-of-old-revision', cause: 'StatefulSet db' });
    expect(incident?.sentence).toContain('db-1 of revision db-1');
  });

  it('keeps to the fault itself where the change did not touch it', async () => {
    expect(await incidentsOf(statefulSet('db:9') + pod(0, 'db-1', 'db:9', unpulled))).toMatchObject([
      { mechanism: 'image-unavailable', cause: 'StatefulSet db' },
    ]);
  });

  it('keeps to the fault of the present template', async () => {
    const yaml = statefulSet('db:9', { updated: 1 }) + pod(0, 'db-1', 'db:8', ready('db:8')) + pod(1, 'db-2', 'db:9', unpulled);
    expect(await incidentsOf(yaml)).toMatchObject([{ mechanism: 'image-unavailable', cause: 'StatefulSet db' }]);
  });
});

describe('a StatefulSet that does not roll out by itself', () => {
  const old = pod(0, 'db-1', 'db:8', ready('db:8'));

  it('names the setting that keeps pods back', async () => {
    const [deleted] = await incidentsOf(statefulSet('db:9', { strategy: '{type: OnDelete}', replicas: 1 }) + old);
    expect(deleted).toMatchObject({ mechanism: 'update-not-rolled-out', cause: 'StatefulSet db' });
    expect(deleted?.sentence).toContain('OnDelete');
    const partition = statefulSet('db:9', { strategy: '{type: RollingUpdate, rollingUpdate: {partition: 1}}', updated: 1 });
    expect(await incidentsOf(partition + old + pod(1, 'db-2', 'db:9', ready('db:9')))).toMatchObject([{ mechanism: 'update-not-rolled-out' }]);
  });

  it('leaves operators, and rollouts under way, alone', async () => {
    const owner = ', ownerReferences: [{apiVersion: db.example.com/v1, kind: Database, name: db, uid: u, controller: true}]';
    expect(await incidentsOf(statefulSet('db:9', { strategy: '{type: OnDelete}', owner, replicas: 1 }) + old)).toEqual([]);
    expect(await incidentsOf(statefulSet('db:9', { updated: 1 }) + old + pod(1, 'db-2', 'db:9', ready('db:9')))).toEqual([]);
  });
});
