import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

interface SearchBoxProps {
  value: string;
  onChange(value: string): void;
  label: string;
}

/** How long to wait for the next key before the list follows. */
const quiet = 150;

/** The filter of a page. `/` puts the cursor here (see commands/focus-filter), Esc empties it and gives the list back. */
export function SearchBox({ value, onChange, label }: SearchBoxProps) {
  const [draft, setDraft] = useState(value);
  const input = useRef<HTMLInputElement>(null);
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
  return (
    <div className="relative flex min-w-0 max-w-80 grow basis-40 items-center">
      <Search className="pointer-events-none absolute left-2 size-3.5 text-soft" aria-hidden="true" />
      <input
        ref={input}
        data-filter=""
        type="text"
        aria-label={label}
        placeholder={label}
        title="Press / to filter"
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') input.current?.blur();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (draft === '') input.current?.blur();
          else clear();
        }}
        className="h-7 w-full rounded border border-line bg-surface pr-7 pl-7 placeholder:text-soft focus:outline-2 focus:outline-accent focus:-outline-offset-1"
      />
      {draft !== '' && (
        <button type="button" aria-label="Clear filter" onClick={clear} className="absolute right-1 rounded-sm p-1 text-soft hover:text-ink">
          <X className="size-3.5" />
        </button>
      )}
    </div>
  );
}
