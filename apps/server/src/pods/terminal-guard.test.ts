import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerminalGuard } from './terminal-guard.ts';

function through(chunks: readonly string[]): string {
  const guard = new TerminalGuard();
  return Buffer.concat([...chunks.map((chunk) => guard.pass(Buffer.from(chunk))), guard.end()]).toString();
}

describe('what a container prints', () => {
  it.each([
    ['the clipboard, to BEL', 'a\x1b]52;c;cm0gLXJmIC8=\x07b', 'ab'],
    ['the clipboard, to ST', 'a\x1b]52;c;cm0gLXJmIC8=\x1b\\b', 'ab'],
    ['a title', '\x1b]0;not your shell\x07$ ', '$ '],
    ['two in a row', '\x1b]2;x\x07\x1b]1;y\x07z', 'z'],
    ['one that never ends', 'a\x1b]52;c;AAAA', 'a'],
    ['the clipboard, in single characters', 'a\u009d52;c;AAAA\u009cb', 'ab'],
    ['one that is broken off', 'a\x1b]52;c;AA\x18b', 'ab'],
    ['one within another escape', '\x1b\x1b]52;c;AA\x07b', '\x1bb'],
  ])('does not reach the terminal: %s', (_, printed, shown) => expect(through([printed])).toBe(shown));

  it.each([
    '\x1b[31mred\x1b[0m',
    '\x1b]8;;https://example.com\x07link\x1b]8;;\x07',
    '\x1b]11;?\x1b\\',
    '\x1b',
    '\x1b]',
    '\x1b]5',
    '\x1b]520;x\x07',
    'ü€😀Â\u009c',
  ])('is otherwise shown as it is: %j', (printed) => expect(through([printed])).toBe(printed));

  it('is the same wherever it is cut', () => {
    const part = fc.constantFrom('\x1b', ']', '5', '2', '0', ';', 'c', '\x07', '\\', 'x', '\x1b]52;c;AA\x07', '\x1b[1m', '\u009d', '\u009c', 'Â');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        expect(through(parts)).toBe(through([parts.join('')]));
        for (const begin of ['\x1b]', '\u009d']) for (const number of ['0', '1', '2', '52']) expect(through(parts)).not.toContain(`${begin}${number};`);
      }),
    );
  });
});
