import { describe, expect, it } from 'vitest';
import { exactParts } from './exact-parts.ts';
import { findLinks } from './find-links.ts';

const shown = (text: string) =>
  exactParts(text, 'alone')
    .map((part) => (part.escaped ? `[${part.text}]` : part.text))
    .join('');

describe('a text that somebody else wrote', () => {
  it.each([
    ['--as ann', '--as ann'],
    ['größe 日本 é 🚀', 'größe 日本 é 🚀'],
    ['a\nb\tc\r', 'a[\\n]b[\\t]c[\\r]'],
    ['\u001b[2K\u0000', '[\\u{001b}][2K[\\u{0000}]'],
    ['safe\u202etxt.sh', 'safe[\\u{202e}]txt.sh'],
    ['a\u200bb\u00a0c\u3164\u2800', 'a[\\u{200b}]b[\\u{00a0}]c[\\u{3164}][\\u{2800}]'],
    ['\u{e0061}\ud800', '[\\u{e0061}][\\u{d800}]'],
    [' -x  y ', '[\\u{0020}]-x  y[\\u{0020}]'],
  ])('%j shows as %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('tells an escape that is written there from a character that is', () => {
    expect(exactParts('\\n', 'alone')).toEqual([{ text: '\\n', escaped: false }]);
  });
});

it('leaves the spaces between the parts of a sentence alone', () => {
  expect(exactParts('open ', 'inSentence')).toEqual([{ text: 'open ', escaped: false }]);
});

describe('an address in what a program says', () => {
  const links = (text: string) => findLinks(text).flatMap(({ href }) => href ?? []);

  it('leads to its page, without the end of the sentence', () => {
    const text = 'To sign in, open https://login.example/device?a=1&b=2, and enter ABCD-EFGH (or see http://127.0.0.1:8000/).';
    expect(links(text)).toEqual(['https://login.example/device?a=1&b=2', 'http://127.0.0.1:8000/']);
    expect(
      findLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data://text/html,x', 'https://login.example@evil.example/', 'https://', 'https://[login'])(
    'that is none of a web page stays text: %s',
    (text) => {
      expect(links(text)).toEqual([]);
    },
  );

  it('ends where something hides in it', () => {
    expect(links('https://login.example/\u202emoc.live')).toEqual(['https://login.example/']);
  });
});
