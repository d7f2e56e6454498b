import { expect, it } from 'vitest';
import { terminalKeys } from './terminal-keys.ts';
import { webAddress } from './terminal-links.ts';

it('a link of a program leads to the web or nowhere', () => {
  expect(webAddress('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
  expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ssh://host', 'not a link', ''].map(webAddress)).toEqual(Array(6).fill(null));
});

const ctrl = { ctrlKey: true };
const ctrlShift = { ctrlKey: true, shiftKey: true };

function played(selected: boolean, jumps: boolean) {
  const ran: string[] = [];
  const takes = terminalKeys({
    find: () => ran.push('find'),
    copy: () => ran.push('copy') > 0 && selected,
    zoom: (step) => ran.push(`zoom ${step}`),
    ...(jumps ? { jump: (backwards) => ran.push(`jump ${backwards}`) } : {}),
  });
  const press = (code: string, held: Partial<KeyboardEvent> = {}) =>
    takes({ type: 'keydown', key: '', code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault: () => undefined, ...held });
  return { ran, press };
}

it('the program gets every key but those of the dock, of search, of copy and paste, and what its pane has use for', () => {
  const { ran, press } = played(false, false);
  expect([press('KeyC', ctrl), press('KeyF', ctrl), press('KeyA', ctrlShift), press('ArrowUp', ctrlShift), press('Tab'), press('Space', ctrl)]).toEqual(
    Array(6).fill(true),
  );
  expect([press('Backquote', ctrl), press('KeyV', ctrlShift), press('KeyF', ctrlShift), press('KeyC', ctrlShift), press('Equal', ctrl)]).toEqual(
    Array(5).fill(false),
  );
  expect(ran).toEqual(['copy', 'find', 'copy', 'zoom 1']);
  expect(played(false, true).press('ArrowUp', ctrlShift)).toBe(false);
});

it('Ctrl C copies what is selected, and interrupts where nothing is', () => {
  expect([played(true, false).press('KeyC', ctrl), played(false, false).press('KeyC', ctrl)]).toEqual([false, true]);
});
