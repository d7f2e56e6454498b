import { type TerminalCompletion, terminalShellRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { floating } from '../../../ui/floating.ts';
import { SuggestionOption } from '../../../ui/suggestion-option.tsx';
import type { TerminalView } from '../view/terminal-view.ts';
import { keysFor } from './keys-for.ts';

interface CompletionPopupProps {
  view: TerminalView;
  session: string;
  /** What is typed at the prompt, up to the cursor. */
  line: string;
  /** Sends keys that make the line what was chosen. */
  onTake(keys: string): void;
  onClose(): void;
}

/** How the line at the prompt may go on, at the cursor. What is typed meanwhile goes to the shell. */
export function CompletionPopup({ view, session, line, onTake, onClose }: CompletionPopupProps) {
  const { api } = useServices();
  const messages = useMessages().terminal;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const found = useQuery({
    queryKey: ['terminal completion', session, line],
    queryFn: ({ signal }) => api.call(terminalShellRoutes.completeTerminal, { id: session, line, cursor: line.length }, { signal }),
    gcTime: 0,
    retry: false,
  });
  const items = found.data?.items ?? [];
  useEffect(() => list.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });
  const take = (item: TerminalCompletion['items'][number] | undefined) => {
    if (item !== undefined && found.data !== undefined) onTake(keysFor(line, found.data, item.text));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((before) => (before + step + items.length) % Math.max(1, items.length));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      take(items[active]);
    } else if (event.key === 'Escape' || event.key === 'Backspace' || event.key.length === 1) {
      event.preventDefault();
      onClose();
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) view.terminal.input(event.key);
    }
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={messages.completions}
      aria-activedescendant={items.length === 0 ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
      onBlur={onClose}
      style={placeOf(view)}
      className={`${floating.popup} absolute z-20 max-h-60 w-max min-w-56 max-w-[min(32rem,90%)] overflow-y-auto p-1`}
    >
      {items.length === 0 && (
        // biome-ignore lint/a11y/useFocusableInteractive: it is no choice; it says why there is none.
        <div role="option" aria-selected={false} aria-disabled="true" className="px-2 py-1 font-sans text-soft">
          {found.isPending ? messages.completing : found.error === null ? messages.noCompletions : found.error.message}
        </div>
      )}
      {items.map((item, index) => (
        <SuggestionOption
          key={item.text}
          id={`${id}-${index}`}
          text={item.text}
          note={item.detail ?? messages.completionKinds[item.kind]}
          isActive={index === active}
          onTake={() => take(item)}
        />
      ))}
    </div>
  );
}

/** Below the cursor, or above it in the lower half. */
function placeOf({ terminal, cell }: TerminalView): React.CSSProperties {
  const { cursorX, cursorY } = terminal.buffer.active;
  const left = Math.min(cursorX * cell.width + 24, Math.max(24, terminal.cols * cell.width - 280));
  const above = cursorY > terminal.rows / 2;
  return above ? { left, bottom: `calc(100% - ${cursorY * cell.height}px)` } : { left, top: (cursorY + 1) * cell.height + 4 };
}
