import { expect, it } from 'vitest';
import { findNamed, namedAlone } from './find-named.ts';

it.each([
  ['Deployment shop/api', { kind: 'Deployment', namespace: 'shop', name: 'api' }],
  ['Pod/shop/api-7f9-x2', { kind: 'Pod', namespace: 'shop', name: 'api-7f9-x2' }],
  ['Node worker-1.example.com', { kind: 'Node', namespace: null, name: 'worker-1.example.com' }],
  ['Widget.example.com shop/w', { kind: 'Widget.example.com', namespace: 'shop', name: 'w' }],
  ['kubectl get pods', null],
  ['Pod shop/../etc', null],
  ['Running', null],
])('%s alone', (text, named) => {
  expect(namedAlone(text)).toEqual(named === null ? null : { text, ...named });
});

it('finds in a sentence what has a namespace', () => {
  expect(findNamed('The Deployment shop/api waits for PersistentVolumeClaim shop/data. Then Node failures.')).toEqual([
    'The ',
    { text: 'Deployment shop/api', kind: 'Deployment', namespace: 'shop', name: 'api' },
    ' waits for ',
    { text: 'PersistentVolumeClaim shop/data', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
    '. Then Node failures.',
  ]);
  expect(findNamed('see https://Example shop/a/b')).toHaveLength(1);
});
