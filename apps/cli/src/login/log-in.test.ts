import { createServer } from 'node:http';
import type { BrowserLogin } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { logIn } from './log-in.ts';
import { listenOnLoopback } from './loopback-listener.ts';

const { signal } = new AbortController();

/** A cluster that knows nobody before the code `good` was redeemed; `visit` is what the person's browser does at the issuer. */
function lockedCluster(visit: (back: string) => Promise<void>) {
  const cluster = { open: false, begun: 0, said: '' };
  const identify = async () => {
    if (!cluster.open) throw new AppError('CLUSTER_AUTH_FAILED', 'The login has ended.');
    return { username: 'oidc:ann', groups: ['team'], extra: {} };
  };
  const login: BrowserLogin = {
    issuer: 'https://issuer',
    async beginDevice() {
      const wait = async () => {
        cluster.open = true;
      };
      return { url: 'https://issuer/activate', userCode: 'ABCD-EFGH', wait };
    },
    async begin(redirectUri) {
      cluster.begun += 1;
      const complete = async (answer: URLSearchParams) => {
        if (answer.get('code') !== 'good') throw new AppError('CLUSTER_AUTH_FAILED', 'The login was refused.');
        cluster.open = true;
      };
      setTimeout(() => void visit(redirectUri.replace('localhost', '127.0.0.1')), 10);
      return { url: 'https://issuer/authorize', state: 'ours', complete };
    },
  };
  const write = (text: string) => {
    cluster.said += text;
  };
  const err = { write, columns: null, colour: false };
  return { cluster, request: { identify, login, force: false, device: false, ports: [0], err, signal } };
}

const open = async (url: string) => void (await (await fetch(url)).text());

it('a login that has ended begins anew in the browser, which no other page can answer for', async () => {
  const statuses: number[] = [];
  const { cluster, request } = lockedCluster(async (back) => {
    for (const query of ['', '?state=other&code=good', '?code=good']) statuses.push((await fetch(`${back}/${query}`)).status);
    await open(`${back}/?state=ours&code=good`);
  });
  expect(await logIn(request)).toMatchObject({ username: 'oidc:ann' });
  expect(statuses).toEqual([404, 404, 404]);
  expect(cluster.said).toContain('The login has ended.');
  expect(cluster.said).toContain('https://issuer/authorize');
});

it('a login that works is left alone, unless it is to begin anew', async () => {
  const { cluster, request } = lockedCluster((back) => open(`${back}/?state=ours&code=good`));
  cluster.open = true;
  await logIn(request);
  expect(cluster.begun).toBe(0);
  await logIn({ ...request, force: true });
  expect(cluster.begun).toBe(1);
});

it('a login on another device shows where to go, and the code to type there', async () => {
  const { cluster, request } = lockedCluster(async () => undefined);
  expect(await logIn({ ...request, device: true })).toMatchObject({ username: 'oidc:ann' });
  expect(cluster.said).toContain('with the code ABCD-EFGH:\n\n  https://issuer/activate');
});

it('a login that the issuer refuses is an error', async () => {
  const { request } = lockedCluster((back) => open(`${back}/?state=ours&error=access_denied`));
  await expect(logIn(request)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: 'The login was refused.' });
});

it('without a browser login the refusal is the answer', async () => {
  const { request } = lockedCluster(async () => undefined);
  await expect(logIn({ ...request, login: undefined })).rejects.toMatchObject({ message: 'The login has ended.' });
});

it('a port that is taken is passed over, and told where there is no other', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  await expect(listenOnLoopback([address.port])).rejects.toMatchObject({ code: 'CONFLICT', message: `Port ${address.port} is in use.` });
  const listener = await listenOnLoopback([address.port, 0]);
  expect(listener.redirectUri).not.toContain(String(address.port));
  listener.close();
  other.close();
});
