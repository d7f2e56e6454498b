import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../messages/language.ts';
import { SuggestionList } from './suggestion-list.tsx';

/** What could stand where somebody types. */
export interface Suggestion {
  text: string;
  /** What it means, or how often it is there. */
  note?: string;
  /** What is put in place of the draft from `from` to before `to`. */
  insert: string;
  from: number;
  to: number;
}

interface SearchBoxProps {
  value: string;
  onChange(value: string): void;
  label: string;
  /** What is typed now and where, before the list follows. */
  onTyping?(draft: string, caret: number): void;
  suggestions?: readonly Suggestion[];
}

/** How long to wait for the next key before the list follows. */
const quiet = 150;
const none: readonly Suggestion[] = [];

/** The filter of a page. `/` puts the cursor here (see commands/focus-filter), Esc empties it and gives the list back. */
export function SearchBox({ value, onChange, label, onTyping, suggestions = none }: SearchBoxProps) {
  const messages = useMessages().table;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { draft, setDraft, clear } = useDraft(value, onChange);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const open = isOpen && suggestions.length > 0;
  const type = (text: string, caret: number) => {
    setDraft(text);
    setOpen(true);
    setActive(-1);
    onTyping?.(text, caret);
  };
  const take = ({ insert, from, to }: Suggestion) => {
    const text = draft.slice(0, from) + insert + draft.slice(to);
    const caret = from + insert.length;
    type(text, caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
  };
  const goBack = () => {
    if (open) setOpen(false);
    else if (draft === '') input.current?.blur();
    else clear();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = open ? suggestions[active] : undefined;
    const move = open ? moveOf(event.key, active, suggestions.length) : null;
    if (move !== null) {
      event.preventDefault();
      setActive(move);
    } else if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') input.current?.blur();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      goBack();
    }
  };
  return (
    <div className="relative flex min-w-0 max-w-80 grow basis-40 items-center">
      <Search className="pointer-events-none absolute left-2 size-3.5 text-soft" aria-hidden="true" />
      <input
        ref={input}
        data-filter=""
        type="text"
        aria-label={label}
        placeholder={label}
        title={messages.filterKey}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        {...(onTyping === undefined
          ? {}
          : {
              role: 'combobox',
              'aria-expanded': open,
              'aria-autocomplete': 'list',
              'aria-controls': `${id}-list`,
              'aria-activedescendant': open && active >= 0 ? `${id}-${active}` : undefined,
            })}
        onFocus={() => onTyping?.(draft, input.current?.selectionStart ?? draft.length)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onKeyDown={onKeyDown}
        className="h-7 w-full rounded border border-line bg-surface pr-7 pl-7 placeholder:text-soft focus:outline-2 focus:outline-accent focus:-outline-offset-1"
      />
      {draft !== '' && (
        <button type="button" aria-label={messages.clearFilter} onClick={clear} className="absolute right-1 rounded-sm p-1 text-soft hover:text-ink">
          <X className="size-3.5" />
        </button>
      )}
      {onTyping !== undefined && <SuggestionList id={id} label={label} suggestions={open ? suggestions : none} active={active} onTake={take} />}
    </div>
  );
}

/** What is typed; the list follows when no key came for a moment. */
function useDraft(value: string, onChange: (value: string) => void) {
  const [draft, setDraft] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (draft === value) return;
    const timer = setTimeout(() => latest.current(draft), quiet);
    return () => clearTimeout(timer);
  }, [draft, value]);
  const clear = () => {
    setDraft('');
    latest.current('');
  };
  return { draft, setDraft, clear };
}

/** From none through all and back to none; null for keys that move nothing. */
function moveOf(key: string, active: number, size: number): number | null {
  if (key === 'ArrowDown') return active + 1 >= size ? -1 : active + 1;
  if (key === 'ArrowUp') return active < 0 ? size - 1 : active - 1;
  return null;
}
