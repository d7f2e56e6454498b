import { type Completion, useChat } from '../chat-context.tsx';

interface CompletionListProps {
  id: string;
  items: readonly Completion[];
  at: number;
  searching: boolean;
  onTake(item: Completion): void;
}

/** What an `@` could mean. The box has the keys. */
export function CompletionList({ id, items, at, searching, onTake }: CompletionListProps) {
  const { words } = useChat();
  return (
    <div id={id} role="listbox" aria-label={words.objects} className="chat-completions">
      {items.length === 0 && <p className="chat-soft">{searching ? words.searching : words.noObjects}</p>}
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys, as in every combobox.
        <div
          key={item.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="chat-completion"
          // The box keeps the focus, else the list would be gone before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(item)}
        >
          <span className="chat-chip-name">{item.label}</span> <span className="chat-soft">{item.detail}</span>
        </div>
      ))}
    </div>
  );
}
