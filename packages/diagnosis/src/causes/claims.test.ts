import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';

async function incidentsOf(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ mechanism, cause, sentence, facts }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence, facts }));
}

const claim = (name: string, spec: string) => `
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}, ${spec}}
status: {phase: Pending}
---
`;
const storageClass = (name: string, created: string, isDefault = true) => `
kind: StorageClass
metadata: {name: ${name}, creationTimestamp: "${created}", annotations: {storageclass.kubernetes.io/is-default-class: "${isDefault}"}}
provisioner: disks.example.com
---
`;

describe('claims', () => {
  it('of one StatefulSet whose template names no class that exists are one incident at the set', async () => {
    const set = `
kind: StatefulSet
metadata: {name: db, generation: 1}
spec: {replicas: 2, podManagementPolicy: Parallel, volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: nvme}}], selector: {}, template: {spec: {containers: []}}}
---
`;
    const yaml =
      set + claim('data-db-0', 'storageClassName: nvme') + claim('data-db-1', 'storageClassName: nvme') + storageClass('fast', '2026-01-01T00:00:00Z');
    const [incident, ...others] = await incidentsOf(yaml);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'storage-class-missing', cause: 'StatefulSet db', facts: { class: 'nvme', byDefault: 'fast' } });
    const own = await incidentsOf(set + claim('data-db-0', 'storageClassName: slow'));
    expect(own).toMatchObject([{ cause: 'PersistentVolumeClaim data-db-0' }]);
  });

  const volume = (spec: string, phase = 'Available') => `
kind: PersistentVolume
metadata: {name: pv-a}
spec: {accessModes: [ReadWriteOnce], ${spec}}
status: {phase: ${phase}}
---
`;

  it('that name their volume are judged by that volume, whatever their class could make', async () => {
    const bound = claim('data', 'storageClassName: fast, volumeName: pv-a') + storageClass('fast', '2026-01-01T00:00:00Z', false);
    const small = await incidentsOf(bound + volume('storageClassName: fast, capacity: {storage: 1Gi}'));
    expect(small).toMatchObject([
      { mechanism: 'no-volume-fits', cause: 'PersistentVolumeClaim data', facts: { reason: 'size', wanted: '5Gi', offered: '1Gi' } },
    ]);
    const other = '{namespace: shop, name: someone, uid: u9}';
    const taken = await incidentsOf(bound + volume(`storageClassName: fast, capacity: {storage: 9Gi}, claimRef: ${other}`, 'Bound'));
    expect(taken).toMatchObject([{ mechanism: 'no-volume-fits', facts: { reason: 'taken' } }]);
  });

  it('without a class get the newest of several defaults', async () => {
    const two = storageClass('old', '2026-01-01T00:00:00Z') + storageClass('new', '2026-03-01T00:00:00Z');
    const { findings } = await runDiagnosis(claim('data', 'volumeMode: Filesystem') + two);
    expect(findings.map(({ facts }) => facts.class)).toEqual(['new']);
  });
});
