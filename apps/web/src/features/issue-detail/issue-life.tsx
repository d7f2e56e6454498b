import type { IssueDetail } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Moment } from '../../ui/time.tsx';

/** What an issue has been through, the latest first. */
export function IssueHistory({ history }: Pick<IssueDetail, 'history'>) {
  const messages = useMessages().issueDetail;
  return (
    <ol className="flex flex-col gap-2">
      {history.toReversed().map(({ at, state, what }) => (
        <li key={`${at} ${state} ${what}`} className="flex gap-3">
          <span className="shrink-0 text-soft">
            <Moment at={at} />
          </span>
          <span className="min-w-0 break-words">
            <span className="font-medium">{messages.transitions[state]}</span> <span className="text-soft">{what}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
