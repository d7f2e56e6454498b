import { describe, expect, it } from 'vitest';
import { withPress } from './capture-keys.ts';

const press = (key: string, change: object = {}) => ({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...change });

describe('keys that somebody presses for a command', () => {
  it('make a sequence of two at most, and stand alone with Ctrl or ⌘', () => {
    expect(withPress('', press('g'))).toBe('g');
    expect(withPress('g', press('x'))).toBe('g x');
    expect(withPress('g x', press('y'))).toBe('y');
    expect(withPress('g', press('s', { ctrlKey: true }))).toBe('Mod+s');
    expect(withPress('Mod+s', press('g'))).toBe('g');
  });

  it('wait for more than a modifier, and are given up with Escape', () => {
    expect(withPress('g', press('Shift'))).toBe('g');
    expect(withPress('g', press('Escape'))).toBeNull();
  });
});
