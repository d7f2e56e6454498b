import { expect, it } from 'vitest';
import { compactText } from './compact-text.ts';

it('leaves out what says nothing and keeps what is false or zero', () => {
  expect(compactText({ a: null, b: '', c: [], d: { e: null }, ready: false, restarts: 0 })).toBe('ready: false\nrestarts: 0');
});

it('writes objects of the same plain fields as a table, without columns that are empty in all rows', () => {
  const rows = [
    { name: 'web-0', node: null, restarts: 3, labels: ['a', 'b'] },
    { name: 'web-1', node: null, restarts: null, labels: [] },
  ];
  expect(compactText({ total: 2, rows })).toBe('total: 2\nrows:\n name | restarts | labels\n web-0 | 3 | a, b\n web-1 | - | -');
});

it('indents what is nested, and keeps lines of a text apart', () => {
  const value = { issues: [{ title: 'Down', chain: [{ at: 'Pod a', via: { kind: 'Service', port: 80 } }], diff: '-a\n+b' }] };
  expect(compactText(value)).toBe('issues:\n - title: Down\n   chain:\n    - at: Pod a\n      via: kind=Service, port=80\n   diff:\n    -a\n    +b');
});

it('a cell can not break out of its row', () => {
  expect(compactText([{ a: 'one\ntwo' }, { a: 'three' }])).toBe('a\none two\nthree');
});
