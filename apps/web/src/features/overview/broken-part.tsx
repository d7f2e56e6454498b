import { type Issue, severities } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Clock } from '../../ui/time.tsx';
import { useKinds, useNamespaceNames } from '../clusters/use-kinds.ts';
import { CoverageList } from '../issues/coverage-list.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { selectIssues } from '../issues/select-issues.ts';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { useLastChanges } from './use-overview.ts';

const mostShown = 5;

/** What is broken and why, worst first; where nothing is, that this was looked at. */
export function BrokenPart() {
  const { common, overview: messages } = useMessages();
  const { state, list, error, retry } = useIssuesFeed();
  const { namespaces } = useNamespaceScope();
  const { shown, counts } = useMemo(() => selectIssues(list, namespaces, {}), [list, namespaces]);
  const links = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => (
      <Link key={severity} to="/issues" search={{ severity }} className="rounded-sm hover:underline">
        <StatusMark state={severity} text={messages.severityCount(counts[severity], common.states[severity])} />
      </Link>
    ));
  return (
    <Section title={messages.broken} actions={links}>
      {error !== null && <ErrorNotice what={messages.notRead} error={error} onRetry={retry} />}
      {error === null && (state === null || (state.checkedAt === null && shown.length === 0)) && <FirstCheck />}
      {state?.checkedAt != null && shown.length === 0 && <Calm />}
      {shown.length > 0 && <TopIssues issues={shown} />}
    </Section>
  );
}

function FirstCheck() {
  const messages = useMessages().overview;
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="text-soft">{messages.firstCheck}</p>
      <SkeletonLines widths={['62%', '84%', '48%', '76%', '55%', '70%']} />
    </div>
  );
}

function TopIssues({ issues }: { issues: readonly Issue[] }) {
  const messages = useMessages().overview;
  const top = useMemo(() => issues.slice(0, mostShown), [issues]);
  const changes = useLastChanges(top);
  return (
    <>
      <ol className="flex flex-col">
        {top.map((issue) => {
          const change = changes.get(issue.id);
          return (
            <li key={issue.id} className="relative flex gap-3 border-line/60 border-b py-2.5 hover:bg-hover">
              <span className="flex h-4.5 items-center">
                <StatusMark state={issue.severity} compact />
              </span>
              <div className="min-w-0 grow">
                <div className="flex items-baseline gap-3">
                  <Link
                    to="/issues/$issueId"
                    params={{ issueId: issue.id }}
                    search={{}}
                    className="min-w-0 grow break-words font-medium after:absolute after:inset-0 hover:underline"
                  >
                    {issue.title}
                  </Link>
                  <span className="shrink-0 text-soft text-xs">
                    <Age at={issue.detectedAt} />
                  </span>
                </div>
                <p className="line-clamp-2 break-words text-soft">{issue.explanation}</p>
                <p className="mt-0.5 flex flex-wrap gap-x-2 text-soft text-xs">
                  <span>{[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')}</span>
                  {change !== undefined && (
                    <span className="min-w-0 break-words">
                      {messages.changedBefore} <Clock at={change.at} /> {change.by}: {change.what}
                    </span>
                  )}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      <p className="mt-2">
        <Link to="/issues" search={{}} className="text-accent hover:underline">
          {messages.allIssues(issues.length)}
        </Link>
      </p>
    </>
  );
}

/** Calm, and no more than was looked at. */
function Calm() {
  const { overview: messages, issues } = useMessages();
  const { namespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const { state } = useIssuesFeed();
  const { kinds } = useKinds();
  const { names } = useNamespaceNames();
  const dismissed = state?.dismissed ?? 0;
  return (
    <div className="flex flex-col gap-1 py-4">
      <p className="text-md">
        <StatusMark state="healthy" text={namespaces.length === 0 ? messages.calm : issues.nothingBroken(scopeLabel(namespaces))} />
      </p>
      <p className="text-soft">
        {names.length > 0 && `${messages.calmWatched(kinds.length, names.length)} `}
        {state?.coverage.complete === false && state.coverage.skipped.length > 0 ? <CoverageList coverage={state.coverage} /> : messages.calmAllSeen}
      </p>
      {dismissed > 0 && (
        <p>
          <Link to="/issues" search={{ view: 'dismissed' }} className="text-accent hover:underline">
            {messages.dismissed(dismissed)}
          </Link>
        </p>
      )}
    </div>
  );
}
