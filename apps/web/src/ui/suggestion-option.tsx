interface SuggestionOptionProps {
  id: string;
  text: string;
  note: string | undefined;
  isActive: boolean;
  onTake(): void;
}

/** One line of a list of suggestions; whatever has the focus keeps it. */
export function SuggestionOption({ id, text, note, isActive, onTake }: SuggestionOptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseDown={(event) => {
        event.preventDefault();
        onTake();
      }}
      className={`flex min-h-7 items-center gap-4 rounded-[4px] px-2 ${isActive ? 'bg-hover' : 'hover:bg-hover'}`}
    >
      <span className="min-w-0 grow truncate font-mono text-code">{text}</span>
      {note !== undefined && <span className="shrink-0 font-sans text-soft text-xs">{note}</span>}
    </div>
  );
}
