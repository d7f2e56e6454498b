import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { attachToPod } from './attach-to-pod.ts';
import { type ExecRequest, execInPod } from './exec-in-pod.ts';
import { mayExec } from './may-stream.ts';
import { type RunRequest, runInPod } from './run-in-pod.ts';

const mebibyte = 1024 * 1024;
const signal = AbortSignal.timeout(100_000);

describe('programs in containers of a real cluster', () => {
  let pods: SandboxPods;

  beforeAll(async () => {
    pods = await SandboxPods.open('exec');
    const echo = ['sh', '-c', 'while read line; do echo "got $line"; done'];
    await pods.pod('web', [{ command: ['sleep', '3600'] }, { command: echo, stdin: true }, { command: echo, stdin: true, tty: true }]);
    await pods.pod('bare', [{ image: 'docker.io/local/pause:1' }]);
    await pods.pod('done', [{ command: ['sh', '-c', 'exit 4'] }], { restartPolicy: 'Never' });
    await pods.pod('stuck', [{ image: 'docker.io/local/not-there:1' }]);
    await Promise.all([pods.running('web'), pods.running('bare')]);
  });
  afterAll(() => pods.close());

  const exec = (command: string[], options: Partial<ExecRequest> = {}) =>
    execInPod(pods.api, { namespace: pods.namespace, pod: 'web', command, signal, ...options });
  const run = (command: string[], options: Partial<RunRequest> = {}) =>
    runInPod(pods.api, { namespace: pods.namespace, pod: 'web', command, maxBytes: mebibyte, signal, ...options });

  it('end with their exit code, outputs apart', async () => {
    const outcome = await run(['sh', '-c', 'echo out; echo err >&2; exit 42']);
    expect(outcome).toMatchObject({ exitCode: 42, stdout: Buffer.from('out\n'), stderr: 'err' });
    expect(await run(['true'])).toMatchObject({ exitCode: 0, reason: null });
    expect(await run(['sh', '-c', 'kill -9 $$'])).toMatchObject({ exitCode: 137 });
  });

  it('see their input and its end, and arguments as they are', async () => {
    expect(await run(['wc', '-c'], { input: Buffer.alloc(5 * mebibyte, 'x') })).toMatchObject({ exitCode: 0, stdout: Buffer.from(`${5 * mebibyte}\n`) });
    const odd = 'a  b\n"c" $HOME &x=1 ü';
    expect((await run(['printf', '%s', odd])).stdout.toString('utf8')).toBe(odd);
  });

  it('have a terminal of the size we say', async () => {
    const session = await exec(['sh'], { tty: true, stdin: true });
    await session.resize(132, 43);
    await session.write(Buffer.from('stty size; exit 3\n'));
    let text = '';
    for await (const chunk of session.stdout) text += Buffer.from(chunk).toString('utf8');
    expect(text).toContain('43 132');
    expect(await session.status).toMatchObject({ exitCode: 3 });
  });

  it('are slowed by a slow reader instead of costing memory', async () => {
    const session = await exec(['head', '-c', String(50 * mebibyte), '/dev/zero']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(25 * mebibyte);
    let size = 0;
    for await (const chunk of session.stdout) size += chunk.byteLength;
    expect(size).toBe(50 * mebibyte);
    expect(await session.status).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['side-1', false],
    ['side-2', true],
  ])('that run already are attached to (%s, terminal %s)', async (container, tty) => {
    const session = await attachToPod(pods.api, { namespace: pods.namespace, pod: 'web', container, stdin: true, signal });
    expect(session).toMatchObject({ container, tty, stdin: true });
    await session.write(Buffer.from('hello\n'));
    let text = '';
    for await (const chunk of session.stdout) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.includes('got hello')) break;
    }
    session.close();
    await expect(session.status).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each([
    ['bare', ['sh'], 'NOT_FOUND', 'has no program sh'],
    ['done', ['sh'], 'CONFLICT', 'has ended (Error, exit code 4)'],
    ['stuck', ['sh'], 'CONFLICT', 'has not started ('],
    ['nowhere', ['sh'], 'NOT_FOUND', 'Not found: pods'],
  ])('that can not run in %s say why', async (pod, command, code, words) => {
    if (pod === 'done') await expect.poll(() => run(command, { pod }).catch((thrown: Error) => thrown.message), { timeout: 30_000 }).toContain('has ended');
    await expect(run(command, { pod })).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('need the verbs of the matrix', async () => {
    const readPods = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
    const { minor } = await pods.access.version(signal);
    for (const verbs of [[], ['get'], ['create'], ['get', 'create']]) {
      const grant = verbs.length === 0 ? [] : [{ apiGroups: [''], resources: ['pods/exec'], verbs }];
      const access = await pods.as(`user-${verbs.join('-')}x`, [readPods, ...grant]);
      const rights = await mayExec(access, { namespace: pods.namespace, pod: 'web' }, signal);
      const enough = verbs.includes('get') && (minor < 35 || verbs.includes('create'));
      expect({ verbs, allowed: rights.allowed }).toEqual({ verbs, allowed: enough });
      const attempt = runInPod(access.api ?? pods.api, { namespace: pods.namespace, pod: 'web', command: ['true'], maxBytes: 10, signal });
      if (enough) expect(await attempt).toMatchObject({ exitCode: 0 });
      else await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN', message: expect.stringMatching(/^You may not .*pods\/exec/) });
      await access.close();
    }
  });
});
