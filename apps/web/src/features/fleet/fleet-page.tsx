import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { findClusters } from '../clusters/find-clusters.ts';
import { FleetCluster } from './fleet-cluster.tsx';
import { useConnectInTurn } from './use-connect.ts';

/** All clusters at once. None is asked anything before somebody says so. */
export function FleetPage() {
  const messages = useMessages().fleet;
  const { all, error } = useClusters();
  const [query, setQuery] = useState('');
  const shown = findClusters(all ?? [], query);
  const idle = shown.filter(({ state }) => state === 'idle');
  const { connecting, connect } = useConnectInTurn();
  return (
    <>
      <PageHeader title={messages.title} total={all === null ? null : shown.length}>
        <SearchBox label={messages.filter} value={query} onChange={setQuery} />
        <span className="grow" />
        {idle.length > 0 && (
          <Button disabled={connecting.size > 0} onClick={() => connect(idle.map(({ id }) => id))}>
            {messages.connectShown(idle.length)}
          </Button>
        )}
      </PageHeader>
      {all === null && error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={error} />
        </PageInset>
      )}
      {all === null && error === null && (
        <PageInset>
          <SkeletonLines widths={['52%', '64%', '58%']} />
        </PageInset>
      )}
      {all !== null && shown.length === 0 && <Empty title={all.length === 0 ? messages.none : messages.noneMatch(query)} />}
      <ul className="min-h-0 grow overflow-y-auto border-t">
        {shown.map((cluster) => (
          <FleetCluster key={cluster.id} cluster={cluster} connecting={connecting.has(cluster.id)} onConnect={() => connect([cluster.id])} />
        ))}
      </ul>
    </>
  );
}
