import type { EventGroup } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { EventsSearch } from '../../app/search.ts';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { ListedRows } from '../../ui/table/hold-order.ts';
import { NewerChanges } from '../../ui/table/newer-changes.tsx';
import { useHeldRows } from '../../ui/table/use-held-rows.ts';
import { Clock } from '../../ui/time.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { objectKey } from '../objects/object-key.ts';
import { useEventColumns } from './event-columns.tsx';
import { type EventSelection, selectEvents, useEvents } from './use-events.ts';

const route = getRouteApi('/cluster/events');
const skeletonRows = 16;

/** What the cluster tells, the latest first; what is told again and again is one line with a count. */
export function EventsPage() {
  const messages = useMessages().events;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces } = useNamespaceScope();
  const { state, error, retry } = useEvents(search);
  const groups = state?.groups;
  const selection = useMemo(() => selectEvents(groups ?? [], namespaces, search.reason), [groups, namespaces, search.reason]);
  const held = useHeldRows(useListed(state === null ? null : selection.shown, JSON.stringify([search, namespaces])));
  const set = (change: EventsSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => set({ q: undefined, type: undefined, reason: undefined, about: undefined });
  const isFiltered = [search.q, search.type, search.reason, search.about].some((part) => part !== undefined) || namespaces.length > 0;
  return (
    <>
      <PageHeader title={messages.title} total={state === null ? null : selection.shown.length}>
        <EventFilters search={search} reasons={selection.reasons} set={set} />
        <NewerChanges waiting={held.shown?.waiting ?? 0} onClick={held.letGo} />
      </PageHeader>
      {error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={error} onRetry={retry} />
        </PageInset>
      )}
      {(error === null || state !== null) && (
        <EventTable
          held={held}
          instead={
            <Empty title={isFiltered ? messages.noneMatch : messages.none}>
              {isFiltered ? <TextButton onClick={clear}>{messages.clear}</TextButton> : messages.noneNote}
            </Empty>
          }
        />
      )}
      {state !== null && <EventsStatus total={state.total} events={state.events} sent={state.groups.length} asOf={state.asOf} />}
    </>
  );
}

/** The events as a list whose order can be held: what the reader asks for makes another one of it. */
function useListed(shown: readonly EventGroup[] | null, generation: string): ListedRows<EventGroup> | null {
  return useMemo(() => {
    if (shown === null) return null;
    const rows = new Map(shown.map((group) => [group.id, group]));
    return { order: [...rows.keys()], rows, offset: 0, total: rows.size, generation };
  }, [shown, generation]);
}

interface EventFiltersProps {
  search: EventsSearch;
  reasons: EventSelection['reasons'];
  set(change: EventsSearch): void;
}

function EventFilters({ search: { q = '', type, reason, about }, reasons, set }: EventFiltersProps) {
  const messages = useMessages().events;
  const types = [
    { value: undefined, label: messages.all },
    { value: 'Warning', label: messages.warning },
    { value: 'Normal', label: messages.normal },
  ] as const;
  const known = reason === undefined || reasons.some(([name]) => name === reason) ? reasons : [[reason, 0] as const, ...reasons];
  return (
    <>
      <SearchBox label={messages.filter} value={q} onChange={(next) => set({ q: next || undefined })} />
      <fieldset className="flex rounded border border-line p-0.5">
        <legend className="sr-only">{messages.types}</legend>
        {types.map(({ value, label }) => (
          <button
            key={label}
            type="button"
            aria-pressed={type === value}
            onClick={() => set({ type: value })}
            className={`h-6 rounded-[4px] px-2.5 ${type === value ? 'bg-selected font-medium' : 'text-soft hover:text-ink'}`}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <select
        aria-label={messages.reason}
        value={reason ?? ''}
        onChange={({ target }) => set({ reason: target.value || undefined })}
        className="h-7 max-w-52 rounded border border-line bg-surface px-1.5"
      >
        <option value="">{messages.anyReason}</option>
        {known.map(([name, lines]) => (
          <option key={name} value={name}>
            {name} ({lines})
          </option>
        ))}
      </select>
      {about !== undefined && (
        <Button
          look="quiet"
          aria-label={`${messages.about(about)}: ${messages.dropAbout}`}
          title={messages.dropAbout}
          onClick={() => set({ about: undefined })}
        >
          {messages.about(about)} <X />
        </Button>
      )}
    </>
  );
}

function EventTable({ held: { shown, onPointer }, instead }: { held: ReturnType<typeof useHeldRows<EventGroup>>; instead: ReactNode }) {
  const messages = useMessages().events;
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const layout = useEventColumns();
  const rowOf = (index: number) => shown?.rows.get(shown.order[index] ?? '');
  return (
    <DataTable
      {...layout}
      label={messages.title}
      total={shown?.total ?? skeletonRows}
      itemAt={rowOf}
      keyOf={(group) => group.id}
      sort=""
      onSort={() => undefined}
      onOpen={({ object }) => navigate({ search: (before) => ({ ...before, open: objectKey(object) }) })}
      openKey={open === undefined ? undefined : [...(shown?.rows.values() ?? [])].find(({ object }) => objectKey(object) === open)?.id}
      onPointer={onPointer}
      details={(group) => ({ gone: shown?.gone.has(group.id) ?? false })}
      instead={instead}
    />
  );
}

function EventsStatus({ total, events, sent, asOf }: { total: number; events: number; sent: number; asOf: string }) {
  const { events: messages, issues } = useMessages();
  const socket = useLiveState();
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-3 border-t px-3 py-1 text-soft text-xs">
      <span>{messages.told(total, events)}</span>
      {total > sent && <span>{messages.leftOut(total - sent)}</span>}
      {socket !== 'open' && (
        <span>
          {issues.asOf} <Clock at={asOf} />, {issues.reconnecting}
        </span>
      )}
    </footer>
  );
}
