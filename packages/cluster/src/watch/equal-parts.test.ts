import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EqualParts } from './equal-parts.ts';

const anyValue = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)));

describe('equal parts', () => {
  it('change nothing of what an object says', () => {
    const parts = new EqualParts();
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 5 }), (values) => {
        const before = JSON.stringify(values);
        expect(JSON.stringify(values.map((value) => parts.share(value)))).toBe(before);
      }),
    );
  });

  it('are one where they are equal, and two where they differ in anything', () => {
    const parts = new EqualParts();
    const [a, b, c, d] = ['x', 'x', 'y', 'x'].map((image, index) =>
      parts.share({ index, spec: { containers: [{ image, ports: index === 3 ? [] : [1, 2] }] } }),
    );
    expect(a?.spec).toBe(b?.spec);
    expect(c?.spec.containers[0]?.ports).toBe(a?.spec.containers[0]?.ports);
    expect(c?.spec).not.toBe(a?.spec);
    expect(d?.spec).toEqual({ containers: [{ image: 'x', ports: [] }] });
    expect(parts.share({ m: { k: undefined, n: 1 } }).m).not.toBe(parts.share({ m: { n: 1 } }).m);
  });
});
