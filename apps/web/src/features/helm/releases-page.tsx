import type { HelmReleaseList, HelmRevision } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Clock } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { useMay } from '../session/session.tsx';
import { HelmDialog } from './helm-dialog.tsx';
import { ProgramNotice } from './program-notice.tsx';
import { releaseColumns, releaseKey, sortReleases } from './release-columns.tsx';
import { ReleasePanel } from './release-panel.tsx';
import { readEvery, useHelmProgram, useReleases } from './use-helm.ts';

const route = getRouteApi('/cluster/helm');
const skeletonRows = 8;

/** The Helm releases of the cluster, one open beside the list. */
export function ReleasesPage() {
  const messages = useMessages().helm;
  const { q = '', sort = '', release: openKey } = route.useSearch();
  const navigate = route.useNavigate();
  const releases = useReleases();
  const isNarrow = useMedia(narrow);
  const columns = useMemo(() => releaseColumns(messages.columns, isNarrow), [messages, isNarrow]);
  const shown = useShown(releases.data, q, sort);
  const [installing, setInstalling] = useState(false);
  const setSearch = (part: { q?: string; sort?: string; release?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: part.release === undefined });
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={messages.title} total={releases.data === undefined ? null : shown.length}>
        <SearchBox value={q} onChange={(next) => setSearch({ q: next })} label={messages.filter} />
        <span className="grow" />
        <Freshness at={releases.dataUpdatedAt} onRefresh={() => releases.refetch()} />
        {releases.data?.state === 'read' && <InstallButton onInstall={() => setInstalling(true)} />}
      </PageHeader>
      <Notices list={releases.data} error={releases.error} onRetry={() => releases.refetch()} />
      {releases.data?.state === 'notRecorded' && <Empty title={messages.notRecorded}>{releases.data.reason}</Empty>}
      {(releases.data?.state === 'read' || releases.isPending) && (
        <DataTable
          label={messages.releases}
          columns={columns}
          total={releases.data === undefined ? skeletonRows : shown.length}
          itemAt={(index) => shown[index]}
          keyOf={releaseKey}
          sort={sort}
          onSort={(next) => setSearch({ sort: next })}
          onOpen={(release) => setSearch({ release: releaseKey(release) })}
          openKey={openKey}
          instead={<Nothing query={q} onClear={() => setSearch({ q: '' })} />}
        />
      )}
      {openKey !== undefined && (
        <ReleasePanel
          key={openKey}
          releaseKey={openKey}
          onClose={() => void navigate({ search: (before) => ({ ...before, release: undefined, tab: undefined }) })}
        />
      )}
      {installing && <HelmDialog task={{ do: 'install' }} onClose={() => setInstalling(false)} />}
    </div>
  );
}

const none: readonly HelmRevision[] = [];

function useShown(list: HelmReleaseList | undefined, query: string, sort: string): readonly HelmRevision[] {
  const { namespaces } = useNamespaceScope();
  return useMemo(() => {
    const all = list?.state === 'read' ? list.releases : none;
    const words = query.toLowerCase().split(/\s+/);
    const matching = all.filter((release) => words.every((word) => textOf(release).includes(word)));
    return sortReleases(
      matching.filter(({ namespace }) => namespaces.length === 0 || namespaces.includes(namespace)),
      sort,
    );
  }, [list, query, sort, namespaces]);
}

function textOf({ name, namespace, status, chart }: HelmRevision): string {
  return `${name} ${namespace} ${status} ${chart?.name ?? ''} ${chart?.version ?? ''}`.toLowerCase();
}

function Freshness({ at, onRefresh }: { at: number; onRefresh(): void }) {
  const messages = useMessages().helm;
  return (
    <>
      {at > 0 && (
        <span className="text-soft text-xs" title={messages.refreshNote(readEvery)}>
          {messages.asOf} <Clock at={new Date(at).toISOString()} />
        </span>
      )}
      <Button look="icon" aria-label={messages.refresh} title={`${messages.refresh}. ${messages.refreshNote(readEvery)}`} onClick={onRefresh}>
        <RefreshCw />
      </Button>
    </>
  );
}

function InstallButton({ onInstall }: { onInstall(): void }) {
  const messages = useMessages().helm;
  const program = useHelmProgram();
  if (!useMay('helm.write')) return null;
  return (
    <Button look="primary" disabled={program.data?.state !== 'found'} onClick={onInstall}>
      {messages.install}
    </Button>
  );
}

function Notices({ list, error, onRetry }: { list: HelmReleaseList | undefined; error: Error | null; onRetry(): void }) {
  const messages = useMessages().helm;
  const skipped = list?.state === 'read' ? list.skipped : [];
  return (
    <>
      {list?.state === 'read' && <ProgramNotice />}
      {error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={error} onRetry={onRetry} />
        </PageInset>
      )}
      {skipped.length > 0 && (
        <PageInset>
          {skipped.map(({ what, reason }) => (
            <p key={what} className="break-words">
              <StatusMark state="unknown" text={`${messages.skipped}: ${what}`} /> <span className="text-soft">{reason}</span>
            </p>
          ))}
        </PageInset>
      )}
    </>
  );
}

function Nothing({ query, onClear }: { query: string; onClear(): void }) {
  const messages = useMessages().helm;
  const { namespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const scope = scopeLabel(namespaces);
  if (query === '') return <Empty title={messages.none(scope)}>{messages.noneNext}</Empty>;
  return (
    <Empty title={messages.noneMatch(query, scope)}>
      <TextButton onClick={onClear}>{messages.clearFilter}</TextButton>
    </Empty>
  );
}
