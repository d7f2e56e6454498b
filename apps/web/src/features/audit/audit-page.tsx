import type { Act, LedgerReport } from '@quarterdeck/contract';
import { useMemo, useState } from 'react';
import { type Messages, useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Moment } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ActPanel } from './act-panel.tsx';
import { actionText, endOf, targetText } from './act-words.ts';
import { useActs, useVerified } from './use-acts.ts';

/** What was done through the workbench by anyone, and whether the record of it is whole. */
export function AuditPage() {
  const messages = useMessages().audit;
  const columns = useMemo(() => columnsOf(messages), [messages]);
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const isNarrow = useMedia(narrow);
  const acts = useActs({});
  const all = acts.data?.pages.flatMap((page) => page.acts) ?? [];
  const words = filter.toLowerCase().split(/\s+/);
  const shown = all.filter((act) => words.every((word) => textOf(act, messages.ends).includes(word)));
  const chosen = all.find(({ act }) => act === open);
  const more = () => {
    if (acts.hasNextPage && !acts.isFetching) void acts.fetchNextPage();
  };
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={messages.title}>
        <SearchBox value={filter} onChange={setFilter} label={messages.filter} />
        <span className="grow" />
        <Verified />
      </PageHeader>
      {acts.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={acts.error} onRetry={() => acts.refetch()} />
        </PageInset>
      )}
      {acts.data !== undefined && (
        <DataTable
          label={messages.title}
          columns={isNarrow ? columns.slice(0, 3) : columns}
          total={shown.length}
          itemAt={(index) => shown[index]}
          keyOf={({ act }) => act}
          sort=""
          onSort={() => undefined}
          onOpen={({ act }) => setOpen(act)}
          openKey={open ?? undefined}
          onVisible={(_, last) => last >= shown.length - 20 && more()}
          instead={<p className="px-3 py-8 text-soft">{filter === '' ? messages.nothingDone : messages.noMatch}</p>}
        />
      )}
      {acts.hasNextPage && (
        <p className="shrink-0 border-t px-3 py-1.5 text-soft">
          {messages.loaded(all.length)} <TextButton onClick={more}>{acts.isFetching ? messages.loading : messages.loadOlder}</TextButton>
        </p>
      )}
      {chosen !== undefined && <ActPanel key={chosen.act} act={chosen} onClose={() => setOpen(null)} />}
    </div>
  );
}

function textOf(act: Act, ends: Messages['audit']['ends']): string {
  return `${act.actor.id} ${act.via} ${actionText(act.action)} ${targetText(act)} ${act.cluster ?? ''} ${endOf(act, ends).text}`.toLowerCase();
}

function Verified() {
  const messages = useMessages().audit;
  const { data, error, isFetching, refetch } = useVerified();
  return (
    <p className="flex items-center gap-2">
      {error !== null && <StatusMark state="unknown" text={messages.notChecked} />}
      {data !== undefined && <Report report={data} />}
      <TextButton disabled={isFetching} onClick={() => refetch()}>
        {isFetching ? messages.checking : messages.checkAgain}
      </TextButton>
    </p>
  );
}

function Report({ report }: { report: LedgerReport }) {
  const messages = useMessages().audit;
  if (report.ok) return <StatusMark state="healthy" text={messages.whole(report.rows)} />;
  return <StatusMark state="critical" text={report.faults[0]?.message ?? messages.changed} />;
}

const plain = { align: 'left', sortable: false } as const;

const columnsOf = ({ columns, ends }: Messages['audit']): readonly TableColumn<Act>[] => [
  { ...plain, id: 'what', label: columns.what, width: 150, render: (act) => <span className="block truncate font-medium">{actionText(act.action)}</span> },
  { ...plain, id: 'target', label: columns.target, width: 220, grow: true, render: (act) => <span className="block truncate">{targetText(act)}</span> },
  {
    ...plain,
    id: 'end',
    label: columns.end,
    width: 140,
    render: (act) => <StatusMark {...endOf(act, ends)} />,
  },
  { ...plain, id: 'who', label: columns.who, width: 190, render: (act) => <span className="block truncate">{act.actor.id}</span> },
  { ...plain, id: 'via', label: columns.via, width: 90, render: (act) => act.via },
  { ...plain, id: 'cluster', label: columns.cluster, width: 150, render: (act) => <span className="block truncate">{act.cluster ?? ''}</span> },
  { ...plain, id: 'at', label: columns.at, width: 150, render: (act) => <Moment at={act.at} /> },
];
