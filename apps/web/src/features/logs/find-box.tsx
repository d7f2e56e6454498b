import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { useLogView } from './log-view-context.ts';

/** Finds a text in the lines that are loaded; `/` comes here, `n` and `N` go on from line to line. */
export function FindBox({ onGo }: { onGo(forward: boolean): void }) {
  const { find, cursor } = useLogView();
  const messages = useMessages().logs.find;
  const { matches, text } = find;
  return (
    <div className="flex min-w-0 max-w-72 grow basis-36 items-center">
      <div className="relative flex min-w-0 grow items-center">
        <Search className="pointer-events-none absolute left-2 size-3.5 text-soft" aria-hidden="true" />
        <input
          data-log-find=""
          type="text"
          value={text}
          aria-label={messages.label}
          placeholder={messages.label}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => find.setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onGo(!event.shiftKey);
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (text === '') event.currentTarget.blur();
            find.setText('');
          }}
          className="h-7 w-full rounded border border-line bg-surface pr-2 pl-7 placeholder:text-soft focus:outline-2 focus:outline-accent focus:-outline-offset-1"
        />
      </div>
      {text !== '' && (
        <>
          <span role="status" className="shrink-0 px-2 text-soft text-xs">
            {matches.length === 0 ? messages.none : messages.of(find.current(cursor.index), matches.length)}
          </span>
          <Button look="icon" className="h-6 w-6" aria-label={messages.previous} title={messages.previous} onClick={() => onGo(false)}>
            <ChevronUp />
          </Button>
          <Button look="icon" className="h-6 w-6" aria-label={messages.next} title={messages.next} onClick={() => onGo(true)}>
            <ChevronDown />
          </Button>
        </>
      )}
    </div>
  );
}
