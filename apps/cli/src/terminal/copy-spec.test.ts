import { describe, expect, it } from 'vitest';
import { parseCopySpec } from './copy-spec.ts';

describe('parseCopySpec', () => {
  it.each([
    ['web:/tmp/a', { namespace: null, pod: 'web', path: '/tmp/a' }],
    ['shop/web:/tmp/a:b', { namespace: 'shop', pod: 'web', path: '/tmp/a:b' }],
    ['./odd:name', { namespace: null, pod: null, path: './odd:name' }],
    ['/abs/odd:name', { namespace: null, pod: null, path: '/abs/odd:name' }],
    ['a/b/c:d', { namespace: null, pod: null, path: 'a/b/c:d' }],
    ['plain', { namespace: null, pod: null, path: 'plain' }],
  ])('reads %s', (text, spec) => {
    expect(parseCopySpec(text)).toEqual(spec);
  });

  it.each([':/tmp', 'web:', 'shop/:/tmp'])('refuses %s', (text) => {
    expect(() => parseCopySpec(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});
