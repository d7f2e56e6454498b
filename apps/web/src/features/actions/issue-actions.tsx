import type { Action } from '@quarterdeck/contract';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { ActionView } from './action-view.tsx';
import { actionMarks, actionTitle } from './action-words.ts';
import { isUnderWay } from './approval.ts';
import { useActions } from './use-actions.ts';

interface IssueActionsProps {
  issueId: string;
  /** The one that the address names; without one, what is under way. */
  open: string | undefined;
  onOpen(id: string): void;
  onAgain: ((action: Action) => void) | undefined;
}

/** What was done and is being done about an issue, with one of it open. Nothing where there was nothing. */
export function IssueActions({ issueId, open, onOpen, onAgain }: IssueActionsProps) {
  const scope = useClusterScope();
  const list = useActions({ ...scope, issue: issueId });
  const all = list.data?.pages.flatMap((page) => page.actions) ?? [];
  const shown = open ?? all.find(isUnderWay)?.id;
  const others = all.filter(({ id, state }) => id !== shown && state !== 'expired');
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      {shown !== undefined && <ActionView key={shown} id={shown} onOther={onOpen} onAgain={onAgain} />}
      {others.length > 0 && (
        <section>
          <h3 className="mb-1 text-soft text-xs">{shown === undefined ? 'Done about it' : 'Besides'}</h3>
          <ul className="flex flex-col gap-1">
            {others.map((action) => (
              <li key={action.id} className="flex flex-wrap items-baseline gap-x-3">
                <StatusMark {...actionMarks[action.state]} />
                <button type="button" className="min-w-0 break-words rounded-sm text-left text-accent hover:underline" onClick={() => onOpen(action.id)}>
                  {actionTitle(action)}
                </button>
                <span className="text-soft">
                  {action.approval?.by ?? action.proposedBy.id}, <Moment at={action.startedAt ?? action.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
