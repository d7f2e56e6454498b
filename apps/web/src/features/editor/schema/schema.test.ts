import type { KindSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../../messages/en/index.ts';
import { checkDocument, checkHead } from './check-document.ts';
import { changedForGood } from './immutable-fields.ts';
import { nearName } from './near-name.ts';
import { pathAt, spanOfPath } from './path-at.ts';
import { keySnippet } from './skeleton.ts';
import { typingPlace } from './typing-place.ts';
import { yamlDocuments } from './yaml-documents.ts';

const text = { types: ['string' as const] };
const schema: KindSchema = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespaced: true,
  root: 'root',
  definitions: {
    root: { types: ['object'], properties: { apiVersion: text, kind: text, metadata: { ref: 'Meta' }, spec: { ref: 'Spec' } } },
    Meta: { types: ['object'], properties: { name: text, labels: { types: ['object'], values: text } } },
    Spec: {
      types: ['object'],
      required: ['template'],
      properties: {
        replicas: { types: ['integer'] },
        paused: { types: ['boolean'] },
        template: { ref: 'Template' },
        extra: { types: ['object'], open: true, properties: {} },
      },
    },
    Template: {
      types: ['object'],
      required: ['containers'],
      properties: { containers: { types: ['array'], items: { ref: 'Container' }, listKeys: ['name'] } },
    },
    Container: {
      types: ['object'],
      required: ['name', 'image'],
      properties: {
        name: text,
        image: text,
        pull: { types: ['string'], enum: ['Always', 'Never'] },
        port: { types: ['integer', 'string'] },
        args: { types: ['array'], items: text },
      },
    },
  },
};
const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';
const marksOf = (yaml: string) => {
  const [document] = yamlDocuments(yaml);
  if (document === undefined) return [];
  return [...checkHead(document, en.editor.marks), ...checkDocument(document, schema, en.editor.marks)].map(({ from, to, message }) => [
    yaml.slice(from, to),
    message,
  ]);
};

describe('what is wrong with a document', () => {
  it('is marked at its place, with the name that was meant', () => {
    const yaml = `${head}spec:\n  replica: 2\n  paused: "yes"\n  template:\n    containers:\n      - image: web:1\n        port: 80\n        pull: always\n        args: [1]\n`;
    expect(marksOf(yaml)).toEqual([
      ['replica', 'replica is no field here. Is replicas meant?'],
      ['"yes"', 'This is text and must be true or false.'],
      ['always', 'always is not allowed; is Always meant. Allowed: Always, Never.'],
      ['1', 'This is a whole number and must be text. Write "1", in quotes.'],
      ['image', 'name is missing.'],
    ]);
  });

  it('is nothing where fields are free, not set, or either of two types', () => {
    expect(marksOf(`${head}spec:\n  replicas:\n  extra: {any: [1, {a: b}]}\n  template:\n    containers:\n      - {name: a, image: b, port: http}\n`)).toEqual(
      [],
    );
  });

  it('is known of what has no kind', () => {
    expect(marksOf('apiVersion: v1\n')[0]).toEqual(['apiVersion', 'kind is missing.']);
    const [broken] = yamlDocuments('a: [1\nb: 2\n');
    expect(broken?.errors.length).toBeGreaterThan(0);
  });
});

describe('where somebody writes', () => {
  const lines = [
    ...head.split('\n').slice(0, -1),
    'spec:',
    '  template:',
    '    containers:',
    '    - name: a',
    '      image: b',
    '      p',
    '    - ',
    '  re',
    'st',
  ];
  const at = (line: string, more = line) => {
    const index = lines.indexOf(line);
    const place = typingPlace(lines, index, more);
    return place === null ? null : { ...place, siblings: [...place.siblings].sort() };
  };

  it('is read from what stands above, also in lists that are not indented', () => {
    expect(at('      p')).toEqual({ path: ['spec', 'template', 'containers', 0], writes: 'key', typed: 'p', column: 6, siblings: ['image', 'name'] });
    expect(at('    - ')).toMatchObject({ path: ['spec', 'template', 'containers', 0], writes: 'key', typed: '', siblings: [] });
    expect(at('  re')).toMatchObject({ path: ['spec'], typed: 're', siblings: ['template'] });
    expect(at('st')).toMatchObject({ path: [], typed: 'st', siblings: ['apiVersion', 'kind', 'metadata', 'spec'] });
    expect(at('      image: b', '      image: ')).toMatchObject({
      path: ['spec', 'template', 'containers', 0, 'image'],
      writes: 'value',
      typed: '',
      column: 13,
    });
  });

  it('is nowhere in a text block, a comment or a flow', () => {
    expect(typingPlace(['data:', '  a: |', '    some te'], 2, '    some te')).toBeNull();
    expect(typingPlace(['# no'], 0, '# no')).toBeNull();
    expect(typingPlace(['a: {b'], 0, 'a: {b')).toBeNull();
  });
});

describe('fields in the text', () => {
  const yaml = `${head}spec:\n  template:\n    containers:\n      - name: a\n        image: b\n`;
  const [document] = yamlDocuments(yaml);

  it('are found by position and by path', () => {
    expect(document === undefined ? null : pathAt(document, yaml.indexOf('image') + 2)?.path).toEqual(['spec', 'template', 'containers', 0, 'image']);
    const span = document === undefined ? { from: 0, to: 0 } : spanOfPath(document, ['spec', 'template', 'containers', 0, 'image']);
    expect(yaml.slice(span.from, span.to)).toBe('image');
  });

  it('bring what they require, at the depth where they stand', () => {
    const spec = schema.definitions.Spec;
    expect(spec === undefined ? '' : keySnippet(schema, 'spec', { ...spec }, 0)).toBe(
      ['spec:', '  template:', '    containers:', '      - name: $', '        image: $'].join('\n').replaceAll('$', '$' + '{}'),
    );
  });
});

it('near names are near', () => {
  expect(nearName('contaners', ['containers', 'initContainers'])).toBe('containers');
  expect(nearName('iamge', ['image', 'name'])).toBe('image');
  expect(nearName('zebra', ['image', 'name'])).toBeUndefined();
});

it('fields that never change are told when they do', () => {
  const base = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { selector: { a: 'b' }, replicas: 1 } };
  expect(changedForGood(base, { ...base, spec: { selector: { a: 'c' }, replicas: 2 } })).toEqual([['spec', 'selector']]);
});
