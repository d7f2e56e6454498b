import { describe, expect, it } from 'vitest';
import { ByteCapture } from './byte-capture.ts';
import { renderText, renderTyped } from './render-text.ts';

async function rendered(text: string, columns = 40) {
  const capture = new ByteCapture({ head: 64, tail: 64 });
  capture.push(Buffer.from(text));
  return renderText(capture.take(), columns);
}

describe('renderText', () => {
  it('gives what stands on the screen: bars that were drawn over, colours, lines that wrapped', async () => {
    expect((await rendered('10 %\r50 %\r\x1b[2Kdone\r\n\x1b[31mred\x1b[0m\r\n')).lines).toEqual(['done', 'red']);
    expect((await rendered('0123456789abcdef', 10)).lines).toEqual(['0123456789abcdef']);
    expect((await rendered('before\r\n\x1b[?1049h\x1b[Hediting\x1b[?1049lafter')).lines).toEqual(['before', 'after']);
  });

  it('carries no escape sequence on, whatever a program prints', async () => {
    const { lines } = await rendered('\x1b]0;title\x07\x1b]52;c;aGk=\x07a\x1b[21tb\x1bP$qm\x1b\\c\x9b31m\u202e');
    expect([...lines.join('')].filter((letter) => letter < ' ' || (letter >= '\x7f' && letter <= '\x9f'))).toEqual([]);
  });

  it('says where something is left out of a long output', async () => {
    const { lines, leftOut, gapAt } = await rendered(Array.from({ length: 100 }, (_, index) => `line ${index}\r\n`).join(''));
    expect(lines[0]).toBe('line 0');
    expect(lines.at(-1)).toBe('line 99');
    expect(leftOut).toBeGreaterThan(500);
    expect(lines[gapAt]).toMatch(/^line \d+$/);
  });

  it('leaves out the mark of zsh for a line without an end', async () => {
    expect((await rendered(`partial\x1b[1m\x1b[7m%\x1b[27m\x1b[1m\x1b[0m${' '.repeat(39)}\r \r`)).lines).toEqual(['partial']);
  });
});

describe('renderTyped', () => {
  it('gives the line as it was when it was sent, after all editing', async () => {
    expect(await renderTyped(Buffer.from('user@host $ '), Buffer.from(' ecoh\b\b\x1b[Kho hi\r\n'), 40)).toBe(' echo hi');
  });
});
