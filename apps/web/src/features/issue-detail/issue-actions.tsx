import type { Action } from '@quarterdeck/contract';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { ActionView } from '../actions/action-view.tsx';
import { actionMark, actionTitle } from '../actions/action-words.ts';
import { isUnderWay } from '../actions/approval.ts';
import { useActions } from '../actions/use-actions.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

interface IssueActionsProps {
  issueId: string;
  /** The one that the address names; without one, what is under way. */
  open: string | undefined;
  onOpen(id: string): void;
  onAgain: ((action: Action) => void) | undefined;
}

/** What was done and is being done about an issue, with one of it open. Nothing where there was nothing. */
export function IssueActions({ issueId, open, onOpen, onAgain }: IssueActionsProps) {
  const messages = useMessages().issueDetail;
  const scope = useClusterScope();
  const list = useActions({ ...scope, issue: issueId });
  const all = list.data?.pages.flatMap((page) => page.actions) ?? [];
  const shown = open ?? all.find(isUnderWay)?.id;
  const others = all.filter(({ id, state }) => id !== shown && state !== 'expired');
  const part = useFocusWhenOpened(open);
  if (shown === undefined && others.length === 0) return null;
  return (
    <div ref={part} tabIndex={-1} className="max-w-4xl outline-none">
      <Section title={messages.carryingOut}>
        <div className="flex flex-col gap-4">
          {shown !== undefined && <ActionView key={shown} id={shown} onOther={onOpen} onAgain={onAgain} />}
          {others.length > 0 && <Others actions={others} title={shown === undefined ? messages.doneAbout : messages.besides} onOpen={onOpen} />}
        </div>
      </Section>
    </div>
  );
}

/** What was opened on this page is what one looks at next; what the address brought is left where it stands. */
function useFocusWhenOpened(open: string | undefined) {
  const part = useRef<HTMLDivElement>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open !== undefined && open !== before.current) part.current?.focus();
    before.current = open;
  }, [open]);
  return part;
}

function Others({ actions, title, onOpen }: { actions: readonly Action[]; title: string; onOpen(id: string): void }) {
  const messages = useMessages();
  return (
    <section>
      <h3 className="mb-1 text-soft text-xs">{title}</h3>
      <ul className="flex flex-col gap-1">
        {actions.map((action) => (
          <li key={action.id} className="flex flex-wrap items-baseline gap-x-3">
            <StatusMark {...actionMark(action.state, messages)} />
            <TextButton className="min-w-0 break-words text-left" onClick={() => onOpen(action.id)}>
              {actionTitle(action, messages)}
            </TextButton>
            <span className="text-soft">
              {action.approval?.by ?? action.proposedBy.id}, <Moment at={action.startedAt ?? action.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
