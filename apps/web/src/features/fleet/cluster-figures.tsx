import { type Capacity, type Cluster, overviewRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterIssues } from './use-fleet.ts';

/** What is broken in a connected cluster and what room it has; each number is its list. */
export function ClusterFigures({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().fleet;
  const { api } = useServices();
  const { id } = cluster;
  const { counts, failed } = useClusterIssues(cluster, true);
  const capacity = useQuery({
    queryKey: ['capacity', id, counts],
    queryFn: ({ signal }) => api.call(overviewRoutes.getCapacity, { cluster: id }, { signal }),
    enabled: counts !== null,
    placeholderData: (before) => before,
  });
  const { columns } = messages;
  const nodes = capacity.data?.nodes ?? null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1">
      <Figure name={columns.issues}>
        {counts === null && (failed ? messages.notRecorded : messages.checking)}
        {counts?.length === 0 && <StatusMark state="healthy" text={messages.noIssues} />}
        <span className="flex gap-3">
          {counts?.map(([severity, count]) => (
            <Link key={severity} to="/issues" search={{ cluster: id, ns: undefined, severity }} className="rounded-sm hover:underline">
              <StatusMark state={severity} text={`${count} ${severity}`} />
            </Link>
          ))}
        </span>
      </Figure>
      {nodes !== null && (
        <Figure name={columns.nodes}>
          <Link
            to="/resources/$kind"
            params={{ kind: 'nodes' }}
            search={{ cluster: id, ns: undefined }}
            className="rounded-sm hover:text-accent hover:underline"
          >
            {messages.ready(nodes.ready, nodes.total)}
          </Link>
        </Figure>
      )}
      {percentOf(capacity.data?.cpu) !== null && <Figure name={columns.cpu}>{percentOf(capacity.data?.cpu)} %</Figure>}
      {percentOf(capacity.data?.memory) !== null && <Figure name={columns.memory}>{percentOf(capacity.data?.memory)} %</Figure>}
    </dl>
  );
}

function percentOf(share: Capacity['cpu'] | undefined): number | null {
  if (share == null || share.requested === null || share.allocatable === 0) return null;
  return Math.round((share.requested / share.allocatable) * 100);
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-soft text-xs">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
