import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { withChildKubeconfig } from '@quarterdeck/cluster';
import { permissions } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { localAgent, localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import type { Services } from '../routes/services.ts';
import { testPod } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

const kubeconfigSchema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority-data': z.base64() }) })]),
  users: z.tuple([z.object({ user: z.strictObject({ token: z.string() }) })]),
});

const world = new TwoTenants();
let services: Services;

beforeAll(async () => {
  world.apply(testPod('dns', 'kube-system'));
  services = await testServices([world.source]);
});

afterAll(() => services.clusters.close());

/** What a child of somebody is answered with, which asks as kubectl and Helm do. */
async function statuses(actor: Actor, asked: readonly [string, string][], token?: string): Promise<(number | undefined)[]> {
  const seen = services.clusters.seenBy({ actor }).get(undefined);
  const authorize = (info: Parameters<Parameters<typeof withChildKubeconfig>[1]['authorize']>[0]) =>
    seen.authorize({ info, query: new URLSearchParams(), body: undefined });
  return withChildKubeconfig(await seen.access(), { authorize }, async ({ kubeconfig }) => {
    const config = kubeconfigSchema.parse(JSON.parse(await readFile(kubeconfig, 'utf8')));
    const { server, 'certificate-authority-data': authority } = config.clusters[0].cluster;
    const headers = { authorization: `Bearer ${token ?? config.users[0].user.token}` };
    const ca = Buffer.from(authority, 'base64');
    return Promise.all(asked.map(([method, path]) => statusOf(`${server}${path}`, { method, headers, ca })));
  });
}

function statusOf(url: string, options: { method: string; headers: Record<string, string>; ca: Buffer }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('a child process', () => {
  it('sees of the cluster what its person sees', async () => {
    const { north, south } = world.homes;
    const asked: [string, string][] = [
      ['GET', `/api/v1/namespaces/${north}/pods`],
      ['GET', '/version'],
      ['GET', `/api/v1/namespaces/${south}/pods`],
      ['GET', `/api/v1/namespaces/${south}/secrets/login`],
      ['GET', '/api/v1/secrets'],
      ['GET', '/api/v1/nodes'],
      ['GET', `/api/v1/namespaces/${north}/../${south}/secrets`],
      ['GET', `/api/v1/namespaces/${south}`],
      ['DELETE', `/api/v1/namespaces/${south}`],
    ];
    // URL parsing takes the dots out before anything is sent: what is left is a list of the other team.
    expect(await statuses(world.member('north', ['Pod', 'Secret']), asked)).toEqual([200, 200, 403, 404, 403, 404, 403, 404, 404]);
  });

  it('changes nothing in protected places without the permission', async () => {
    const operator = { ...localPerson, permissions: new Set(permissions.filter((permission) => permission !== 'cluster.protected')) };
    const asked: [string, string][] = [
      ['GET', '/api/v1/namespaces/kube-system/pods/dns'],
      ['DELETE', '/api/v1/namespaces/kube-system/pods/dns'],
    ];
    expect(await statuses(operator, asked)).toEqual([200, 403]);
    expect(await statuses(localPerson, asked)).toEqual([200, 200]);
  });

  it('of an agent changes nothing at all and reads no credentials', async () => {
    const asked: [string, string][] = [
      ['GET', `/api/v1/namespaces/${world.homes.north}/pods`],
      ['GET', '/api/v1/secrets'],
      ['DELETE', `/api/v1/namespaces/${world.homes.north}/pods/web`],
      ['DELETE', `/api/v1/namespaces/${world.homes.north}?dryRun=None`],
    ];
    expect(await statuses(localAgent, asked)).toEqual([200, 403, 403, 403]);
  });

  it('shows a token that is of no use elsewhere, and another one is of no use here', async () => {
    expect(await statuses(localPerson, [['GET', '/version']], 'the-token-of-the-cluster')).toEqual([401]);
  });
});
