import { useEffect, useState } from 'react';
import type { Command } from '../../commands/command.ts';
import { isMac, useCommandCenter } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { readPreferences, setPreferences, usePreferences } from '../../preferences/preferences.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { sequenceEnd, withPress } from './capture-keys.ts';

/** Every command that the workbench knows of now, and the keys that run it. */
export function KeySettings() {
  const messages = useMessages().settings;
  const { keys, letterKeys } = usePreferences();
  const [filter, setFilter] = useState('');
  const all = useCommandCenter().known();
  const words = filter.toLowerCase().split(/\s+/);
  const shown = all.filter((command) => (command.shortcuts.length > 0 || filter !== '') && words.every((word) => command.label.toLowerCase().includes(word)));
  return (
    <div className="flex flex-col gap-3">
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={letterKeys} onChange={(event) => setPreferences({ letterKeys: event.target.checked })} className="accent-accent-fill" />
        {messages.letterKeys}
      </label>
      <p className="text-soft">{messages.letterKeysNote}</p>
      <p className="text-soft">{messages.keysNote}</p>
      <div className="flex items-center gap-3">
        <SearchBox label={messages.filter} value={filter} onChange={setFilter} />
        {Object.keys(keys).length > 0 && <Button onClick={() => setPreferences({ keys: {} })}>{messages.resetAll}</Button>}
      </div>
      {shown.length === 0 && <p>{messages.noMatch}</p>}
      <ul className="rounded border bg-surface">
        {shown.map((command) => (
          <KeyLine key={command.id} command={command} own={keys[command.id] !== undefined} others={all} />
        ))}
      </ul>
    </div>
  );
}

function keep(id: string, shortcut: string): void {
  setPreferences({ keys: { ...readPreferences().keys, [id]: [shortcut] } });
}

function reset(id: string): void {
  const { [id]: _, ...rest } = readPreferences().keys;
  setPreferences({ keys: rest });
}

function KeyLine({ command, own, others }: { command: Command; own: boolean; others: readonly Command[] }) {
  const messages = useMessages().settings;
  const { shortcuts } = command;
  const clash = others.find((other) => other.id !== command.id && other.shortcuts.some((shortcut) => shortcuts.includes(shortcut)));
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-3 border-line/60 border-b px-3 last:border-b-0">
      <span className="min-w-0 grow truncate">{command.label}</span>
      {clash !== undefined && <span className="text-high text-xs">{messages.taken(clash.label)}</span>}
      {own && <TextButton onClick={() => reset(command.id)}>{messages.reset}</TextButton>}
      <KeyCapture label={messages.changeKey(command.label)} shortcuts={shortcuts} onKeys={(keys) => keep(command.id, keys)} />
    </li>
  );
}

interface KeyCaptureProps {
  label: string;
  shortcuts: readonly string[];
  onKeys(keys: string): void;
}

/** Shows the keys; pressed, it takes the next ones in their place. */
function KeyCapture({ label, shortcuts, onKeys }: KeyCaptureProps) {
  const messages = useMessages().settings;
  /** Null while nothing is being captured. */
  const [pressed, setPressed] = useState<string | null>(null);
  useEffect(() => {
    if (pressed === null || pressed === '') return;
    const timer = setTimeout(() => {
      setPressed(null);
      onKeys(pressed);
    }, sequenceEnd);
    return () => clearTimeout(timer);
  }, [pressed, onKeys]);
  return (
    <button
      type="button"
      className="flex min-h-6 items-center gap-2 rounded px-1.5 hover:bg-hover"
      onClick={() => setPressed('')}
      onBlur={() => setPressed(null)}
      onKeyDown={(event) => {
        if (pressed === null) return;
        event.preventDefault();
        event.stopPropagation();
        setPressed(withPress(pressed, event));
      }}
    >
      <span className="sr-only">{label}</span>
      {pressed === null && shortcuts.length === 0 && <span className="text-soft">{messages.none}</span>}
      {pressed === null && shortcuts.map((shortcut) => <KeyHint key={shortcut} keys={printKeys(shortcut, isMac)} />)}
      {pressed === '' && <span className="text-accent">{messages.press}</span>}
      {pressed !== null && pressed !== '' && <KeyHint keys={printKeys(pressed, isMac)} />}
    </button>
  );
}
