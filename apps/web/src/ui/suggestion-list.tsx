import { useEffect, useRef } from 'react';
import { floating } from './floating.ts';
import type { Suggestion } from './search-box.tsx';

interface SuggestionListProps {
  id: string;
  label: string;
  suggestions: readonly Suggestion[];
  /** The one that Enter takes; -1 for none. */
  active: number;
  onTake(suggestion: Suggestion): void;
}

/** Below the field that it belongs to, which keeps the focus. */
export function SuggestionList({ id, label, suggestions, active, onTake }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      hidden={suggestions.length === 0}
      className={`${floating.popup} absolute top-full left-0 mt-1 max-h-72 w-max min-w-full max-w-[min(30rem,90vw)] overflow-y-auto p-1`}
    >
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.insert}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The field keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(suggestion);
          }}
          className={`flex min-h-7 items-center gap-4 rounded-[4px] px-2 ${index === active ? 'bg-hover' : 'hover:bg-hover'}`}
        >
          <span className="min-w-0 grow truncate font-mono text-code">{suggestion.text}</span>
          {suggestion.note !== undefined && <span className="shrink-0 text-soft text-xs">{suggestion.note}</span>}
        </div>
      ))}
    </div>
  );
}
