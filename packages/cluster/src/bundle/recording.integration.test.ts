import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceKind } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listAll } from '../access/list-all.ts';
import { describeClusterAccess } from '../testing/cluster-access-conformance.ts';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import type { BundleContent } from './bundle-format.ts';
import { collectBundle } from './collect-bundle.ts';
import { openRecording } from './open-recording.ts';
import { saveBundle } from './save-bundle.ts';

const { signal } = new AbortController();
const password = 'hunter2-Prod!9';
const crd = `lanterns.recording-${process.pid}.example`;

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('a recording of the sandbox', () => {
  let sandbox: SandboxPods;
  let folder: string;
  let path: string;
  let content: BundleContent;

  beforeAll(async () => {
    sandbox = await SandboxPods.open('recording');
    const { namespace } = sandbox;
    await sandbox.create('configmaps', { metadata: { name: 'settings' }, data: { 'db-password': password, mode: 'fast' } });
    await sandbox.create('secrets', { metadata: { name: 'login' }, stringData: { password } });
    await sandbox.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', lanternDefinition(crd));
    await sandbox.pod('crashes', [{ command: ['sh', '-c', `echo password=${password}; echo out of oil; exit 3`] }]);
    const crdPath = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd}`;
    await waitFor(crdPath, '"type":"Established","status":"True"|"status":"True","type":"Established"');
    await waitFor(`/api/v1/namespaces/${namespace}/pods/crashes`, '"exitCode":3');
    await sandbox.create(`/apis/recording-${process.pid}.example/v1/namespaces/${namespace}/lanterns`, lantern(crd));
    content = await collectBundle(sandbox.access, { namespaces: [namespace], ask: async () => undefined, signal });
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-recording-'));
    path = join(folder, 'recording.qdb');
    await saveBundle(path, content);
  });

  afterAll(async () => {
    await sandbox.api.json({
      path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd}`,
      method: 'DELETE',
      subject: { verb: 'delete', resource: 'customresourcedefinitions', namespace: null, name: crd },
      signal,
    });
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Until what stands at a path of the API matches. */
  async function waitFor(place: string, pattern: string): Promise<void> {
    const read = () => sandbox.api.json({ path: place, subject: { verb: 'get', resource: place, namespace: null }, signal });
    await vi.waitFor(async () => expect(JSON.stringify(await read())).toMatch(new RegExp(pattern)), { timeout: 60_000, interval: 500 });
  }

  // The namespace is known once the sandbox is open, and the suite asks for it before.
  describeClusterAccess('a recording of a live cluster', async () => openRecording(path), `recording-${process.pid}`);

  it('has of every kind what the cluster has, in the same words', async () => {
    const recorded = await openRecording(path);
    const kinds = await recorded.kinds(signal);
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Pod', 'ConfigMap', 'Lantern', 'CustomResourceDefinition']));
    const names = async (access: typeof recorded, kind: ResourceKind) =>
      (await listAll(access, kind, { namespace: sandbox.namespace, signal })).items.map(({ metadata }) => metadata.name).sort();
    for (const kind of kinds.filter(({ kind: name, namespaced }) => namespaced && name !== 'Event')) {
      expect({ [kind.plural]: await names(recorded, kind) }).toEqual({ [kind.plural]: await names(sandbox.access, kind) });
    }
  });

  it('has the log of what fails, and no secret in any of it', async () => {
    const text = JSON.stringify(content);
    expect(text).not.toContain(password);
    expect(text).not.toContain(Buffer.from(password).toString('base64'));
    const log = content.logs.find(({ pod }) => pod === 'crashes');
    expect(log?.lines.map((line) => line.replace(/^\S+ /, ''))).toEqual(['password=[redacted]', 'out of oil']);
    expect(content.objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'settings')).toMatchObject({
      data: { 'db-password': '[redacted]', mode: 'fast' },
    });
  });
});

function lanternDefinition(name: string): object {
  const [plural = '', ...group] = name.split('.');
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group: group.join('.'),
      scope: 'Namespaced',
      names: { plural, singular: 'lantern', kind: 'Lantern' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

function lantern(name: string): object {
  return { apiVersion: `${name.split('.').slice(1).join('.')}/v1`, kind: 'Lantern', metadata: { name: 'bow' }, spec: { lit: true } };
}
