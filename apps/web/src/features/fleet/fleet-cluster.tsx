import type { Cluster } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { Age } from '../../ui/time.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { ConnectionMark } from '../clusters/connection-mark.tsx';
import { isReachable } from '../clusters/connection-state.ts';
import { useClusterMarks } from '../clusters/use-cluster-marks.ts';
import { useSelectCluster } from '../clusters/use-select-cluster.ts';
import { ClusterFigures } from './cluster-figures.tsx';
import { MarksMenu } from './marks-menu.tsx';

interface FleetClusterProps {
  cluster: Cluster;
  connecting: boolean;
  onConnect(): void;
}

/** One cluster: what it is, how its connection stands and why, what is broken in it, what room it has. */
export function FleetCluster({ cluster, connecting, onConnect }: FleetClusterProps) {
  const messages = useMessages().fleet;
  const { selected } = useClusters();
  const { colourOf, isProduction } = useClusterMarks();
  const { mutate: select } = useSelectCluster();
  const { id, name, state, version, server, user } = cluster;
  const reachable = isReachable(cluster);
  return (
    <li className="flex border-b">
      <span aria-hidden="true" className="w-1 shrink-0" style={{ background: colourOf(id) }} />
      <div className="grid min-w-0 grow gap-x-6 gap-y-2 px-3 py-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,5fr)_9rem] lg:items-start">
        <div className="min-w-0">
          <p className="flex min-w-0 flex-wrap items-center gap-2">
            <Link
              to="/"
              search={{ cluster: id, ns: undefined }}
              className="min-w-0 rounded-sm font-semibold hover:text-accent hover:underline"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                select(id);
              }}
            >
              <Middle text={name} />
            </Link>
            {isProduction(id) && <span className="rounded-[4px] border border-critical px-1 text-critical text-xs">{messages.production}</span>}
            {selected?.id === id && <span className="text-soft text-xs">{messages.current}</span>}
          </p>
          <p className="truncate text-soft text-xs">{[version, user, server].filter((part) => part !== null).join(' · ')}</p>
        </div>
        <Standing cluster={cluster} />
        {reachable ? <ClusterFigures cluster={cluster} /> : <p className="text-soft">{state === 'idle' ? messages.notAsked : null}</p>}
        <div className="flex items-center gap-1 justify-self-end">
          {!reachable && state !== 'connecting' && (
            <Button disabled={connecting} onClick={onConnect}>
              {connecting ? messages.connecting : state === 'idle' ? messages.connect : messages.tryAgain}
            </Button>
          )}
          <MarksMenu cluster={cluster} />
        </div>
      </div>
    </li>
  );
}

function Standing({ cluster: { state, reason, remedy, since } }: { cluster: Cluster }) {
  const messages = useMessages().fleet;
  const asked = state !== 'idle';
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <ConnectionMark state={state} />
        {asked && state !== 'recording' && (
          <span className="text-soft text-xs">
            {messages.since} <Age at={since} />
          </span>
        )}
      </p>
      {asked && reason !== null && <p className="break-words">{reason}</p>}
      {asked && remedy !== null && <p className="break-words text-soft text-xs">{remedy}</p>}
    </div>
  );
}
