import { describe, expect, it } from 'vitest';
import { parseUnschedulable } from './unschedulable-message.ts';

describe('parseUnschedulable', () => {
  it.each<[string, number | null, object[]]>([
    [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      1,
      [{ kind: 'selector', nodes: 1 }],
    ],
    ['0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found', 1, [{ kind: 'unbound-claim', nodes: null }]],
    [
      '0/6 nodes are available: 1 Insufficient cpu, 2 Insufficient nvidia.com/gpu, 3 node(s) had untolerated taint {dedicated: gpu}. preemption: 0/6 nodes are available: 6 No preemption victims found for incoming pod.',
      6,
      [
        { kind: 'insufficient', resource: 'cpu', nodes: 1 },
        { kind: 'insufficient', resource: 'nvidia.com/gpu', nodes: 2 },
        { kind: 'taint', taint: 'dedicated: gpu', nodes: 3 },
      ],
    ],
    [
      '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) were unschedulable.',
      3,
      [
        { kind: 'taint', taint: 'node-role.kubernetes.io/control-plane', nodes: 1 },
        { kind: 'cordoned', nodes: 2 },
      ],
    ],
    [
      '0/2 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/2 nodes are available.',
      2,
      [{ kind: 'missing-claim', claim: 'data', nodes: null }],
    ],
    ["0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.", 2, [{ kind: 'pod-anti-affinity', nodes: 2 }]],
    ["0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.", 2, [{ kind: 'host-port', nodes: 2 }]],
    ['0/1 nodes are available: 1 Too many pods.', 1, [{ kind: 'too-many-pods', nodes: 1 }]],
    ['something new', null, [{ kind: 'other', text: 'something new', nodes: null }]],
  ])('%s', (message, totalNodes, clauses) => {
    expect(parseUnschedulable(message)).toEqual({ totalNodes, clauses });
  });
});
