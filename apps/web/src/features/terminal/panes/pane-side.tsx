import { X } from 'lucide-react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { CommandsList } from '../blocks/commands-list.tsx';
import type { BlockActions } from '../blocks/use-block-actions.ts';
import type { BlocksInView } from '../blocks/use-block-places.ts';
import { HistoryList } from '../history/history-list.tsx';
import { ProcessList } from '../processes/process-list.tsx';
import type { SessionState } from '../session/session-state.ts';
import { type SideName, sideNames } from './side-names.ts';

interface PaneSideProps {
  name: SideName;
  state: SessionState;
  places: BlocksInView;
  actions: BlockActions;
  insert(text: string): void;
  onName(name: SideName): void;
  onClose(): void;
}

/** Beside a terminal: what was run in it, what was run anywhere, and what runs in it now. */
export function PaneSide({ name, state, places, actions, insert, onName, onClose }: PaneSideProps) {
  const { terminal: messages, common } = useMessages();
  return (
    <aside
      aria-label={messages.sides[name]}
      className="flex min-h-0 absolute inset-y-0 right-0 z-20 w-[min(24rem,100%)] shrink-0 flex-col border-l bg-canvas @3xl:static"
    >
      <div className="flex h-9 shrink-0 items-center gap-1 border-b px-1">
        {sideNames.map((each) => (
          <Button key={each} look="quiet" aria-pressed={each === name} className={each === name ? 'bg-selected' : 'text-soft'} onClick={() => onName(each)}>
            {messages.sides[each]}
          </Button>
        ))}
        <span className="grow" />
        <Button look="icon" aria-label={common.close} title={common.close} onClick={onClose}>
          <X />
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <section aria-label={common.contentOf(messages.sides[name])} tabIndex={0} className="min-h-0 grow overflow-y-auto focus-visible:-outline-offset-2">
        {name === 'commands' && <CommandsList state={state} places={places} actions={actions} insert={insert} />}
        {name === 'history' && <HistoryList session={state.session} insert={insert} />}
        {name === 'processes' && <ProcessList state={state} />}
      </section>
    </aside>
  );
}
