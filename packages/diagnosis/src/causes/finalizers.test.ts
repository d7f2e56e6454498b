import { describe, expect, it } from 'vitest';
import { planFor } from '../plans/planner.ts';
import { ago, runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, readyStatus, workloadYaml } from '../testing/workload-yaml.ts';

const held = (finalizer = 'ledger.acme.test/archive', seconds = 300) =>
  `\n---\nkind: ConfigMap\nmetadata: {name: ledger, deletionTimestamp: "${ago(seconds)}", finalizers: ["${finalizer}"]}\n---\n`;
const controller = (status = readyStatus, container = 'image: x:1\nenv: [{name: FINALIZER, value: ledger.acme.test/archive}]', name = 'keeper') =>
  workloadYaml({ name, status, container, podSpec: 'serviceAccountName: keeper' });
const rights = (verbs: string) => `
---
kind: ServiceAccount
metadata: {name: keeper}
---
kind: Role
metadata: {name: keeper}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [${verbs}]}]
---
kind: RoleBinding
metadata: {name: keeper}
roleRef: {kind: Role, name: keeper}
subjects: [{kind: ServiceAccount, name: keeper, namespace: shop}]
---
`;

async function diagnosed(yaml: string, logs: Record<string, string[]> = {}) {
  const { incidents, view } = await runDiagnosis(yaml, { evidence: { logs } });
  const [first] = incidents;
  const plan = first === undefined ? null : planFor(first, view, { userContext: '', horizon: 'short' });
  return { named: incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`), sentence: first?.sentence ?? '', plan };
}

describe('an object that a finalizer holds', () => {
  it('is held by the object itself where no controller is seen, or the controller may write it', async () => {
    expect((await diagnosed(held())).named).toEqual(['finalizer-holds ConfigMap/ledger']);
    const { named, sentence } = await diagnosed(held() + controller() + rights('get, patch'));
    expect(named).toEqual(['finalizer-holds ConfigMap/ledger']);
    expect(sentence).toContain('Deployment shop/keeper should remove it');
  });

  it('waits for a controller that is scaled to zero, which can be run again', async () => {
    const { named, plan } = await diagnosed(held() + controller().replace('replicas: 1', 'replicas: 0') + rights('patch'));
    expect(named).toEqual(['finalizer-controller-at-zero Deployment/keeper']);
    expect(plan?.quickFix.steps.map(({ kubectl }) => kubectl)).toEqual(['kubectl scale deployment/keeper --replicas=1 -n shop']);
  });

  it('waits for a controller that may not patch it', async () => {
    const { named, sentence } = await diagnosed(held() + controller() + rights('get, list'));
    expect(named).toEqual(['role-lacks-permission Role/keeper']);
    expect(sentence).toContain('may not patch configmaps');
  });

  it('waits for a controller that is ill itself', async () => {
    const { named } = await diagnosed(held() + controller(crashLoopStatus(1)) + rights('patch'), { 'keeper-5f4d-x1/app (previous)': ['panic: no leader'] });
    expect(named).toHaveLength(1);
    expect(named[0]).toContain('Deployment/keeper');
  });

  it('is not laid at the door of who only shares a common word, nor told of before it has had its time', async () => {
    const bystander = workloadYaml({ name: 'archive-viewer' }).replace('replicas: 1', 'replicas: 0');
    expect((await diagnosed(held() + bystander)).named).toEqual(['finalizer-holds ConfigMap/ledger']);
    expect((await diagnosed(held('ledger.acme.test/archive', 5))).named).toEqual([]);
  });
});
