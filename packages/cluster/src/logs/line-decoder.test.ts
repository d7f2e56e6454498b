import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineDecoder } from './line-decoder.ts';

const stamp = '2026-01-01T00:00:00.123456789Z';

function decode(chunks: readonly Uint8Array[]) {
  const decoder = new LineDecoder('web', 'app');
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
}

describe('the lines of a log', () => {
  it('are the same however the bytes are cut', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '')));
    const property = fc.property(texts, fc.array(fc.nat(40), { minLength: 1 }), (lines, sizes) => {
      const bytes = Buffer.from(lines.map((text) => `${stamp} ${text}\n`).join(''));
      const chunks: Uint8Array[] = [];
      for (let at = 0, i = 0; at < bytes.byteLength; i += 1) {
        const size = (sizes[i % sizes.length] ?? 0) + 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(decode(chunks)).toEqual(lines.map((text) => ({ pod: 'web', container: 'app', time: stamp, text })));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('have their times in UTC with nine digits, whatever the node writes', () => {
    const text = '2026-01-01T01:30:00.5+01:00 a\n2026-01-01T00:00:00Z b\nno time\n2026-01-01T00:00:00.000000001Z \n';
    expect(decode([Buffer.from(text)]).map((entry) => [entry.time, entry.text])).toEqual([
      ['2026-01-01T00:30:00.500000000Z', 'a'],
      ['2026-01-01T00:00:00.000000000Z', 'b'],
      ['', 'no time'],
      ['2026-01-01T00:00:00.000000001Z', ''],
    ]);
  });

  it('that are too long are cut, and say by how much', () => {
    const chunk = Buffer.from('x'.repeat(512 * 1024));
    const entries = decode([Buffer.from(`${stamp} `), chunk, chunk, chunk, Buffer.from(`\n${stamp} next\n`)]);
    expect(entries.map(({ text, marker, count }) => [marker ?? text.length, count])).toEqual([
      [1024 * 1024 - 31, undefined],
      ['cut', 512 * 1024 + 31],
      [4, undefined],
    ]);
  });
});
