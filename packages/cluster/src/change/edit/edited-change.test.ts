import type { KindSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { editedChange } from './edited-change.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const schema: KindSchema = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespaced: true,
  root: 'root',
  definitions: {
    root: { properties: { metadata: { properties: { finalizers: { set: true, items: {} }, labels: { values: {} } } }, spec: { ref: 'Spec' } } },
    Spec: {
      properties: {
        replicas: { types: ['integer'] },
        selector: { atomic: true, values: { types: ['string'] } },
        containers: { listKeys: ['name'], items: { ref: 'Container' } },
      },
    },
    Container: {
      properties: {
        name: {},
        args: { items: {} },
        ports: { listKeys: ['containerPort', 'protocol'], items: { properties: { containerPort: {}, protocol: { default: 'TCP' }, name: {} } } },
      },
    },
  },
};
const object = (spec: Record<string, unknown>, metadata: Record<string, unknown> = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', resourceVersion: '7', ...metadata },
  spec,
});
const spec = {
  replicas: 2,
  selector: { app: 'web' },
  containers: [
    { name: 'web', image: 'web:1', args: ['-v'], ports: [{ containerPort: 80, name: 'main' }] },
    { name: 'log', image: 'log:1' },
  ],
};
const edit = (edited: Record<string, unknown>, owned: Record<string, unknown> = {}, base = object(spec)) =>
  editedChange({ target, base, edited }, { schema, owned });
const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };

describe('an edit', () => {
  it('applies what differs and nothing else', () => {
    const [first, second] = spec.containers;
    expect(edit(object({ ...spec, replicas: 3, containers: [first, { ...second, image: 'log:2' }] }))).toEqual({
      verb: 'apply',
      target,
      force: false,
      manifest: { ...head, spec: { replicas: 3, containers: [{ name: 'log', image: 'log:2' }] } },
    });
  });

  it('says again what we applied before, which would be given up otherwise', () => {
    const owned = {
      'f:spec': {
        'f:replicas': {},
        'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { 'f:name': {} } } } },
      },
    };
    expect(edit(object(spec, { labels: { tier: 'front' } }), owned)).toMatchObject({
      manifest: {
        metadata: { name: 'web', namespace: 'shop', labels: { tier: 'front' } },
        spec: { replicas: 2, containers: [{ name: 'web', ports: [{ containerPort: 80, name: 'main' }] }] },
      },
    });
  });

  it('sends whole what is one value: an atomic map, a list without keys', () => {
    const [first, second] = spec.containers;
    expect(edit(object({ ...spec, selector: { app: 'web', tier: 'a' }, containers: [{ ...first, args: ['-v', '-x'] }, second] }))).toMatchObject({
      verb: 'apply',
      manifest: { spec: { selector: { app: 'web', tier: 'a' }, containers: [{ name: 'web', args: ['-v', '-x'] }] } },
    });
  });

  it('that takes something away is a patch of exactly the version that was read', () => {
    const [first] = spec.containers;
    const version = { op: 'test', path: '/metadata/resourceVersion', value: '7' };
    expect(edit(object({ ...spec, containers: [first] }))).toEqual({
      verb: 'patch',
      target,
      patchType: 'json',
      patch: [version, { op: 'replace', path: '/spec/containers', value: [first] }],
    });
    const held = object(spec, { finalizers: ['a/b', 'c/d'], labels: { 'x/y': '1' } });
    expect(edit(object(spec, { finalizers: ['a/b'] }), {}, held)).toMatchObject({
      patch: [version, { op: 'remove', path: '/metadata/labels' }, { op: 'replace', path: '/metadata/finalizers', value: ['a/b'] }],
    });
  });

  it('of a Secret never repeats a value that was not read', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' }, data: { user: '<hidden>', password: '<hidden>' } };
    const of = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'login' };
    const edited = { ...secret, metadata: { ...secret.metadata, labels: { app: 'web' } } };
    expect(editedChange({ target: of, base: secret, edited }, { schema: null, owned: { 'f:data': { 'f:user': {} } } })).toEqual({
      verb: 'patch',
      target: of,
      patchType: 'json',
      patch: [{ op: 'add', path: '/metadata/labels', value: { app: 'web' } }],
    });
  });

  it('does not count what the server writes, and does not rename', () => {
    expect(() => edit({ ...object(spec, { uid: 'u', generation: 4 }), status: { replicas: 2 } })).toThrow('Nothing would change');
    expect(() => edit(object(spec, { name: 'other' }))).toThrow('keeps its apiVersion, kind, name and namespace');
  });
});
