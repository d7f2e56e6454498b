import type { KindTypes } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { chooseContainer, requireRunning } from './choose-container.ts';

type ContainerState = NonNullable<NonNullable<NonNullable<KindTypes['Pod']['status']>['containerStatuses']>[number]['state']>;

function podWith(annotations: Record<string, string>, state?: ContainerState): KindTypes['Pod'] {
  const status = { name: 'app', image: 'i', imageID: '', ready: false, restartCount: 0, ...(state === undefined ? {} : { state }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', annotations },
    spec: { containers: [{ name: 'proxy' }, { name: 'app', tty: true }], initContainers: [{ name: 'setup' }], ephemeralContainers: [{ name: 'debugger' }] },
    status: { phase: 'Pending', ...(state === undefined ? {} : { containerStatuses: [status] }) },
  };
}

describe('chooseContainer', () => {
  const key = 'kubectl.kubernetes.io/default-container';

  it.each([
    ['the first', {}, undefined, 'proxy'],
    ['the annotated one', { [key]: 'app' }, undefined, 'app'],
    ['the first where the annotation names none', { [key]: 'gone' }, undefined, 'proxy'],
    ['the one that is named, of whatever kind', { [key]: 'app' }, 'debugger', 'debugger'],
  ])('takes %s', (_what, annotations, wanted, name) => {
    expect(chooseContainer(podWith(annotations), wanted).name).toBe(name);
  });

  it('names those there are', () => {
    expect(() => chooseContainer(podWith({}), 'ap')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', hint: 'It has: proxy, app, setup, debugger.', message: 'The pod shop/web has no container ap.' }),
    );
  });
});

describe('requireRunning', () => {
  it.each<[ContainerState | undefined, string | null]>([
    [{ running: {} }, null],
    [{ terminated: { exitCode: 137, reason: 'OOMKilled' } }, 'The container app of the pod shop/web has ended (OOMKilled, exit code 137).'],
    [
      { waiting: { reason: 'ImagePullBackOff', message: 'no such tag' } },
      'The container app of the pod shop/web has not started (ImagePullBackOff: no such tag).',
    ],
    [undefined, 'The container app of the pod shop/web has not started (Pending).'],
  ])('of %j', (state, message) => {
    const pod = podWith({}, state);
    const check = () => requireRunning(pod, chooseContainer(pod, 'app'));
    if (message === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'CONFLICT', message }));
  });
});
