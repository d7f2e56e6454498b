import { longestAttachedText } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { fileAttachment, formOf, isLongPaste, textAttachment } from './read-attachment.ts';

it.each([
  ['app.log', 'anything', 'log'],
  ['pod.yaml', 'a: 1', 'yaml'],
  ['Pasted', 'apiVersion: v1\nkind: Pod', 'yaml'],
  ['Pasted', '2026-01-01T12:00:00Z started\n2026-01-01T12:00:01Z failed\n  at main', 'log'],
  ['Pasted', 'E0101 12:00:00.1 controller.go failed', 'log'],
  ['Pasted', '{"ts":1,"msg":"x"}', 'log'],
  ['notes', 'Some words.', 'text'],
])('%s with %j is a %s', (name, text, form) => {
  expect(formOf(name, text)).toBe(form);
});

it('keeps the end of what is too long, from the beginning of a line', () => {
  const text = Array.from({ length: 30_000 }, (_, line) => `12:00:00 line ${line} of a log`).join('\n');
  const { attachment, cut } = textAttachment('Pasted log', text);
  expect([cut, attachment.form]).toEqual([true, 'log']);
  expect(attachment.text.length).toBeLessThanOrEqual(longestAttachedText);
  expect(attachment.text).toMatch(/^12:00:00 line \d+ of a log\n[\s\S]*line 29999 of a log$/);
});

it('takes a long paste out of the question, and leaves a short one in it', () => {
  expect([isLongPaste('why\n'.repeat(10)), isLongPaste('x\n'.repeat(10_000)), isLongPaste('x'.repeat(5_000))]).toEqual([false, true, true]);
});

it('takes no file that is no text', async () => {
  expect(await fileAttachment(new File([new Uint8Array([0x89, 0x50, 0, 0, 1])], 'a.png'))).toBeNull();
  expect(await fileAttachment(new File(['  '], 'empty.txt'))).toBeNull();
  expect(await fileAttachment(new File(['a: 1'], 'a.yaml'))).toMatchObject({ cut: false, attachment: { form: 'yaml', text: 'a: 1' } });
});
