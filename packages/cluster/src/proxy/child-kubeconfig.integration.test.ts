import { execFile, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { type TestPrograms, testPrograms } from '../testing/test-programs.ts';
import { type ChildCluster, withChildKubeconfig } from './child-kubeconfig.ts';
import type { ProxiedCall } from './loopback-proxy.ts';
import { onlyReads, type RequestInfo } from './request-info.ts';

const namespace = `child-kubeconfig-${process.pid}`;

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('kubectl behind the loopback proxy', () => {
  let access: ClusterAccess;
  let programs: TestPrograms;
  const calls: ProxiedCall[] = [];

  beforeAll(async () => {
    access = await openCluster(await sandboxContext());
    programs = await testPrograms();
    await withChildKubeconfig(access, { authorize: () => null }, (child) => kubectl(child, ['create', 'namespace', namespace]));
  });
  afterAll(async () => {
    await withChildKubeconfig(access, { authorize: () => null }, (child) => kubectl(child, ['delete', 'namespace', namespace, '--wait=false']));
    await access.close();
  });

  /** With nothing of this machine but the kubeconfig it is given. */
  function kubectl(child: ChildCluster, args: readonly string[], input?: string): Promise<{ stdout: string; stderr: string }> {
    const running = promisify(execFile)(programs.kubectl, args, { env: { ...child.environment, HOME: child.folder }, timeout: 60_000 });
    running.child.stdin?.end(input);
    return running;
  }

  function inCluster<T>(authorize: (info: RequestInfo) => AppError | null, run: (child: ChildCluster) => Promise<T>): Promise<T> {
    calls.length = 0;
    return withChildKubeconfig(access, { authorize, onCall: (call) => calls.push(call), namespace }, run);
  }

  const brief = () => calls.map(({ info, status }) => (info.resource === null ? '' : `${info.verb} ${info.resource}/${info.name} ${status}`));

  it('applies, reads and follows logs as at home, and every call is seen', async () => {
    const manifest = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'talker' },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: 'local/busybox:1', command: ['sh', '-c', 'while true; do echo ahoy; sleep 1; done'] }],
      },
    });
    await inCluster(
      () => null,
      async (child) => {
        expect((await kubectl(child, ['apply', '-f', '-'], manifest)).stdout).toContain('pod/talker created');
        await kubectl(child, ['wait', 'pod/talker', '--for=condition=Ready', '--timeout=60s']);
        expect((await kubectl(child, ['get', 'pods', '-o', 'name'])).stdout).toBe('pod/talker\n');
        expect(await firstLines(child, ['logs', '-f', 'talker'], 3)).toEqual(['ahoy', 'ahoy', 'ahoy']);
      },
    );
    expect(brief()).toEqual(expect.arrayContaining(['create pods/null 201', 'watch pods/talker 200', 'list pods/null 200', 'get pods/talker 200']));
  });

  it('is told why something is refused, and reads all the same', async () => {
    const readOnly = (info: RequestInfo) => (onlyReads(info) ? null : new AppError('FORBIDDEN', 'Only reading is allowed here.'));
    await inCluster(readOnly, async (child) => {
      await expect(kubectl(child, ['delete', 'pod', 'talker'])).rejects.toMatchObject({ stderr: expect.stringContaining('Only reading is allowed here.') });
      expect((await kubectl(child, ['get', 'pod', 'talker', '-o', 'name'])).stdout).toBe('pod/talker\n');
      await expect(kubectl(child, ['exec', 'talker', '--', 'true'])).rejects.toMatchObject({
        stderr: expect.stringMatching(/do not go through this proxy|refused|unable to upgrade/),
      });
    });
    expect(brief()).toContain('delete pods/talker 403');
  });

  it('sees no credential of the cluster, and the door is gone afterwards', async () => {
    const connection = await (await sandboxContext()).connection();
    const credentials = await connection.credentials.current(AbortSignal.timeout(10_000));
    const kept = await inCluster(
      () => null,
      async (child) => {
        const text = await readFile(child.kubeconfig, 'utf8');
        for (const secret of [credentials.authorization, credentials.clientKey, connection.server]) if (secret !== null) expect(text).not.toContain(secret);
        expect(((await stat(child.kubeconfig)).mode & 0o777).toString(8)).toBe('600');
        expect(((await stat(child.folder)).mode & 0o777).toString(8)).toBe('700');
        return { ...child, text };
      },
    );
    await expect(stat(kept.folder)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(statusWithoutToken(JSON.parse(kept.text).clusters[0].cluster.server)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('serves nobody without the token, and nobody as somebody else', async () => {
    await inCluster(
      () => null,
      async (child) => {
        expect(await statusWithoutToken(JSON.parse(await readFile(child.kubeconfig, 'utf8')).clusters[0].cluster.server)).toBe(401);
        const whoami = await kubectl(child, ['auth', 'whoami', '--as=nobody-at-all', '-o', 'jsonpath={.status.userInfo.username}']);
        expect(whoami.stdout).not.toContain('nobody-at-all');
      },
    );
  });

  async function firstLines(child: ChildCluster, args: readonly string[], count: number): Promise<string[]> {
    const following = spawn(programs.kubectl, args, { env: { ...child.environment, HOME: join(child.folder) } });
    try {
      let text = '';
      for await (const chunk of following.stdout) {
        text += String(chunk);
        if (text.split('\n').length > count) break;
      }
      return text.split('\n').slice(0, count);
    } finally {
      following.kill();
    }
  }
});

function statusWithoutToken(server: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server}/version`, { rejectUnauthorized: false, headers: { authorization: 'Bearer guessed' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}
