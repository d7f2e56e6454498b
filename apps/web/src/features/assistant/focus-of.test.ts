import { expect, it } from 'vitest';
import { focusOf } from './use-assistant-focus.ts';

const nothing = { namespace: null, object: null, issueId: null };

it.each([
  ['/', undefined, undefined, { ...nothing, page: '/' }],
  ['/events', undefined, 'shop', { ...nothing, page: '/events', namespace: 'shop' }],
  ['/events', undefined, 'shop,web', { ...nothing, page: '/events' }],
  ['/issues/a%2Fb', undefined, undefined, { ...nothing, page: '/issues/a/b' }],
  ['/issues/i1', undefined, undefined, { ...nothing, page: '/issues/i1', issueId: 'i1' }],
  ['/issues/i1', 'Pod/shop/api', undefined, { page: '/issues/i1', namespace: 'shop', object: { kind: 'Pod', namespace: 'shop', name: 'api' }, issueId: null }],
  [
    '/objects/Deployment.apps/shop/api',
    undefined,
    undefined,
    { page: '/objects/Deployment.apps/shop/api', namespace: 'shop', object: { kind: 'Deployment', namespace: 'shop', name: 'api' }, issueId: null },
  ],
  [
    '/tree',
    'Widget.example.com/shop/w',
    'x',
    { page: '/tree', namespace: 'shop', object: { kind: 'Widget.example.com', namespace: 'shop', name: 'w' }, issueId: null },
  ],
])('%s with %s open in %s', (page, open, ns, focus) => {
  expect(focusOf(page, open, ns)).toEqual(focus);
});
