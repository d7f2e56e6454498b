import { AppError, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type ManifestOptions, manifestChanges } from './manifest-changes.ts';
import { readDocuments } from './read-documents.ts';

const kind = (apiVersion: string, name: string, plural: string, namespaced = true): ResourceKind => ({
  apiVersion,
  kind: name,
  plural,
  namespaced,
  shortNames: [],
  group: 'config',
  verbs: [],
});
const kinds = [
  kind('v1', 'ConfigMap', 'configmaps'),
  kind('v1', 'Namespace', 'namespaces', false),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
];
const options: ManifestOptions = { verb: 'apply', kinds, namespace: 'shop', enforceNamespace: false, force: false };
const changes = (text: string, more: Partial<ManifestOptions> = {}) => manifestChanges(readDocuments(text, 'app.yaml'), { ...options, ...more });

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

describe('a text of manifests', () => {
  it('is read as kubectl reads YAML', () => {
    expect(readDocuments('on: yes\nmode: 0644\nport: 22:22\nday: 2001-01-01\nbig: 1_000', 'x')[0]?.object).toEqual({
      true: true,
      mode: 420,
      port: '22:22',
      day: '2001-01-01',
      big: 1000,
    });
  });

  it('holds several documents, empty ones and lists', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: Namespace, metadata: {name: b}}\n';
    expect(changes(`---\n${settings}---\n# nothing\n---\n${list}`).map(({ target }) => [target.kind, target.namespace, target.name])).toEqual([
      ['ConfigMap', 'shop', 'settings'],
      ['ConfigMap', 'shop', 'a'],
      ['Namespace', null, 'b'],
    ]);
  });

  it('may be JSON', () => {
    expect(changes('{"apiVersion":"v1","kind":"ConfigMap",\n\t"metadata":{"name":"a"}}')).toMatchObject([
      { target: { name: 'a' }, manifest: { metadata: { namespace: 'shop' } } },
    ]);
  });

  it('keeps the version that it asks for', () => {
    expect(changes('apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}')).toMatchObject([
      { target: { apiVersion: 'autoscaling/v1' } },
    ]);
  });

  it('may leave the name to the server, to create', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}';
    expect(changes(text, { verb: 'create' })).toMatchObject([{ target: { name: '' } }]);
    expect(messageOf(() => changes(text))).toContain('generateName is for create alone');
  });

  it.each<[string, string, Partial<ManifestOptions>]>([
    ['app.yaml, document 2, line 6: apiVersion is missing', `${settings}---\nkind: ConfigMap`, {}],
    ['app.yaml, document 1, line 1: metadata.name is missing', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}', {}],
    ['app.yaml, document 1, line 2: The cluster serves no kind Confg in v1', '\napiVersion: v1\nkind: Confg\nmetadata: {name: a}', {}],
    ['app.yaml, document 1, line 3', 'a: 1\nb:\n  - {', {}],
    ['Map keys must be unique', 'a: 1\na: 2', {}],
    ['this is not an object', 'just words', {}],
    ['the object is of the namespace other, and shop is asked for', `${settings}  namespace: other`, { enforceNamespace: true }],
  ])('%s', (message, text, more) => {
    expect(messageOf(() => changes(text, more))).toContain(message);
  });

  it('does not grow without end', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ].join('\n');
    expect(messageOf(() => changes(bomb))).toContain('Excessive alias count');
  });
});
