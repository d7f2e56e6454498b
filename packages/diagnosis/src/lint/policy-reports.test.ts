import { describe, expect, it } from 'vitest';
import { advised, said } from './advised.ts';

const report = (result: string, resource = 'web') => `
apiVersion: wgpolicyk8s.io/v1alpha2
kind: PolicyReport
metadata: {name: report}
results:
  - {policy: require-labels, rule: team, result: ${result}, message: "label team is required", resources: [{apiVersion: v1, kind: ConfigMap, namespace: shop, name: ${resource}}]}
---
kind: ConfigMap
metadata: {name: web}
---
`;

describe('what policy engines wrote down', () => {
  it('is advice about the object that the report names', () => {
    expect(advised(report('fail'), { check: 'policy-report-failed' })).toEqual(['policy-report-failed web']);
    expect(said('policy-report-failed', report('fail'))).toEqual(['require-labels/team: label team is required']);
    expect([said('policy-report-failed', report('pass')), said('policy-report-failed', report('fail', 'gone'))]).toEqual([[], []]);
  });

  it('is read from the constraints of Gatekeeper as well', () => {
    const constraint = `
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sRequiredLabels
metadata: {name: must-have-team, namespace: null}
status: {violations: [{group: apps, version: v1, kind: Deployment, namespace: shop, name: api, message: "missing team", enforcementAction: dryrun}]}
`;
    expect(advised(constraint, { check: 'constraint-violated' })).toEqual(['constraint-violated api']);
    expect(said('constraint-violated', constraint)).toEqual(['K8sRequiredLabels must-have-team: missing team']);
  });
});
