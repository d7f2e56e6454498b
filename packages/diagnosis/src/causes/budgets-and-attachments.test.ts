import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';
import { podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function incidentsOf(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ mechanism, cause, severity, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, severity, sentence }));
}

const node = (name: string, cordoned = false) =>
  `kind: Node\nmetadata: {name: ${name}}\nspec: {unschedulable: ${cordoned}}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n---\n`;

describe('disruption budgets', () => {
  const budget = 'kind: PodDisruptionBudget\nmetadata: {name: web, generation: 1}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n';
  const blocking = `${budget}status: {observedGeneration: 1, disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1}\n---\n`;

  it('weigh more while a node waits to be emptied', async () => {
    const web = workloadYaml({ name: 'web' });
    expect(await incidentsOf(web + blocking + node('node-1'))).toMatchObject([{ mechanism: 'disruption-budget-allows-nothing', severity: 'medium' }]);
    const [drained] = (await incidentsOf(web + blocking + node('node-1', true))).filter(({ mechanism }) => mechanism === 'disruption-budget-allows-nothing');
    expect(drained).toMatchObject({ severity: 'high' });
    expect(drained?.sentence).toContain('node node-1 is cordoned');
  });

  it('that cannot count say why', async () => {
    const failed = `${budget}status:
  observedGeneration: 1
  disruptionsAllowed: 0
  currentHealthy: 1
  desiredHealthy: 1
  expectedPods: 1
  conditions: [{type: DisruptionAllowed, status: "False", reason: SyncFailed, message: 'found no controllers for pod "web"', lastTransitionTime: "2026-05-04T11:30:00Z"}]
---
`;
    const pod =
      'kind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: []}\nstatus: {phase: Running, conditions: [{type: Ready, status: "False"}]}\n---\n';
    expect(await incidentsOf(failed + pod)).toMatchObject([{ mechanism: 'disruption-budget-cannot-count', cause: 'PodDisruptionBudget web' }]);
    const counting = failed
      .replace('minAvailable: 1', 'maxUnavailable: 1')
      .replace('expectedPods: 1', 'expectedPods: 0')
      .replace('SyncFailed', 'InsufficientPods');
    const [unmanaged] = await incidentsOf(counting + pod);
    expect(unmanaged?.sentence).toContain('no controller owns web');
  });
});

describe('volumes that are not handed over', () => {
  const attachment = (error: string, at = '2026-05-04T11:50:00Z') => `
kind: VolumeAttachment
metadata: {name: csi-1, creationTimestamp: "${at}"}
spec: {attacher: disks.example.com, nodeName: node-9, source: {persistentVolumeName: pv-a}}
status: {attached: true${error}}
---
`;
  const waiting = workloadYaml({
    name: 'db',
    podSpec: 'volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]',
    status: unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' }),
  });
  const claim =
    'kind: PersistentVolumeClaim\nmetadata: {name: d}\nspec: {volumeName: pv-a, accessModes: [ReadWriteOnce]}\nstatus: {phase: Bound}\n---\nkind: PersistentVolume\nmetadata: {name: pv-a}\nspec: {claimRef: {namespace: shop, name: d}}\nstatus: {phase: Bound}\n---\n';
  const multi = podEventYaml(
    'db',
    'FailedAttachVolume',
    'Multi-Attach error for volume "pv-a" Volume is already exclusively attached to one node and can\'t be attached to another',
  );

  it('name the attachment to a node that is gone, with the pod that waits', async () => {
    const found = await incidentsOf(waiting + claim + attachment('') + multi + node('node-1'));
    expect(found).toMatchObject([{ mechanism: 'volume-attached-to-gone-node', cause: 'VolumeAttachment csi-1' }]);
  });

  it('name the volume that the storage refuses, and wait while it is being attached', async () => {
    const refused = ', attachError: {message: "disk not found", time: "2026-05-04T11:50:00Z"}';
    expect(await incidentsOf(claim + attachment(refused) + node('node-9'))).toMatchObject([
      { mechanism: 'volume-attach-fails', cause: 'PersistentVolume pv-a' },
    ]);
    expect(await incidentsOf(claim + attachment('', '2026-05-04T11:59:30Z') + node('node-1'))).toEqual([]);
    expect(await incidentsOf(claim + attachment('') + node('node-9'))).toEqual([]);
  });

  it('tell of a claim that does not grow, while something mounts it', async () => {
    const growing = (condition: string) =>
      `kind: PersistentVolumeClaim\nmetadata: {name: d}\nspec: {resources: {requests: {storage: 2Gi}}}\nstatus: {phase: Bound, capacity: {storage: 1Gi}, conditions: [${condition}]}\n---\n`;
    const pending = '{type: FileSystemResizePending, status: "True", lastTransitionTime: "2026-05-04T11:30:00Z"}';
    const web = workloadYaml({ name: 'web', podSpec: 'volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]' });
    expect(await incidentsOf(web + growing(pending))).toMatchObject([{ mechanism: 'claim-resize-waits', cause: 'PersistentVolumeClaim d' }]);
    expect(await incidentsOf(web + growing(''))).toEqual([]);
    expect(await incidentsOf(growing(pending))).toEqual([]);
  });
});
