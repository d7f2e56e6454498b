import { describe, expect, it } from 'vitest';
import { planFor } from '../plans/planner.ts';
import { runDiagnosis, testNow } from '../testing/index.ts';
import { crashLoopStatus, workloadYaml } from '../testing/workload-yaml.ts';

const record = (revision: number, status: string, secondsAgo: number, kind = 'Secret') => `
kind: ${kind}
metadata:
  name: sh.helm.release.v1.web.v${revision}
  labels: {owner: helm, name: web, version: "${revision}", status: ${status}, modifiedAt: "${Math.floor(testNow / 1000) - secondsAgo}"}
---
`;

async function found(yaml: string) {
  const { incidents, view } = await runDiagnosis(yaml);
  return { incidents, view, on: incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind} ${cause.name}`) };
}

describe('Helm releases', () => {
  it('that hang in an operation block the next one', async () => {
    const { incidents, view, on } = await found(record(2, 'deployed', 9000) + record(3, 'pending-upgrade', 1200));
    expect(on).toEqual(['helm-release-pending Secret sh.helm.release.v1.web.v3']);
    const [incident] = incidents;
    expect(incident?.sentence).toContain('Revision 2 was the last that went well');
    const plan = incident === undefined ? null : planFor(incident, view, { userContext: '', horizon: 'short' });
    expect(plan?.quickFix.fallback).toContain('helm rollback web 2 -n shop');
    expect(plan?.quickFix.steps.map(({ impact }) => impact)).toEqual(['none']);
  });

  it('that failed are told, also where they are kept in ConfigMaps', async () => {
    expect((await found(record(1, 'failed', 600))).on).toEqual(['helm-release-failed Secret sh.helm.release.v1.web.v1']);
    expect((await found(record(1, 'failed', 600, 'ConfigMap'))).on).toEqual(['helm-release-failed ConfigMap sh.helm.release.v1.web.v1']);
  });

  it('that failed because their workload does not run are that fault', async () => {
    const workload = workloadYaml({ name: 'web', status: crashLoopStatus(127) }).replace(
      'metadata: {name: web, generation: 1}',
      'metadata: {name: web, generation: 1, annotations: {meta.helm.sh/release-name: web, meta.helm.sh/release-namespace: shop}}',
    );
    const { on } = await found(workload + record(4, 'failed', 600));
    expect([on.length, on[0]]).toEqual([1, expect.stringContaining('Deployment web')]);
  });

  it.each([
    ['an operation that goes on', record(2, 'pending-upgrade', 120)],
    ['an old failure that a newer revision mended', record(2, 'failed', 9000) + record(3, 'deployed', 600)],
    ['an old pending one under a newer', record(2, 'pending-upgrade', 9000) + record(3, 'deployed', 600)],
    ['a Secret of somebody else', record(2, 'failed', 9000).replace('owner: helm', 'owner: me')],
  ])('are left alone: %s', async (_name, yaml) => {
    expect((await found(yaml)).on).toEqual([]);
  });
});
