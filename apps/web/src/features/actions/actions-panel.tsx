import { type ActionSummary, finalActionStates } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import type { DockPanelProps } from '../dock/dock-tab.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { useMay } from '../session/session.tsx';
import { actionMark } from './action-words.ts';
import { useActionsFeed } from './actions-feed.tsx';
import { useUndo } from './use-actions.ts';

/** The actions of this session: what is under way first, then what has ended, with the way back. */
export function ActionsPanel({ mark }: DockPanelProps<object>) {
  const { actions } = useMessages();
  const { session } = useActionsFeed();
  const running = session.filter(({ state }) => !finalActionStates.has(state)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark follows the count; how it is set is no reason to set it anew.
  useEffect(() => mark(running === 0 ? null : { state: 'pending', text: actions.underWay(running) }), [running]);
  const all = (
    <Link to="/actions" search={{}} className="text-accent hover:underline">
      {actions.allActions}
    </Link>
  );
  if (session.length === 0) return <Empty title={actions.noneOfSession}>{all}</Empty>;
  const shown = session.toSorted((a, b) => Number(finalActionStates.has(a.state)) - Number(finalActionStates.has(b.state)));
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <ul>
        {shown.map((action) => (
          <SessionAction key={action.id} action={action} />
        ))}
      </ul>
      <p className="px-3 py-2">{all}</p>
    </div>
  );
}

function SessionAction({ action }: { action: ActionSummary }) {
  const messages = useMessages();
  const { actions } = messages;
  const objectActions = useObjectActions();
  const undo = useUndo(({ id }) => objectActions.show(id));
  const mayPropose = useMay('action.propose');
  const { id, title, state, reason, steps, cluster, endedAt, startedAt, createdAt } = action;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1">
      <span className="w-44 shrink-0">
        <StatusMark {...actionMark(state, messages)} />
      </span>
      <span className="min-w-0 grow basis-64">
        <span className="block truncate font-medium" title={title}>
          {title === '' ? actions.action : title}
        </span>
        {reason !== null && <span className="block break-words text-soft">{reason}</span>}
      </span>
      <span className="shrink-0 text-soft">
        {steps.all > 1 && `${actions.stepsDone(steps.done, steps.all)} · `}
        {cluster} · <Clock at={endedAt ?? startedAt ?? createdAt} />
      </span>
      <span className="flex shrink-0 gap-1">
        {action.undoable && mayPropose && (
          <Button disabled={undo.isPending} onClick={() => undo.mutate(id)} title={undo.error?.message}>
            {undo.isPending ? actions.previewing : actions.undo}
          </Button>
        )}
        <Button onClick={() => objectActions.show(id)}>{actions.show}</Button>
      </span>
    </li>
  );
}
