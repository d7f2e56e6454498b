import { expect, it } from 'vitest';
import { failingContainers } from './failing-containers.ts';

type Parts = { phase?: string; init?: object[]; containers?: object[] };
const pod = (name: string, { phase = 'Running', init = [], containers = [] }: Parts) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  status: { phase, initContainerStatuses: init, containerStatuses: containers },
});
const status = (name: string, ready: boolean, restartCount: number, state: object) => ({ name, ready, restartCount, state, image: '', imageID: '' });
const running = { running: {} };
const waiting = (reason: string) => ({ waiting: { reason } });
const ended = (exitCode: number) => ({ terminated: { exitCode } });

it.each<[string, Parts, string[]]>([
  ['is well', { containers: [status('app', true, 0, running)] }, []],
  ['is not ready', { containers: [status('app', false, 0, running), status('side', true, 0, running)] }, ['app']],
  ['crashes', { containers: [status('app', false, 3, waiting('CrashLoopBackOff'))] }, ['app before']],
  ['restarted and runs', { containers: [status('app', true, 1, running)] }, ['app', 'app before']],
  ['ended with an error', { phase: 'Failed', containers: [status('app', false, 0, ended(1))] }, ['app']],
  ['completed', { phase: 'Succeeded', containers: [status('app', false, 0, ended(0))] }, []],
  ['is being prepared', { phase: 'Pending', containers: [status('app', false, 0, waiting('ContainerCreating'))] }, []],
  ['has no image', { phase: 'Pending', containers: [status('app', false, 0, waiting('ImagePullBackOff'))] }, []],
  ['fails to start', { phase: 'Pending', init: [status('migrate', false, 2, ended(1)), status('ok', true, 0, ended(0))] }, ['migrate', 'migrate before']],
  ['waits in its start', { phase: 'Pending', init: [status('wait-db', false, 0, running)] }, ['wait-db']],
])('a pod that %s', (_name, parts, expected) => {
  expect(failingContainers([pod('web', parts)]).map(({ container, previous }) => (previous ? `${container} before` : container))).toEqual(expected);
});
