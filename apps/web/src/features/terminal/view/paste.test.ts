import { expect, it } from 'vitest';
import { cleanPaste, questionOfPaste } from './paste.ts';

it('what is pasted cannot end the pasting, and keeps its lines', () => {
  expect(cleanPaste('a\x1b[201~\r\nb\tc\rd\x03')).toBe('a[201~\nb\tc\nd');
});

it('asks where a paste would run, is long, or brought commands for the terminal', () => {
  expect(questionOfPaste('ls -l', false)).toBeNull();
  expect(questionOfPaste('one\ntwo\n', true)).toBeNull();
  expect(questionOfPaste('one\n', false)).toEqual({ text: 'one\n', lines: 1, runsAtOnce: true, cleaned: false });
  expect(questionOfPaste('1\n2\n3\n4\n5\n6', true)).toMatchObject({ lines: 6, runsAtOnce: false });
  expect(questionOfPaste('ls\x1b[201~', true)).toMatchObject({ text: 'ls[201~', cleaned: true });
});
