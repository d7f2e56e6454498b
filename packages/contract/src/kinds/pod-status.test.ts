import { describe, expect, it } from 'vitest';
import type { KindTypes } from '../objects/kube-object.ts';
import { descriptorFor } from './index.ts';
import { podStatus } from './pod-status.ts';

type Pod = KindTypes['Pod'];
type Status = NonNullable<Pod['status']>;
type ContainerStatus = NonNullable<Status['containerStatuses']>[number];

const now = Date.parse('2026-01-01T12:00:00Z');

function pod(status: Status, spec: Partial<NonNullable<Pod['spec']>> = {}, metadata: Partial<Pod['metadata']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { containers: [{ name: 'app' }], ...spec },
    status: { startTime: '2026-01-01T11:00:00Z', ...status },
  };
}

function container(state: ContainerStatus['state'] | undefined, rest: Partial<ContainerStatus> = {}): ContainerStatus {
  const ready = state?.running !== undefined;
  return { name: 'app', image: 'i', imageID: '', ready, restartCount: 0, ...(state === undefined ? {} : { state }), ...rest };
}

const running = container({ running: { startedAt: '2026-01-01T11:00:01Z' } });
const two = { containers: [{ name: 'app' }, { name: 'side' }] };
const init = (restartPolicy?: string) => ({ initContainers: [{ name: 'first', ...(restartPolicy ? { restartPolicy } : {}) }, { name: 'second' }] });

const table: [string, Pod, string, string][] = [
  ['runs', pod({ phase: 'Running', containerStatuses: [running] }), 'Running', 'healthy'],
  ['was never scheduled', pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }), 'Pending', 'high'],
  [
    'waits for a gate',
    pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
    'SchedulingGated',
    'pending',
  ],
  ['is being set up', pod({ phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] }), 'ContainerCreating', 'pending'],
  ['crash loops', pod({ phase: 'Running', containerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } })] }), 'CrashLoopBackOff', 'critical'],
  ['lacks its image', pod({ phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ImagePullBackOff' } })] }), 'ImagePullBackOff', 'critical'],
  ['ended well', pod({ phase: 'Succeeded', containerStatuses: [container({ terminated: { exitCode: 0, reason: 'Completed' } })] }), 'Completed', 'healthy'],
  ['ended badly', pod({ phase: 'Failed', containerStatuses: [container({ terminated: { exitCode: 3, reason: 'Error' } })] }), 'Error', 'high'],
  ['was killed by a signal', pod({ phase: 'Failed', containerStatuses: [container({ terminated: { exitCode: 137, signal: 9 } })] }), 'Signal:9', 'high'],
  ['ended with a bare exit code', pod({ phase: 'Failed', containerStatuses: [container({ terminated: { exitCode: 7 } })] }), 'ExitCode:7', 'high'],
  ['was evicted', pod({ phase: 'Failed', reason: 'Evicted' }), 'Evicted', 'high'],
  ['is deleted', pod({ phase: 'Running', containerStatuses: [running] }, {}, { deletionTimestamp: '2026-01-01T11:59:00Z' }), 'Terminating', 'pending'],
  [
    'keeps its end while deleted',
    pod({ phase: 'Succeeded', containerStatuses: [container({ terminated: { exitCode: 0, reason: 'Completed' } })] }, {}, { deletionTimestamp: 'x' }),
    'Completed',
    'healthy',
  ],
  ['lost its node', pod({ phase: 'Running', reason: 'NodeLost' }, {}, { deletionTimestamp: 'x' }), 'Unknown', 'unknown'],
  ['is not ready', pod({ phase: 'Running', containerStatuses: [{ ...running, ready: false }] }), 'Running', 'medium'],
  ['is not ready yet', pod({ phase: 'Running', startTime: '2026-01-01T11:59:30Z', containerStatuses: [{ ...running, ready: false }] }), 'Running', 'pending'],
  [
    'has one container that ended and one that runs',
    pod({ phase: 'Running', containerStatuses: [container({ terminated: { exitCode: 0, reason: 'Completed' } }), running] }, two),
    'NotReady',
    'medium',
  ],
  [
    'initialises',
    pod(
      {
        phase: 'Pending',
        initContainerStatuses: [container({ terminated: { exitCode: 0 } }, { name: 'first' }), container({ running: {} }, { name: 'second' })],
      },
      init(),
    ),
    'Init:1/2',
    'pending',
  ],
  [
    'fails to initialise',
    pod({ phase: 'Pending', initContainerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } }, { name: 'first', restartCount: 4 })] }, init()),
    'Init:CrashLoopBackOff',
    'critical',
  ],
  [
    'initialised with an error',
    pod({ phase: 'Pending', initContainerStatuses: [container({ terminated: { exitCode: 1, reason: 'Error' } }, { name: 'first' })] }, init()),
    'Init:Error',
    'critical',
  ],
];

describe('podStatus', () => {
  it.each(table)('says of a pod that %s what kubectl says', (_, object, text, state) => {
    expect(podStatus(object).text).toBe(text);
    expect(descriptorFor('v1', 'Pod').health(object, now)).toEqual({ state, text });
  });

  it('counts a sidecar among the containers once it has started', () => {
    const sidecar = container({ running: {} }, { name: 'first', started: true, restartCount: 2 });
    const done = container({ terminated: { exitCode: 0 } }, { name: 'second' });
    const object = pod({ phase: 'Running', initContainerStatuses: [sidecar, done], containerStatuses: [running] }, init('Always'));
    expect(podStatus(object)).toMatchObject({ text: 'Running', ready: 2, total: 2, restarts: 2 });
  });

  it('counts the restarts of the init containers only while they block', () => {
    const retried = container({ terminated: { exitCode: 0 } }, { name: 'first', restartCount: 5 });
    const ended = { terminated: { exitCode: 1, finishedAt: '2026-01-01T11:30:00Z' } };
    const object = pod({ phase: 'Running', initContainerStatuses: [retried], containerStatuses: [{ ...running, restartCount: 3, lastState: ended }] });
    expect(podStatus(object)).toMatchObject({ restarts: 3, lastRestart: '2026-01-01T11:30:00Z' });
  });
});
