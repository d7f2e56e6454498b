import { expect, it } from 'vitest';
import { terminalKeys } from './terminal-keys.ts';
import { webAddress } from './terminal-links.ts';

it('a link of a program leads to the web or nowhere', () => {
  expect(webAddress('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
  expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ssh://host', 'not a link', ''].map(webAddress)).toEqual(Array(6).fill(null));
});

it('the program gets every key but those of the dock, of search, and of copy and paste', () => {
  const ran: string[] = [];
  const takes = terminalKeys({ onFind: () => ran.push('find'), onCopy: () => ran.push('copy') });
  const press = (code: string, held: Partial<KeyboardEvent> = {}) =>
    takes({ type: 'keydown', code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault: () => undefined, ...held });
  const ctrl = { ctrlKey: true };
  const ctrlShift = { ctrlKey: true, shiftKey: true };
  expect([press('KeyC', ctrl), press('KeyF', ctrl), press('KeyA', ctrlShift), press('Backquote'), press('Tab')]).toEqual([true, true, true, true, true]);
  expect([press('Backquote', ctrl), press('KeyV', ctrlShift), press('KeyF', ctrlShift), press('KeyC', ctrlShift)]).toEqual([false, false, false, false]);
  expect(ran).toEqual(['find', 'copy']);
});
