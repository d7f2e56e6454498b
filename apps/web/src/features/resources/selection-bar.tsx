import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { compact, useMedia } from '../../ui/use-media.ts';
import { ObjectMenuButton } from '../object-actions/object-menu.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import type { ResourceSelection } from './use-resource-selection.ts';

/** What of the actions stands beside the count; the menu has all of them. */
const mostButtons = 4;

/** How many rows are chosen, also those that the list does not show, and what can be done with them. It lies over the table: nothing moves when it comes. */
export function SelectionBar({ selection, onShowAll }: { selection: ResourceSelection; onShowAll(): void }) {
  const all = useMessages();
  const messages = all.resources.selection;
  const actions = useObjectActions();
  const isCompact = useMedia(compact);
  const { table, targets, hidden, busy, problem } = selection;
  const offered = useMemo(() => actions.of(targets), [actions, targets]);
  if (table.size === 0 && !busy && problem === null) return null;
  const beside = isCompact ? [] : offered.filter(({ group }) => group === 'change' || group === 'remove').slice(0, mostButtons);
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-25 flex justify-center px-3">
      <section
        aria-label={messages.label}
        className="floats pointer-events-auto flex max-w-full flex-wrap items-center gap-x-2 gap-y-1 rounded bg-raised py-1 pr-1 pl-3 shadow-float"
      >
        <p role="status" className="mr-1">
          <span className="font-medium">{messages.selected(table.size)}</span>
          {hidden !== null && hidden > 0 && (
            <span className="text-soft">
              {' · '}
              {messages.hidden(hidden)} <TextButton onClick={onShowAll}>{messages.showAll}</TextButton>
            </span>
          )}
          {busy && <span className="text-soft"> · {messages.selecting}</span>}
          {problem !== null && <span className="text-high"> · {'reason' in problem ? messages.failed(problem.reason) : messages.capped(problem.most)}</span>}
        </p>
        {beside.map((action) => (
          <Button key={action.id} onClick={() => actions.run(action, targets)}>
            <action.icon aria-hidden="true" />
            {action.label(all, targets.length)}
          </Button>
        ))}
        {offered.length > 0 && <ObjectMenuButton targets={targets} />}
        <Button look="icon" aria-label={messages.clear} title={`${messages.clear} (Esc)`} onClick={table.clear}>
          <X />
        </Button>
      </section>
    </div>
  );
}
