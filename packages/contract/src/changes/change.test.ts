import { describe, expect, it } from 'vitest';
import { changeSchema, permissionOf } from './change.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' };
const node = { apiVersion: 'v1', kind: 'Node', namespace: null, name: 'one' };

describe('what a change needs', () => {
  it.each([
    ['label', pod, 'resource.write'],
    ['delete', pod, 'resource.delete'],
    ['evict', pod, 'resource.delete'],
    ['cordon', node, 'node.manage'],
    ['patch', node, 'node.manage'],
    ['delete', node, 'node.manage'],
    ['patch', { ...node, apiVersion: 'metrics.k8s.io/v1' }, 'resource.write'],
  ] as const)('to %s %o is %s', (verb, target, permission) => {
    expect(permissionOf({ verb, target })).toBe(permission);
  });
});

describe('a change from outside', () => {
  it('has no fields but its own', () => {
    expect(changeSchema.safeParse({ verb: 'scale', target: pod, replicas: 1 }).success).toBe(true);
    expect(changeSchema.safeParse({ verb: 'scale', target: pod, replicas: 1, force: true }).success).toBe(false);
    expect(changeSchema.safeParse({ verb: 'label', target: pod, entries: {} }).success).toBe(false);
    expect(changeSchema.safeParse({ verb: 'reboot', target: pod }).success).toBe(false);
  });
});
