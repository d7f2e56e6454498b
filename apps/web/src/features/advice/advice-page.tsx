import { adviceSeverities } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AdviceSearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { CoverageList } from '../issues/coverage-list.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { AdviceGroupView, AdviceMark } from './advice-group.tsx';
import { type AdviceSelection, selectAdvice } from './select-advice.ts';
import { useAdvice } from './use-advice.ts';

const route = getRouteApi('/cluster/advice');

/** What could be better although nothing is broken; apart from the issues in every way. */
export function AdvicePage() {
  const messages = useMessages().advice;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces } = useNamespaceScope();
  const report = useAdvice(search.policy === 'true');
  const all = report.data?.advice;
  const selection = useMemo(() => selectAdvice(all ?? [], namespaces, search), [all, namespaces, search]);
  const set = (change: AdviceSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => set({ q: undefined, check: undefined, severity: undefined });
  const isFiltered = all !== undefined && all.length > 0;
  return (
    <>
      <PageHeader title={messages.title} total={all === undefined ? null : selection.total}>
        <AdviceFilters search={search} counts={selection.counts} set={set} />
        <span className="grow" />
        <Button disabled={report.isFetching} onClick={() => report.refetch()}>
          {messages.lookAgain}
        </Button>
      </PageHeader>
      <div className="min-h-0 grow overflow-y-auto border-t px-3 py-3">
        <p className="mb-3 text-soft">{messages.note}</p>
        {report.error !== null && all === undefined && <ErrorNotice what={messages.notRead} error={report.error} onRetry={() => report.refetch()} />}
        {all === undefined && report.error === null && <SkeletonLines widths={['52%', '68%', '44%', '60%', '48%', '56%']} />}
        {all !== undefined && selection.groups.length === 0 && (
          <Empty title={isFiltered ? messages.noneMatch : messages.none}>
            {isFiltered ? <TextButton onClick={clear}>{messages.clear}</TextButton> : messages.noneNote}
          </Empty>
        )}
        <div className="flex flex-col gap-2">
          {selection.groups.map((group) => (
            <AdviceGroupView key={group.key} group={group} byObject={search.group === 'object'} onCheck={(check) => set({ check })} />
          ))}
        </div>
      </div>
      {report.data !== undefined && (report.data.ignored > 0 || !report.data.coverage.complete) && (
        <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-3 border-t px-3 py-1 text-soft text-xs">
          {report.data.ignored > 0 && (
            <span>
              {messages.ignored(report.data.ignored)} <code className="font-mono">quarterdeck.dev/ignore</code>
            </span>
          )}
          {!report.data.coverage.complete && <CoverageList coverage={report.data.coverage} />}
        </footer>
      )}
    </>
  );
}

interface AdviceFiltersProps {
  search: AdviceSearch;
  counts: AdviceSelection['counts'];
  set(change: AdviceSearch): void;
}

function AdviceFilters({ search: { q = '', check, severity, group, policy }, counts, set }: AdviceFiltersProps) {
  const messages = useMessages().advice;
  return (
    <>
      <SearchBox label={messages.filter} value={q} onChange={(next) => set({ q: next || undefined })} />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{messages.severity}</legend>
        {adviceSeverities.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={severity === each}
            onClick={() => set({ severity: severity === each ? undefined : each })}
            className={`flex h-7 items-center gap-1.5 rounded border px-2 ${severity === each ? 'border-line-strong bg-selected' : 'border-transparent hover:bg-hover'}`}
          >
            <AdviceMark severity={each} />
            <span>{counts[each]}</span>
          </button>
        ))}
      </fieldset>
      <label className="flex items-center gap-1.5 text-soft">
        {messages.groupBy}
        <select
          value={group ?? 'check'}
          onChange={({ target }) => set({ group: target.value === 'object' ? 'object' : undefined })}
          className="h-7 rounded border border-line bg-surface px-1.5 text-ink"
        >
          <option value="check">{messages.groups.check}</option>
          <option value="object">{messages.groups.object}</option>
        </select>
      </label>
      <label className="flex items-center gap-1.5 text-soft">
        <input
          type="checkbox"
          checked={policy === 'true'}
          onChange={({ target }) => set({ policy: target.checked ? 'true' : undefined })}
          className="size-4 accent-accent-fill"
        />
        {messages.policy}
      </label>
      {check !== undefined && (
        <TextButton onClick={() => set({ check: undefined })}>
          {messages.check(check)} ×<span className="sr-only"> {messages.anyCheck}</span>
        </TextButton>
      )}
    </>
  );
}
