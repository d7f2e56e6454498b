import { describe, expect, it } from 'vitest';
import { missingRights, streamVerbs } from './stream-rights.ts';

describe('streamVerbs', () => {
  it.each([
    [1, 28, ['get']],
    [1, 30, ['get']],
    [1, 34, ['get']],
    [1, 35, ['get', 'create']],
    [1, 41, ['get', 'create']],
    [2, 0, ['get', 'create']],
  ])('of %i.%i are %j', (major, minor, verbs) => {
    expect(streamVerbs({ major, minor })).toEqual(verbs);
  });
});

describe('missingRights', () => {
  it('names what is missing, and why the half is not enough', () => {
    expect(missingRights('exec', ['create'], 'shop').message).toBe(
      'You may not create pods/exec in the namespace shop. Since Kubernetes 1.35 `get` alone is not enough.',
    );
    expect(missingRights('portforward', ['get', 'create'], 'shop')).toMatchObject({
      message: 'You may not get and create pods/portforward in the namespace shop.',
      hint: expect.stringContaining('kubectl auth can-i get pods/portforward -n shop'),
    });
  });
});
