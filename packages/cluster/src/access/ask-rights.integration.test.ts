import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { sendObject } from '../testing/send-object.ts';
import { checkAccess, readAccessRules } from './ask-rights.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { openCluster } from './open-cluster.ts';

const namespace = `ask-rights-${process.pid}`;
const user = `ada-${randomUUID()}`;
const signal = AbortSignal.timeout(60_000);
const granted = z.object({ kind: z.string(), metadata: z.object({ namespace: z.string() }) });

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('rights on the sandbox cluster', () => {
  let connection: ConnectionSettings;
  let access: ClusterAccess;

  beforeAll(async () => {
    const context = await sandboxContext();
    connection = await context.connection();
    const impersonation = { 'impersonate-user': user, 'impersonate-group': ['system:authenticated'] };
    access = await openCluster({ ...context, connection: async () => ({ ...(await context.connection()), impersonation }) });
    expect(await sendObject(connection, 'POST', '/api/v1/namespaces', { metadata: { name: namespace } })).toBe(201);
  });
  afterAll(async () => {
    await access.close();
    await sendObject(connection, 'DELETE', `/api/v1/namespaces/${namespace}`);
  });

  it('are refused with the least that would give them, and that really gives them', async () => {
    const question = { verb: 'get', group: '', resource: 'pods/log', namespace, name: 'api-0' };
    const before = await checkAccess(access, question, signal);
    expect(before).toMatchObject({ user, allowed: false, grant: expect.any(String) });
    for (const document of parseAllDocuments(before.grant ?? '')) {
      const { kind } = granted.parse(document.toJS());
      const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/${kind.toLowerCase()}s`;
      expect(await sendObject(connection, 'POST', path, document.toJS())).toBe(201);
    }
    await expect.poll(async () => (await checkAccess(access, question, signal)).allowed).toBe(true);
    expect(await checkAccess(access, { ...question, name: 'web-0' }, signal)).toMatchObject({ allowed: false });
    const { rules } = await readAccessRules(access, namespace, signal);
    expect(rules).toContainEqual({ verbs: ['get'], groups: [''], resources: ['pods/log'], names: ['api-0'] });
  });
});
