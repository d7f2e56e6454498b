import { describe, expect, it } from 'vitest';
import { inverseJsonPatch } from './inverse-json-patch.ts';

const object = { metadata: { annotations: { 'a/b~c': '1' } }, spec: { replicas: 2, containers: [{ name: 'app', probe: { http: '/' } }, { name: 'side' }] } };

describe('the way back of a JSON patch', () => {
  it.each([
    ['a replacement', [{ op: 'replace', path: '/spec/replicas', value: 3 }], [{ op: 'replace', path: '/spec/replicas', value: 2 }]],
    ['an addition', [{ op: 'add', path: '/spec/paused', value: true }], [{ op: 'remove', path: '/spec/paused' }]],
    ['one over what is there', [{ op: 'add', path: '/spec/replicas', value: 3 }], [{ op: 'replace', path: '/spec/replicas', value: 2 }]],
    ['a removal', [{ op: 'remove', path: '/spec/replicas' }], [{ op: 'add', path: '/spec/replicas', value: 2 }]],
    ['one at the end of a list', [{ op: 'add', path: '/spec/containers/-', value: { name: 'new' } }], [{ op: 'remove', path: '/spec/containers/2' }]],
    ['one between', [{ op: 'add', path: '/spec/containers/0', value: { name: 'new' } }], [{ op: 'remove', path: '/spec/containers/0' }]],
    ['one out of a list', [{ op: 'remove', path: '/spec/containers/1' }], [{ op: 'add', path: '/spec/containers/1', value: { name: 'side' } }]],
    ['an escaped name', [{ op: 'remove', path: '/metadata/annotations/a~1b~0c' }], [{ op: 'add', path: '/metadata/annotations/a~1b~0c', value: '1' }]],
    [
      'several, the last one first, each on what the one before left',
      [
        { op: 'test', path: '/spec/replicas', value: 2 },
        { op: 'remove', path: '/spec/containers/0' },
        { op: 'replace', path: '/spec/containers/0/name', value: 'other' },
        { op: 'add', path: '/spec/containers/0/probe', value: {} },
      ],
      [
        { op: 'remove', path: '/spec/containers/0/probe' },
        { op: 'replace', path: '/spec/containers/0/name', value: 'side' },
        { op: 'add', path: '/spec/containers/0', value: { name: 'app', probe: { http: '/' } } },
      ],
    ],
  ])('of %s', (_name, patch, inverse) => {
    expect(inverseJsonPatch(object, patch)).toEqual(inverse);
  });

  it.each([
    [[{ op: 'replace', path: '/spec/missing', value: 1 }]],
    [[{ op: 'move', from: '/spec', path: '/a' }]],
    [[{ op: 'remove', path: '/no/where' }]],
    [[{ op: 'replace', path: '', value: {} }]],
  ])('is not told by %j', (patch) => {
    expect(inverseJsonPatch(object, patch)).toBeNull();
  });
});
