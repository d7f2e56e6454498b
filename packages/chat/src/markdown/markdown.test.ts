import { describe, expect, it } from 'vitest';
import type { Block } from './block.ts';
import { grow, nothingGrown, withoutHalfMarks } from './grow.ts';
import { readBlocks } from './read-blocks.ts';

const blocks = (text: string): Block[] => readBlocks(text).map(({ block }) => block);
const text = (words: string) => ({ type: 'text', text: words });

describe('Markdown', () => {
  it('is read with tables, tasks, nested lists and fences', () => {
    expect(blocks('# One *two*\n\n1. a\n   - [x] b\n\n| k | v |\n|---|:-:|\n| a | `b` |\n\n> q\n\n```YAML title\nkind: Pod\n```')).toMatchObject([
      { type: 'heading', level: 1, children: [text('One '), { type: 'emphasis' }] },
      { type: 'list', ordered: true, start: 1, items: [{ done: null, children: [{}, { type: 'list', items: [{ done: true }] }] }] },
      { type: 'table', header: [{ align: null }, { align: 'center' }], rows: [[{ children: [text('a')] }, { children: [{ type: 'code', text: 'b' }] }]] },
      { type: 'quote', children: [{ type: 'paragraph' }] },
      { type: 'code', language: 'yaml', text: 'kind: Pod', closed: true },
    ]);
  });

  it.each([
    ['[a](javascript:alert(1))', 'a (javascript:alert(1))'],
    ['[a](data:text/html,x)', 'a (data:text/html,x)'],
    ['[a](file:///etc/passwd)', 'a (file:///etc/passwd)'],
    ['[a](//evil.example)', 'a (//evil.example)'],
    ['a <img src=x onerror=alert(1)> b', 'a <img src=x onerror=alert(1)> b'],
    ['a \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u001b[31mred\u001b[0m', 'a link red'],
    ['a \u202egnp.exe', 'a gnp.exe'],
    ['&lt;b&gt; &#x26; &bogus;', '<b> & &bogus;'],
  ])('makes nothing of %j but words', (hostile, words) => {
    expect(blocks(hostile)).toEqual([{ type: 'paragraph', children: [text(words)] }]);
  });

  it('shows a picture as a link to it, and HTML as its text', () => {
    expect(blocks('![see](https://x.example/p.png?u=1)')).toEqual([
      { type: 'paragraph', children: [{ type: 'link', href: 'https://x.example/p.png?u=1', children: [text('see')] }] },
    ]);
    expect(blocks('<script>alert(1)</script>')).toEqual([{ type: 'paragraph', children: [text('<script>alert(1)</script>')] }]);
  });

  it('outlives what is nested without end', () => {
    expect(blocks('>'.repeat(20_000)).length).toBeGreaterThan(0);
    expect(blocks(`${'['.repeat(5_000)}a`).length).toBeGreaterThan(0);
    expect(blocks('**'.repeat(3_000)).length).toBeGreaterThan(0);
  });
});

describe('a text that grows', () => {
  const whole =
    '# Why\n\nThe *claim* waits.\n\n- one\n- two\n\n  more\n\n```sh\nkubectl get pvc\n\nkubectl get sc\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd\n===\n';

  it('is in the end what it is when it is read at once, wherever it was cut', () => {
    for (const step of [1, 2, 3, 7]) {
      let grown = nothingGrown;
      for (let length = 0; length <= whole.length + step; length += step) grown = grow(grown, whole.slice(0, length));
      expect([...grown.done, ...grown.open].map(({ block }) => block)).toEqual(blocks(whole));
    }
  });

  it('reads what is finished once', () => {
    const first = grow(nothingGrown, whole);
    const second = grow(first, `${whole}\nMore.`);
    expect(first.done.length).toBeGreaterThan(3);
    expect(second.done.slice(0, first.done.length).every((block, index) => block === first.done[index])).toBe(true);
    expect(grow(second, 'Other')).toMatchObject({ done: [], open: [{ raw: 'Other' }] });
  });

  it('is read right where terminals would see more than letters', () => {
    const coloured = 'One \u001b[31mred\u001b[0m line.\r\n\r\nTwo.\r\n\r\nThree.\r\n\r\nFour.';
    let grown = nothingGrown;
    for (let length = 0; length <= coloured.length; length += 1) grown = grow(grown, coloured.slice(0, length));
    expect([...grown.done, ...grown.open].map(({ block }) => block)).toEqual(
      ['One red line.', 'Two.', 'Three.', 'Four.'].map((words) => ({ type: 'paragraph', children: [text(words)] })),
    );
  });

  it('keeps a fence that is open as a block', () => {
    expect(grow(nothingGrown, 'Run\n\n```sh\nkubectl').open.at(-1)?.block).toMatchObject({ type: 'code', text: 'kubectl', closed: false });
  });

  it.each([
    ['Run:\n``', 'Run:\n'],
    ['The **', 'The '],
    ['See [the do', 'See '],
    ['See [docs](https://kub', 'See '],
    ['| a |\n|--', '| a |\n'],
    ['done.', 'done.'],
  ])('shows no half of a mark: %j', (half, shown) => {
    expect(withoutHalfMarks(half)).toBe(shown);
  });
});
