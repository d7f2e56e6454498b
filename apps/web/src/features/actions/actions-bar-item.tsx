import { finalActionStates } from '@quarterdeck/contract';
import { History } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { DockBarButton, type DockBarItem } from '../dock/dock-bar-item.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { useActionsFeed } from './actions-feed.tsx';
import { actionsTab } from './actions-tab.ts';

/** How many actions of this session are under way; after that, how many there were. */
export const actionsBarItem: DockBarItem = { id: 'actions', Item: ActionsItem };

function ActionsItem() {
  const { session } = useActionsFeed();
  const { actions } = useMessages();
  const dock = useDock();
  if (session.length === 0) return null;
  const running = session.filter(({ state }) => !finalActionStates.has(state)).length;
  return (
    <DockBarButton
      icon={History}
      label={running > 0 ? actions.underWay(running) : actions.recent(session.length)}
      count={running > 0 ? running : session.length}
      troubled={session[0]?.state === 'failed'}
      onClick={() => dock.open(actionsTab, {}, '')}
    />
  );
}
