import type { IssuesSearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Clock } from '../../ui/time.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { useIssuesFeed } from './issues-feed.tsx';

interface NoIssuesProps {
  search: IssuesSearch;
  /** Whether there are issues that the page does not show. */
  any: boolean;
  onClear(): void;
}

/** The calm page. It claims no more than was looked at. */
export function NoIssues({ search, any, onClear }: NoIssuesProps) {
  const messages = useMessages().issues;
  const { state } = useIssuesFeed();
  const { namespaces, setNamespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const { names } = useNamespaceNames();
  if (any && (search.q !== undefined || search.severity !== undefined)) {
    const wanted = [search.severity, search.q === undefined ? undefined : `“${search.q}”`].filter((part) => part !== undefined).join(messages.and);
    return (
      <Empty title={messages.noMatch(scopeLabel(namespaces), wanted)}>
        <TextButton onClick={onClear}>{messages.clearFilter}</TextButton>
      </Empty>
    );
  }
  const dismissed = state?.dismissed ?? 0;
  const where = namespaces.length > 0 ? scopeLabel(namespaces) : names.length > 0 ? messages.namespaces(names.length) : messages.theCluster;
  return (
    <Empty title={dismissed === 0 ? messages.nothingBroken(where) : messages.nothingElseBroken(where)}>
      {dismissed > 0 && `${messages.someDismissed(dismissed)} `}
      {state?.checkedAt != null && (
        <>
          {messages.lastCheck} <Clock at={state.checkedAt} />.
        </>
      )}
      {state?.coverage.complete === false && ` ${messages.notAllSeen}`}
      {any && (
        <p className="mt-2">
          <TextButton onClick={() => setNamespaces([])}>{messages.showAllNamespaces}</TextButton>
        </p>
      )}
    </Empty>
  );
}
