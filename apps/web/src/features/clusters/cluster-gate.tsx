import { AppError, type Cluster } from '@quarterdeck/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageInset } from '../../ui/page-header.tsx';
import { useClusters } from './clusters.tsx';
import { isReachable, isUnseen } from './connection-state.ts';
import { useConnectCluster, useSelectCluster } from './use-select-cluster.ts';

const LoginPanel = lazy(async () => ({ default: (await import('../logins/cluster-login.tsx')).LoginPanel }));

/** Lets the page through once there is a cluster to show; says what is the matter otherwise. */
export function ClusterGate({ children }: { children: ReactNode }) {
  const messages = useMessages().clusters;
  const { all, selected, error } = useClusters();
  if (all === null)
    return error === null ? (
      <Waiting />
    ) : (
      <PageInset>
        <ErrorNotice what={messages.notRead} error={error} />
      </PageInset>
    );
  if (all.length === 0) {
    return (
      <Empty title={messages.none}>
        {messages.noneNext.before}
        <code className="font-mono text-code text-ink">KUBECONFIG=… npm start</code>
        {messages.noneNext.between}
        <code className="font-mono text-code text-ink">qd sandbox up</code>
        {messages.noneNext.after}
      </Empty>
    );
  }
  if (selected === null) return <Unknown all={all} />;
  if (isUnseen(selected)) return <Unreachable cluster={selected} />;
  return <Connected cluster={selected}>{children}</Connected>;
}

function Waiting() {
  const { reading } = useMessages().clusters;
  return <p className="skeleton m-4 h-4 w-40" role="status" aria-label={reading} />;
}

/** As many as are read at a glance; the others are found in the menu. */
const offered = 12;

function Unknown({ all }: { all: readonly Cluster[] }) {
  const messages = useMessages().clusters;
  const { mutate } = useSelectCluster();
  const wanted = useSearch({ strict: false, select: (search) => search.cluster });
  return (
    <Empty title={wanted === undefined ? messages.noneSelected : messages.unknown}>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        {all.slice(0, offered).map((cluster) => (
          <Button key={cluster.id} onClick={() => mutate(cluster.id)}>
            {cluster.name}
          </Button>
        ))}
      </div>
      {all.length > offered && <p className="mt-2">{messages.moreInMenu(all.length - offered)}</p>}
    </Empty>
  );
}

function Unreachable({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().clusters;
  const { mutate } = useConnectCluster();
  if (cluster.state === 'authNeeded') {
    return (
      <PageInset>
        <Suspense>
          <LoginPanel cluster={cluster} />
        </Suspense>
      </PageInset>
    );
  }
  const reason = cluster.reason ?? messages.noAnswer;
  const error = new AppError('CLUSTER_UNREACHABLE', reason, cluster.remedy === null ? {} : { hint: cluster.remedy });
  return (
    <PageInset>
      <ErrorNotice what={messages.notConnected(cluster.name)} error={error} onRetry={() => mutate(cluster.id)} />
    </PageInset>
  );
}

/** A cluster that the URL names is connected to when it was not yet. */
function Connected({ cluster, children }: { cluster: Cluster; children: ReactNode }) {
  const { mutate } = useConnectCluster();
  const { id, state } = cluster;
  useEffect(() => {
    if (state === 'idle') mutate(id);
  }, [id, state, mutate]);
  useRetryOnReturn(cluster);
  return children;
}

/** What failed while a cluster could not be asked is asked for again when it can: nobody presses a button for each. */
function useRetryOnReturn(cluster: Cluster): void {
  const { live } = useServices();
  const queries = useQueryClient();
  const { id } = cluster;
  const reachable = isReachable(cluster);
  const last = useRef({ id, reachable });
  useEffect(() => {
    const returned = last.current.id === id && !last.current.reachable && reachable;
    last.current = { id, reachable };
    if (!returned) return;
    live.retryFailed();
    void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  }, [id, reachable, live, queries]);
}
