import { describe, expect, it } from 'vitest';
import { locateCommands } from './locate-commands.ts';
import { MarkScanner } from './mark-scanner.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the marks of a shell', () => {
  const stream = 'a\x1b]0;title\x07\x1b]133;A\x07$ ls\x1b[0m\x1b]633;E;ls\x07\x1b]1337;x\x07\x1b]133;C\x07';
  const begins = ['\x1b]133;A', '\x1b]633;E', '\x1b]133;C'].map((head) => 100 + stream.indexOf(head));

  it('are found where they begin, whatever the output is cut into', () => {
    for (let size = 1; size <= stream.length; size += 1) {
      const scanner = new MarkScanner();
      const found: number[] = [];
      for (let at = 0; at < stream.length; at += size) found.push(...scanner.scan(bytes(stream.slice(at, at + size)), 100 + at));
      expect(found).toEqual(begins);
    }
  });
});

it('commands of before are found from the last one upwards, where a prompt stands before them', () => {
  const rows = ['$ ls', 'total ls', '$ make', 'make: done', 'ls', '$ ls', 'a b', '$'];
  const blocks = [
    { id: '1', command: 'ls' },
    { id: '2', command: 'make' },
    { id: '3', command: 'gone' },
    { id: '4', command: 'ls' },
  ];
  expect([...locateCommands(blocks, 7, (row) => rows[row] ?? '')]).toEqual([
    ['4', 5],
    ['2', 2],
    ['1', 0],
  ]);
});
