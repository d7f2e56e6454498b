import { AppError } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collectSnapshot } from '../collect/collect-snapshot.ts';
import { findKind } from '../discovery/find-kind.ts';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { describeClusterAccess } from '../testing/cluster-access-conformance.ts';
import { configMap, secret } from '../testing/fake-responses.ts';
import { fixedCredentials } from '../testing/fixed-credentials.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { sendObject } from '../testing/send-object.ts';
import { WatchHub } from '../watch/watch-hub.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { openCluster } from './open-cluster.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `cluster-access-${process.pid}`;
const { signal } = new AbortController();

/** The sandbox's context with something changed about the connection. */
async function openWith(change: Partial<ConnectionSettings>): Promise<ClusterAccess> {
  const context = await sandboxContext();
  return openCluster({ ...context, connection: async () => ({ ...(await context.connection()), ...change }) });
}

describe.skipIf(kubeconfig === undefined)('the sandbox cluster', () => {
  let connection: ConnectionSettings;
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => sendObject(connection, method, `/api/v1/namespaces${path}`, body);

  beforeAll(async () => {
    connection = await (await sandboxContext()).connection();
    expect(await send('POST', '', { metadata: { name: namespace } })).toBe(201);
    expect(await send('POST', `/${namespace}/configmaps`, configMap(namespace, 'settings', { mode: 'grün' }))).toBe(201);
    expect(await send('POST', `/${namespace}/secrets`, secret(namespace, 'login', { password: 'geheim', twice: btoa('geheim') }))).toBe(201);
  });
  afterAll(() => send('DELETE', `/${namespace}`));

  describeClusterAccess('the sandbox', async () => openCluster(await sandboxContext()), namespace);

  it('shows the shape of a Secret and none of its values', async () => {
    const access = await openWith({});
    const answer = await access.evidence.read({ need: 'secretShape', namespace, name: 'login' }, signal);
    if (answer.state !== 'answered' || answer.need !== 'secretShape') throw new Error('no shape');
    expect(answer.value.keys.twice?.decodedFingerprint).toBe(answer.value.keys.password?.fingerprint);
    expect(JSON.stringify(answer)).not.toContain('geheim');
    await access.close();
  });

  it('is followed live, Secrets with their type', async () => {
    const access = await openWith({});
    const hub = new WatchHub(access);
    const list = hub.open(findKind(await access.kinds(signal), 'secrets'), namespace);
    const has = (name: string) => [...list.objects.values()].some((object) => object.metadata.name === name);
    await vi.waitFor(() => expect(list.state).toBe('live'), 5000);
    await send('POST', `/${namespace}/secrets`, secret(namespace, 'later', { a: 'b' }));
    await vi.waitFor(() => expect(has('later')).toBe(true), 5000);
    expect([...list.objects.values()].find((object) => object.metadata.name === 'later')).toMatchObject({ type: 'Opaque' });
    await send('DELETE', `/${namespace}/secrets/later`);
    await vi.waitFor(() => expect(has('later')).toBe(false), 5000);
    await hub.close();
    await access.close();
  });

  it('is coverage for somebody without rights', async () => {
    const access = await openWith({ impersonation: { 'impersonate-user': 'nobody-of-this-test', 'impersonate-group': ['system:authenticated'] } });
    const snapshot = await collectSnapshot(access, { kinds: ['Pod', 'Node'], namespaces: [namespace], signal });
    expect(snapshot.coverage).toEqual({ Namespace: 'forbidden', Pod: 'forbidden', Node: 'forbidden' });
    expect(snapshot.reasons.Pod).toBe(`You may not list pods in the namespace ${namespace}.`);
    await access.close();
  });

  it.each<[string, Partial<ConnectionSettings>, string, string]>([
    ['an authority that is not trusted', { certificateAuthority: async () => null }, 'CLUSTER_UNREACHABLE', 'not signed by an authority'],
    ['a name that the certificate lacks', { tlsServerName: 'elsewhere.example' }, 'CLUSTER_UNREACHABLE', 'for other names'],
    ['a wrong token', { credentials: fixedCredentials({ authorization: 'Bearer wrong' }) }, 'CLUSTER_AUTH_FAILED', 'does not accept'],
    ['a key that is none', { credentials: fixedCredentials({ clientKey: 'garbage' }) }, 'CLUSTER_UNREACHABLE', 'client certificate or key'],
    ['a host that does not exist', { server: 'https://no-such-host.invalid:6443' }, 'CLUSTER_UNREACHABLE', 'no-such-host.invalid'],
  ])('says in plain words what is wrong with %s', async (_name, change, code, words) => {
    const access = await openWith(change);
    const error = await access.kinds(signal).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words), hint: expect.stringMatching(/.+/) });
    await access.close();
  });
});
