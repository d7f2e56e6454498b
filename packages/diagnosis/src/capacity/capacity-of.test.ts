import { describe, expect, it } from 'vitest';
import { testView } from '../testing/test-view.ts';
import { capacityOf } from './capacity-of.ts';

const cluster = `
kind: Node
metadata: {name: n1}
spec: {unschedulable: true}
status: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}, conditions: [{type: Ready, status: "True"}]}
---
kind: Node
metadata: {name: n2}
status: {allocatable: {cpu: 500m, memory: 1Gi, pods: "10"}, conditions: [{type: Ready, status: Unknown}]}
---
kind: Pod
metadata: {name: web}
spec: {nodeName: n1, containers: [{name: a, resources: {requests: {cpu: 250m, memory: 1Gi}}}, {name: b, resources: {limits: {cpu: 250m}}}]}
status: {phase: Running}
---
kind: Pod
metadata: {name: done}
spec: {nodeName: n1, containers: [{name: a, resources: {requests: {cpu: "1"}}}]}
status: {phase: Succeeded}
---
kind: Pod
metadata: {name: waiting}
spec: {containers: [{name: a, resources: {requests: {cpu: "8"}}}]}
status: {phase: Pending}
`;

describe('capacity', () => {
  it('is what nodes offer, and what the pods that hold a place ask for', () => {
    expect(capacityOf(testView(cluster).view)).toEqual({
      nodes: { total: 2, ready: 1, cordoned: 1 },
      pods: { total: 3, running: 1, pending: 1, failed: 0 },
      cpu: { allocatable: 2.5, requested: 0.5 },
      memory: { allocatable: 5 * 2 ** 30, requested: 2 ** 30 },
      podSlots: { allocatable: 120, requested: 1 },
    });
  });

  it('is unknown, and not none, where it could not be read', () => {
    expect(capacityOf(testView(cluster, { coverage: { Node: 'forbidden' } }).view)).toMatchObject({ nodes: null, cpu: null, pods: { total: 3 } });
    expect(capacityOf(testView(cluster, { coverage: { Pod: 'forbidden' } }).view).cpu).toEqual({ allocatable: 2.5, requested: null });
  });
});
