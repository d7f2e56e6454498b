import type { IssuesSearch } from '../../app/search.ts';
import { count } from '../../text/count.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Clock } from '../../ui/time.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { scopeLabel, useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { useIssuesFeed } from './issues-feed.tsx';

interface NoIssuesProps {
  search: IssuesSearch;
  /** Whether there are issues that the page does not show. */
  any: boolean;
  onClear(): void;
}

/** The calm page. It claims no more than was looked at. */
export function NoIssues({ search, any, onClear }: NoIssuesProps) {
  const { state } = useIssuesFeed();
  const { namespaces, setNamespaces } = useNamespaceScope();
  const { names } = useNamespaceNames();
  if (any && (search.q !== undefined || search.severity !== undefined)) {
    const wanted = [search.severity, search.q === undefined ? undefined : `“${search.q}”`].filter((part) => part !== undefined).join(' and ');
    return (
      <Empty title={`No issue in ${scopeLabel(namespaces)} matches ${wanted}.`}>
        <TextButton onClick={onClear}>Clear filter</TextButton>
      </Empty>
    );
  }
  const dismissed = state?.dismissed ?? 0;
  const where = namespaces.length > 0 ? scopeLabel(namespaces) : names.length > 0 ? count(names.length, 'namespace') : 'the cluster';
  return (
    <Empty title={`${dismissed === 0 ? 'Nothing' : 'Nothing else'} is broken in ${where}.`}>
      {dismissed > 0 && `${count(dismissed, 'issue')} dismissed. `}
      {state?.checkedAt != null && (
        <>
          Last check <Clock at={state.checkedAt} />.
        </>
      )}
      {state?.coverage.complete === false && ' Not everything could be seen.'}
      {any && (
        <p className="mt-2">
          <TextButton onClick={() => setNamespaces([])}>Show the issues of all namespaces</TextButton>
        </p>
      )}
    </Empty>
  );
}
