import { AppError, type Change, type ObjectRef } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { unrecorded } from '../acts/record-act.ts';
import { openSandbox } from '../testing/sandbox-access.ts';
import { applyChange } from './apply-change.ts';
import { applyChanges, previewChanges } from './bulk/run-changes.ts';
import { previewChange } from './preview-change.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `changes-${process.pid}`;
const { signal } = new AbortController();

const clusterWide = (apiVersion: string, kind: string, name: string): ObjectRef => ({ apiVersion, kind, namespace: null, name });
const ref = (kind: 'ConfigMap' | 'Secret' | 'Deployment', name: string): ObjectRef => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  namespace,
  name,
});
const applied = (target: ObjectRef, content: object, force = false): Change => {
  const { apiVersion, kind, name } = target;
  const place = target.namespace === null ? {} : { namespace: target.namespace };
  const { labels, ...rest } = { labels: undefined, ...content };
  return { verb: 'apply', target, force, manifest: { apiVersion, kind, metadata: { name, ...place, ...(labels === undefined ? {} : { labels }) }, ...rest } };
};
const deployment = (name: string, spec: object = {}, force = false) => {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'docker.io/local/pause:1' }] } };
  return applied(ref('Deployment', name), { spec: { selector: { matchLabels: { app: name } }, template, ...spec } }, force);
};

describe.skipIf(kubeconfig === undefined)('changes on a real cluster', () => {
  let access: ClusterAccess;
  const make = (change: Change) => applyChange(access, change, { acts: unrecorded, signal });
  const preview = (change: Change) => previewChange(access, change, signal);
  const read = async (target: ObjectRef) => (await preview({ verb: 'annotate', target, entries: { unused: null }, overwrite: true })).before;
  const refusal = async (change: Change): Promise<AppError> => {
    const thrown: unknown = await make(change).catch((error: unknown) => error);
    if (thrown instanceof AppError) return thrown;
    throw new Error(`not refused: ${JSON.stringify(thrown)}`);
  };

  beforeAll(async () => {
    access = await openSandbox(kubeconfig ?? '');
    await make(applied(clusterWide('v1', 'Namespace', namespace), {}));
  });
  afterAll(async () => {
    await make({ verb: 'delete', target: clusterWide('v1', 'Namespace', namespace) });
    await access.close();
  });

  describe('server-side apply', () => {
    it('shows who owns a field in conflict, since when, and what force would do; only force takes it over', async () => {
      await make(deployment('owned', { replicas: 0 }));
      await apiOf(access).json({
        method: 'PATCH',
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/owned`,
        query: { fieldManager: 'night-shift' },
        body: { contentType: 'application/merge-patch+json', text: JSON.stringify({ spec: { replicas: 1 } }) },
        subject: { verb: 'patch', resource: 'deployments', namespace, name: 'owned' },
        signal,
      });
      const shown = await preview(deployment('owned', { replicas: 0 }));
      expect(shown.conflicts).toEqual([
        { manager: 'night-shift', fields: ['.spec.replicas'], since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), operation: 'Update' },
      ]);
      expect(shown.diff.fields).toEqual([{ path: '.spec.replicas', type: 'changed', before: 1, after: 0 }]);
      expect(await refusal(deployment('owned', { replicas: 0 }))).toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('force') });
      await make(deployment('owned', { replicas: 0 }, true));
      expect(await read(ref('Deployment', 'owned'))).toMatchObject({ spec: { replicas: 0 } });
    });

    it('refuses fields that do not exist and fields that cannot change, naming them', async () => {
      expect(await refusal(deployment('strict', { replikas: 3 }))).toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('.spec.replikas'),
        hint: expect.stringContaining('Correct the name'),
      });
      await make(deployment('fixed', { replicas: 0 }));
      const error = await refusal(deployment('fixed', { replicas: 0, selector: { matchLabels: { app: 'other' } } }));
      expect(error.details.causes).toContainEqual(expect.objectContaining({ field: 'spec.selector' }));
      expect(error.hint).toContain('create it anew');
    });

    it('leaves nothing behind after a preview', async () => {
      const shown = await preview(applied(ref('ConfigMap', 'ghost'), { data: { a: '1' } }));
      expect(shown).toMatchObject({ before: null, after: { data: { a: '1' } }, impact: { note: 'It is created.' }, danger: { danger: 'write' } });
      expect(await refusal({ verb: 'delete', target: ref('ConfigMap', 'ghost') })).toMatchObject({ code: 'NOT_FOUND' });
      await make(applied(ref('ConfigMap', 'kept'), { data: { a: '1' } }));
      await preview({ verb: 'delete', target: ref('ConfigMap', 'kept') });
      expect(await read(ref('ConfigMap', 'kept'))).toMatchObject({ data: { a: '1' } });
    });
  });

  it('creates under a name that the server chooses', async () => {
    const target = { ...ref('ConfigMap', '') };
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'numbered-', namespace } };
    const { object } = await make({ verb: 'create', target, manifest });
    expect(object).toMatchObject({ metadata: { name: expect.stringMatching(/^numbered-\w+/) } });
  });

  it('replaces only what nobody changed since', async () => {
    const target = ref('ConfigMap', 'replaced');
    const { object } = await make(applied(target, { data: { a: '1' } }));
    await make({ verb: 'label', target, entries: { by: 'somebody' }, overwrite: false });
    expect(await refusal({ verb: 'replace', target, manifest: { ...object, data: { a: '2' } } })).toMatchObject({ code: 'CONFLICT' });
  });

  it('patches in three ways', async () => {
    const target = ref('ConfigMap', 'patched');
    await make(applied(target, { data: { a: '1' } }));
    await make({ verb: 'patch', target, patchType: 'json', patch: [{ op: 'replace', path: '/data/a', value: '2' }] });
    await make({ verb: 'patch', target, patchType: 'merge', patch: { data: { b: '3' } } });
    await make({ verb: 'patch', target, patchType: 'strategic', patch: { data: { c: '4' } } });
    expect(await read(target)).toMatchObject({ data: { a: '2', b: '3', c: '4' } });
    expect(await refusal({ verb: 'patch', target, patchType: 'json', patch: [{ op: 'test', path: '/data/a', value: '9' }] })).toMatchObject({
      hint: expect.stringContaining('test in a JSON patch'),
    });
  });

  it('says which patch a custom resource does not take', async () => {
    const group = `test-${process.pid}.example.com`;
    const definition = clusterWide('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `things.${group}`);
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const names = { plural: 'things', singular: 'thing', kind: 'Thing' };
    await make(applied(definition, { spec: { group, scope: 'Namespaced', names, versions: [{ name: 'v1', served: true, storage: true, schema }] } }));
    try {
      const later = await openSandbox(kubeconfig ?? '');
      const target = { apiVersion: `${group}/v1`, kind: 'Thing', namespace, name: 'one' };
      await expect
        .poll(() => applyChange(later, applied(target, { spec: { a: 1 } }), { acts: unrecorded, signal }).catch(() => null), { timeout: 30_000 })
        .not.toBeNull();
      await applyChange(later, { verb: 'patch', target, patchType: 'merge', patch: { spec: { a: 2 } } }, { acts: unrecorded, signal });
      const strategic: Change = { verb: 'patch', target, patchType: 'strategic', patch: { spec: { a: 3 } } };
      await expect(applyChange(later, strategic, { acts: unrecorded, signal })).rejects.toMatchObject({
        hint: expect.stringContaining('send a merge or a JSON patch'),
      });
      await later.close();
    } finally {
      await make({ verb: 'delete', target: definition });
    }
  });

  it('shows what would be made in a namespace that is made with it', async () => {
    const place = { ...ref('ConfigMap', 'inside'), namespace: `${namespace}-new` };
    const { items } = await previewChanges(
      access,
      [applied(clusterWide('v1', 'Namespace', place.namespace), {}), applied(place, { data: { a: '1' } })],
      signal,
    );
    expect(items).toMatchObject([
      { outcome: 'previewed' },
      { outcome: 'previewed', preview: { after: { data: { a: '1' } }, warnings: [expect.stringContaining('Not tried')] } },
    ]);
    expect((await previewChanges(access, [applied(place, {})], signal)).items).toMatchObject([
      { outcome: 'failed', error: { error: `There is no namespace ${place.namespace}.` } },
    ]);
  });

  describe('Secrets', () => {
    const target = ref('Secret', 'login');
    const values = { same: 'c2FtZQ==', other: 'b2xk', gone: 'Z29uZQ==' };

    it('show which keys change and never a value', async () => {
      await make(applied(target, { data: values }));
      const shown = await preview(applied(target, { data: { same: 'c2FtZQ==', other: 'bmV3', added: 'YWRkZWQ=' } }));
      expect(shown.diff.fields).toEqual([
        { path: '.data.added', type: 'added', after: '***' },
        { path: '.data.gone', type: 'removed', before: '***' },
        { path: '.data.other', type: 'changed', before: '*** (before)', after: '*** (after)' },
      ]);
      const { change: _asked, ...told } = shown;
      expect(JSON.stringify(told)).not.toMatch(/c2FtZQ|b2xk|Z29uZQ|bmV3|YWRkZWQ/);
    });

    it('do not lose values that were only shown masked', async () => {
      const { object } = await make(applied(target, { data: values }));
      expect(JSON.stringify(object)).not.toContain('b2xk');
      expect(await refusal({ verb: 'replace', target, manifest: { ...object } })).toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('hidden'),
      });
      await make({ verb: 'patch', target, patchType: 'merge', patch: { data: { other: 'bmV3' } } });
      const shown = await preview(applied(target, { data: { ...values, other: 'bmV3' } }, true));
      expect(shown.diff.fields).toEqual([]);
    });
  });

  it('tells what admission refuses and what it warns of', async () => {
    const group = 'admissionregistration.k8s.io/v1';
    const matchConstraints = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }],
    };
    const policy = (name: string, label: string, reason: string) =>
      applied(clusterWide(group, 'ValidatingAdmissionPolicy', name), {
        spec: {
          matchConstraints,
          validations: [{ expression: `!has(object.metadata.labels) || !('${label}' in object.metadata.labels)`, message: `no ${label} here`, reason }],
        },
      });
    const binding = (name: string, action: string) =>
      applied(clusterWide(group, 'ValidatingAdmissionPolicyBinding', name), { spec: { policyName: name, validationActions: [action] } });
    const names = { deny: `${namespace}-deny`, warn: `${namespace}-warn` };
    await applyChanges(
      access,
      [policy(names.deny, 'refuse', 'Forbidden'), binding(names.deny, 'Deny'), policy(names.warn, 'warn', 'Invalid'), binding(names.warn, 'Warn')],
      { acts: unrecorded, signal },
    );
    try {
      const refused = applied(ref('ConfigMap', 'refused'), { labels: { refuse: 'me' } });
      await expect
        .poll(
          () =>
            preview(refused).then(
              () => 'allowed',
              (error: AppError) => error.message,
            ),
          { timeout: 60_000, interval: 500 },
        )
        .toContain('no refuse here');
      expect(await refusal(refused)).toMatchObject({ code: 'FORBIDDEN', hint: expect.stringContaining('not a missing right') });
      const warned = applied(ref('ConfigMap', 'warned'), { labels: { warn: 'me' } });
      await expect
        .poll(async () => (await preview(warned)).warnings, { timeout: 60_000, interval: 500 })
        .toContainEqual(expect.stringContaining('no warn here'));
    } finally {
      const kinds = ['ValidatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicy'];
      const targets = kinds.flatMap((kind) => Object.values(names).map((name) => clusterWide(group, kind, name)));
      await applyChanges(
        access,
        targets.map((target) => ({ verb: 'delete', target })),
        { acts: unrecorded, signal },
      );
    }
  });

  it('notes who will undo a change', async () => {
    const target = ref('ConfigMap', 'of-helm');
    await make(applied(target, { labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'shop' } }));
    const shown = await preview({ verb: 'label', target, entries: { a: 'b' }, overwrite: false });
    expect(shown.managedBy).toMatchObject([{ tool: 'helm', name: 'shop' }]);
    expect(shown.diff.text).toContain('+    a: b');
  });

  it('labels only what has no other value, unless it may overwrite', async () => {
    const target = ref('ConfigMap', 'labelled');
    await make(applied(target, { labels: { env: 'test' } }));
    expect(await refusal({ verb: 'label', target, entries: { env: 'prod' }, overwrite: false })).toMatchObject({ message: expect.stringContaining('(test)') });
    await make({ verb: 'label', target, entries: { env: 'prod', gone: null }, overwrite: true });
    expect(await read(target)).toMatchObject({ metadata: { labels: { env: 'prod' } } });
  });

  it('judges anew what another writer changed while it labelled', async () => {
    const target = ref('ConfigMap', 'busy');
    await make(applied(target, { labels: { env: 'test' } }));
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => make({ verb: 'label', target, entries: { [name]: 'yes' }, overwrite: false })));
    expect(await read(target)).toMatchObject({ metadata: { labels: Object.fromEntries(names.map((name) => [name, 'yes'])) } });
  });

  describe('many at once', () => {
    it('go on after one that fails, each with its own outcome', async () => {
      await make(applied(ref('ConfigMap', 'one'), {}));
      const changes: Change[] = ['one', 'not-there', 'one'].map((name) => ({
        verb: 'annotate',
        target: ref('ConfigMap', name),
        entries: { seen: 'yes' },
        overwrite: true,
      }));
      expect((await previewChanges(access, changes, signal)).items.map(({ outcome }) => outcome)).toEqual(['previewed', 'failed', 'previewed']);
      const { items } = await applyChanges(access, changes, { acts: unrecorded, signal });
      expect(items).toMatchObject([{ outcome: 'done' }, { outcome: 'failed', error: { code: 'NOT_FOUND' } }, { outcome: 'done' }]);
    });

    it('delete an owner before what it owns, and what goes with it is not asked for', async () => {
      const { object } = await make(applied(ref('ConfigMap', 'owner'), {}));
      const uid = String(Object(object?.metadata).uid);
      const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
      await make({
        verb: 'create',
        target: ref('ConfigMap', 'owned'),
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owned', namespace, ownerReferences } },
      });
      const { items } = await applyChanges(
        access,
        [
          { verb: 'delete', target: ref('ConfigMap', 'owned') },
          { verb: 'delete', target: ref('ConfigMap', 'owner') },
        ],
        { acts: unrecorded, signal },
      );
      expect(items).toMatchObject([{ outcome: 'skipped', reason: expect.stringContaining('owner') }, { outcome: 'done' }]);
    });

    it('skip what had not begun when they are cancelled', async () => {
      const cancelled = AbortSignal.abort();
      const { items } = await applyChanges(access, [{ verb: 'delete', target: ref('ConfigMap', 'one') }], { acts: unrecorded, signal: cancelled });
      expect(items).toMatchObject([{ outcome: 'skipped' }]);
    });
  });
});
