import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';

interface FindBarProps {
  /** False where there is none. */
  onFind(text: string, backwards: boolean): boolean;
  onClose(): void;
}

/** Searches what the terminal still holds. Enter goes up, as what is looked for has mostly just gone by; Esc gives the terminal back. */
export function FindBar({ onFind, onClose }: FindBarProps) {
  const messages = useMessages();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const find = (wanted: string, backwards: boolean) => setMissing(wanted !== '' && !onFind(wanted, backwards));
  return (
    <search className="flex h-9 shrink-0 items-center gap-1 border-b px-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: it stands there because somebody wants to type.
        autoFocus
        aria-label={messages.terminal.find}
        placeholder={messages.terminal.find}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          find(event.target.value, true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(text, !event.shiftKey);
          if (event.key === 'Escape') onClose();
          if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
        }}
        className="h-7 w-64 min-w-0 rounded border border-line bg-surface px-2 placeholder:text-soft"
      />
      <Button look="icon" aria-label={messages.terminal.findAbove} title={messages.terminal.findAbove} onClick={() => find(text, true)}>
        <ChevronUp />
      </Button>
      <Button look="icon" aria-label={messages.terminal.findBelow} title={messages.terminal.findBelow} onClick={() => find(text, false)}>
        <ChevronDown />
      </Button>
      <span role="status" className="min-w-0 grow truncate text-soft text-xs">
        {missing ? messages.terminal.notFound : ''}
      </span>
      <Button look="icon" aria-label={messages.common.close} title={messages.common.close} onClick={onClose}>
        <X />
      </Button>
    </search>
  );
}
