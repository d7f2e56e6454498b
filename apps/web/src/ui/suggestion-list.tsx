import { useEffect, useRef } from 'react';
import { floating } from './floating.ts';
import type { Suggestion } from './search-box.tsx';
import { SuggestionOption } from './suggestion-option.tsx';

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
        <SuggestionOption
          key={suggestion.insert}
          id={`${id}-${index}`}
          text={suggestion.text}
          note={suggestion.note}
          isActive={index === active}
          onTake={() => onTake(suggestion)}
        />
      ))}
    </div>
  );
}
