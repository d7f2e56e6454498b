import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { fateOf } from './fate-of-shell.ts';
import { podFactsOf } from './pod-facts.ts';

const pod = podFactsOf({
  metadata: {
    ownerReferences: [
      { kind: 'Job', name: 'not-it' },
      { kind: 'ReplicaSet', name: 'web-7d', controller: true },
    ],
  },
  spec: {
    nodeName: 'n1',
    containers: [{ name: 'app', image: 'a:1' }],
    initContainers: [{ name: 'setup' }],
    ephemeralContainers: [{ name: 'debugger-1', image: 'b' }],
  },
  status: { containerStatuses: [{ name: 'app', state: { running: {} } }], ephemeralContainerStatuses: [{ name: 'debugger-1', state: { terminated: {} } }] },
});
const ended = (exitCode: number) => ({ phase: 'ended' as const, exitCode, reason: null });
const failed = (error: AppError) => ({ phase: 'failed' as const, error });
const missing = new AppError('NOT_FOUND', 'There is no such pod.');

describe('the end of a shell', () => {
  it('is told by what became of the pod, and by what the container lacks', () => {
    if (pod === null) throw new Error('It is a pod.');
    expect(fateOf(ended(137), missing, pod)).toBe('gone');
    expect(fateOf(ended(137), null, { ...pod, ending: true })).toBe('ending');
    expect(fateOf(ended(137), null, pod)).toBe('killed');
    expect(fateOf(ended(0), null, pod)).toBe('plain');
    expect(fateOf(failed(new AppError('NOT_FOUND', 'no sh', { details: { program: 'sh' } })), null, pod)).toBe('noProgram');
    expect(fateOf(failed(new AppError('CONFLICT', 'It has ended.')), null, pod)).toBe('notRunning');
    expect(fateOf(failed(new AppError('FORBIDDEN', 'no')), new AppError('FORBIDDEN', 'no'), null)).toBe('plain');
  });
});

describe('podFactsOf', () => {
  it('lists all containers with what they are for and whether they run', () => {
    expect(pod?.containers.map(({ name, role, running }) => [name, role, running])).toEqual([
      ['app', 'main', true],
      ['setup', 'init', false],
      ['debugger-1', 'debug', false],
    ]);
    expect(pod).toMatchObject({ node: 'n1', ending: false, owner: { kind: 'ReplicaSet', name: 'web-7d' } });
    expect(podFactsOf({ kind: 'Service', metadata: {}, spec: { ports: [] } })?.containers).toEqual([]);
    expect(podFactsOf({ metadata: {} })).toBeNull();
  });
});
