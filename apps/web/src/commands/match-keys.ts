import type { Command } from './command.ts';

/**
 * A key press as shortcuts write it: `g`, `?`, `Escape`, `Space`, `Mod+k` (⌘ on a Mac, Ctrl elsewhere), `Mod+Shift+k`, `Shift+ArrowDown`
 * for keys that have no capital. Null for a modifier alone.
 */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>): string | null {
  if (['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock', 'Dead'].includes(event.key)) return null;
  if (event.altKey) return null;
  const key = event.key === ' ' ? 'Space' : event.key;
  // A letter that is a capital by Caps Lock is the same key.
  if (event.metaKey || event.ctrlKey) return `Mod+${event.shiftKey && /^[a-z]$/i.test(key) ? 'Shift+' : ''}${key.toLowerCase()}`;
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

export interface KeyMatch {
  command: Command | null;
  /** Keys of a sequence that has begun (`g`); empty when none is under way. */
  pending: string;
}

/** Pure: what a key does after the keys before it. A key that continues no sequence is read on its own. */
export function matchKeys(pending: string, key: string, commands: readonly Command[]): KeyMatch {
  const keys = pending === '' ? key : `${pending} ${key}`;
  const exact = commands.find((command) => command.shortcuts.includes(keys));
  if (exact !== undefined) return { command: exact, pending: '' };
  if (commands.some((command) => command.shortcuts.some((shortcut) => shortcut.startsWith(`${keys} `)))) return { command: null, pending: keys };
  return pending === '' ? { command: null, pending: '' } : matchKeys('', key, commands);
}

/** A shortcut for the eye: `⌘K` on a Mac, `Ctrl K` elsewhere, `Esc`. */
export function printKeys(shortcut: string, mac: boolean): string {
  const names: Record<string, string> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Enter: '⏎' };
  if (shortcut.startsWith('Shift+')) return `⇧${names[shortcut.slice(6)] ?? shortcut.slice(6)}`;
  if (shortcut.startsWith('Mod+Shift+')) return mac ? `⌘⇧${shortcut.slice(10).toUpperCase()}` : `Ctrl ⇧${shortcut.slice(10).toUpperCase()}`;
  if (shortcut.startsWith('Mod+')) return mac ? `⌘${shortcut.slice(4).toUpperCase()}` : `Ctrl ${shortcut.slice(4).toUpperCase()}`;
  return shortcut
    .split(' ')
    .map((key) => names[key] ?? key)
    .join(' ');
}
