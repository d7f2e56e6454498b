import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputRing } from './ring.ts';

describe('what a session put out lately', () => {
  it('is there byte by byte, as far back as it is kept', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, fc.nat({ max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (chunks, begin, where) => {
        const ring = new OutputRing(256 * 1024, begin);
        for (const chunk of chunks) ring.push(chunk);
        const all = Buffer.concat(chunks);
        expect(ring.end).toBe(begin + all.byteLength);
        expect(ring.start).toBeGreaterThanOrEqual(begin);
        if (all.byteLength <= 256 * 1024) expect(ring.start).toBe(begin);
        const at = ring.start + Math.floor(where * (ring.end - ring.start));
        expect(Buffer.compare(ring.read(at, 50_000) ?? Buffer.of(1), all.subarray(at - begin, at - begin + 50_000))).toBe(0);
        expect(ring.read(ring.end + 1, 1)).toBeNull();
        if (ring.start > 0) expect(ring.read(ring.start - 1, 1)).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
