import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundCommand, MarkScanner } from './mark-scanner.ts';

const stream = Buffer.from('one\x1b]133;A\x07\x1b[31mtwo\x1b]633;E;echo \\x3b;n\x1b\\three\x1b]0;a title\x07\x1b]7;file:///tmp\x07end');

function scan(pieces: readonly Buffer[]): FoundCommand[] {
  const scanner = new MarkScanner();
  let offset = 0;
  return pieces.flatMap((piece) => {
    const found = scanner.scan(piece, offset);
    offset += piece.byteLength;
    return found;
  });
}

describe('MarkScanner', () => {
  it('finds commands at their exact bytes', () => {
    const found = scan([stream]);
    expect(found.map(({ code, data }) => [code, data])).toEqual([
      [133, 'A'],
      [633, 'E;echo \\x3b;n'],
      [7, 'file:///tmp'],
    ]);
    expect(found.map(({ start, end }) => [stream.toString('utf8', start, start + 2), stream.at(end - 1)])).toEqual([
      ['\x1b]', 0x07],
      ['\x1b]', 0x5c],
      ['\x1b]', 0x07],
    ]);
  });

  it('finds the same wherever the stream is cut', () => {
    const whole = scan([stream]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: stream.byteLength - 1 }), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.byteLength];
        const pieces = edges.slice(1).map((end, index) => stream.subarray(edges[index], end));
        expect(scan(pieces)).toEqual(whole);
      }),
    );
  });

  it('keeps no more of a command without an end than it may, and goes on after it', () => {
    const scanner = new MarkScanner();
    let offset = 0;
    for (const piece of [Buffer.from('\x1b]133;'), ...Array.from({ length: 40 }, () => Buffer.alloc(4096, 'x'))]) {
      expect(scanner.scan(piece, offset)).toEqual([]);
      offset += piece.byteLength;
    }
    expect(scanner.scan(Buffer.from('\x07\x1b]133;B\x07'), offset)).toMatchObject([{ code: 133, data: 'B', start: offset + 1 }]);
  });
});
