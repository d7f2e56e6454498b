import type { AskedFocus } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import type { AssistantFocus } from './use-assistant-focus.ts';

/** What the next question is about; one takes it away where it is not. */
export function FocusChip({ focus: { focus, particular, forget } }: { focus: AssistantFocus }) {
  const messages = useMessages().assistant;
  const name = useFocusName(focus);
  if (!particular || name === null) return null;
  return (
    <span className="inline-flex h-6 min-w-0 max-w-full items-center gap-1 rounded border border-line bg-surface pl-2 text-xs">
      <span className="min-w-0 truncate">{messages.about(name)}</span>
      <Button look="icon" className="size-5!" aria-label={messages.forget(name)} title={messages.forget(name)} onClick={forget}>
        <X />
      </Button>
    </span>
  );
}

function useFocusName({ object, issueId }: AskedFocus): string | null {
  const messages = useMessages().assistant;
  const { list } = useIssuesFeed();
  if (object !== null) return `${object.kind} ${object.namespace === null ? '' : `${object.namespace}/`}${object.name}`;
  if (issueId === null) return null;
  return list.find(({ id }) => id === issueId)?.title ?? messages.issue;
}
