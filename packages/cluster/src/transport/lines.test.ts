import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitLines } from './lines.ts';

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const cut of [...cuts.map((one) => one % (bytes.byteLength + 1)), bytes.byteLength].sort((a, b) => a - b)) {
    yield bytes.subarray(start, cut);
    start = cut;
  }
}

it('gives the same lines however the bytes are cut', async () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat()), fc.boolean(), async (lines, cuts, ended) => {
      const bytes = Buffer.from(lines.join('\n') + (ended ? '\n' : ''), 'utf8');
      const seen: string[] = [];
      for await (const one of splitLines(chunksOf(bytes, cuts), 1_000_000)) seen.push(one);
      expect(seen).toEqual(lines);
    }),
  );
});

it('refuses a line that is too long, also when it comes in small pieces', async () => {
  const bytes = Buffer.from(`short\n${'x'.repeat(20)}`);
  const seen: string[] = [];
  const reading = (async () => {
    for await (const one of splitLines(chunksOf(bytes, [7, 9, 11, 13, 15, 17, 19]), 10)) seen.push(one);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
  expect(seen).toEqual(['short']);
});
