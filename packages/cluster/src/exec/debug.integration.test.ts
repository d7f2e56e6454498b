import { debugProfiles } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { attachToPod } from './attach-to-pod.ts';
import { debugNode } from './debug-node.ts';
import { type DebugPodRequest, debugPod } from './debug-pod.ts';
import { readPod } from './read-pod.ts';
import { runInPod } from './run-in-pod.ts';

const image = 'docker.io/local/busybox:1';
const signal = AbortSignal.timeout(100_000);

describe('debug containers on a real cluster', () => {
  let pods: SandboxPods;

  beforeAll(async () => {
    pods = await SandboxPods.open('debug');
    await pods.pod('bare', [{ image: 'docker.io/local/pause:1' }]);
    await pods.running('bare');
  });
  afterAll(() => pods.close());

  const debug = (options: Partial<DebugPodRequest>) =>
    debugPod(pods.api, { namespace: pods.namespace, pod: 'bare', image, profile: 'general', stdin: false, tty: false, signal, ...options });

  it('bring a shell to a container that has none, and see its processes', async () => {
    const target = await debug({ command: ['sh'], stdin: true, tty: true });
    const session = await attachToPod(pods.api, { ...target, stdin: true, signal });
    expect(session).toMatchObject({ tty: true, stdin: true, container: target.container });
    await session.resize(90, 30);
    await session.write(Buffer.from('stty size; cat /proc/1/comm; exit 5\n'));
    let text = '';
    for await (const chunk of session.stdout) text += Buffer.from(chunk).toString('utf8');
    expect(text).toContain('30 90');
    expect(text).toContain('pause');
  });

  it.each(debugProfiles.filter((profile) => profile !== 'restricted'))('start with the profile %s beside those there are', async (profile) => {
    const { container } = await debug({ profile, command: ['sleep', '600'] });
    const outcome = await runInPod(pods.api, { namespace: pods.namespace, pod: 'bare', container, command: ['id', '-u'], maxBytes: 1024, signal });
    expect(outcome).toMatchObject({ exitCode: 0, stdout: Buffer.from('0\n') });
  });

  it('that can not start say why', async () => {
    const told: string[] = [];
    const onWaiting = (reason: string) => told.push(reason);
    // The image's user is root, which this profile refuses.
    await expect(debug({ profile: 'restricted', onWaiting })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('runAsNonRoot'),
    });
    expect(told.length).toBeGreaterThan(0);
    const badName = debug({ image: 'docker.io/local/busybox:!' });
    await expect(badName).rejects.toMatchObject({ code: 'CONFLICT', hint: 'Name an image that the node has or can pull.' });
    await expect(debug({ target: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND', hint: expect.stringContaining('It has: main, debugger-') });
  });

  it('on a node see it, and go again', async () => {
    const { spec } = await readPod(pods.api, { namespace: pods.namespace, pod: 'bare' }, signal);
    const request = { node: spec?.nodeName ?? '', namespace: pods.namespace, image, command: ['sleep', '600'], stdin: false, tty: false, signal };
    const node = await debugNode(pods.api, { ...request, profile: 'general' });
    const look = await runInPod(pods.api, { ...node, command: ['sh', '-c', 'ls /host/etc && cat /proc/1/comm'], maxBytes: 65536, signal });
    expect(look.stdout.toString('utf8')).toMatch(/passwd/);
    await node.remove(signal);
    const left = readPod(pods.api, node, signal).then(
      ({ metadata }) => metadata.deletionTimestamp !== undefined,
      (thrown: { code?: string }) => thrown.code === 'NOT_FOUND',
    );
    expect(await left).toBe(true);
  });
});
