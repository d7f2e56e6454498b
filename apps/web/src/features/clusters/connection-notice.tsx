import type { Cluster } from '@quarterdeck/contract';
import { lazy, Suspense, useEffect } from 'react';
import { useServices } from '../../app/services.ts';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Clock, Moment } from '../../ui/time.tsx';
import { useClusters } from './clusters.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { isUnseen } from './connection-state.ts';
import { useConnectCluster } from './use-select-cluster.ts';

const ClusterLogin = lazy(async () => ({ default: (await import('../logins/cluster-login.tsx')).ClusterLogin }));

const bar = 'flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b bg-sunken px-3 py-1.5';

/** One line under the top bar while what is on screen is not the cluster of this moment; nothing otherwise. */
export function ConnectionNotice() {
  const { selected } = useClusters();
  const socket = useLiveState();
  if (socket === 'waiting') return <SocketNotice asOf={selected?.asOf ?? null} />;
  // The page itself says it then.
  if (selected === null || isUnseen(selected)) return null;
  if (selected.state === 'recording') return <RecordingNotice cluster={selected} />;
  return selected.state === 'live' || selected.state === 'idle' || selected.state === 'connecting' ? null : <ClusterNotice cluster={selected} />;
}

function SocketNotice({ asOf }: { asOf: string | null }) {
  const messages = useMessages().clusters;
  const { live } = useServices();
  useEffect(() => {
    const retry = () => live.retryNow();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [live]);
  return (
    <div role="status" className={bar}>
      <StatusMark state="medium" text={messages.workbenchSilent} />
      <span>
        {asOf === null ? (
          messages.willReconnect
        ) : (
          <>
            {messages.seenAsOf.before}
            <Clock at={asOf} />
            {messages.seenAsOf.after}
          </>
        )}
      </span>
      <TextButton onClick={() => live.retryNow()}>{messages.reconnectNow}</TextButton>
    </div>
  );
}

function RecordingNotice({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().clusters;
  return (
    <div role="status" className={bar}>
      <span>
        {cluster.asOf === null ? (
          messages.recording
        ) : (
          <>
            {messages.recordingOf.before}
            <Moment at={cluster.asOf} />
            {messages.recordingOf.after}
          </>
        )}
      </span>
      <span className="text-soft">
        {messages.ownCluster.before}
        <code className="font-mono text-code text-ink">KUBECONFIG=… npm start</code>
        {messages.ownCluster.between}
        <code className="font-mono text-code text-ink">qd sandbox up</code>
      </span>
    </div>
  );
}

function ClusterNotice({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().clusters;
  const needsLogin = cluster.state === 'authNeeded';
  return (
    <div role="status" aria-atomic="false" className={bar}>
      <ConnectionMark state={cluster.state} />
      {cluster.asOf !== null && cluster.state !== 'partial' && (
        <span className="text-soft">
          {messages.asOf.before}
          <Clock at={cluster.asOf} />
          {messages.asOf.between(messages.states[cluster.state])}
          <Age at={cluster.since} />
          {messages.asOf.after}
        </span>
      )}
      {needsLogin ? (
        <Suspense>
          <ClusterLogin cluster={cluster} />
        </Suspense>
      ) : (
        <Trouble cluster={cluster} />
      )}
    </div>
  );
}

function Trouble({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().clusters;
  const { mutate, isPending } = useConnectCluster();
  return (
    <>
      {cluster.reason !== null && <span>{cluster.reason}</span>}
      {cluster.remedy !== null && <span className="text-soft">{cluster.remedy}</span>}
      {cluster.state !== 'partial' && (
        <TextButton disabled={isPending} onClick={() => mutate(cluster.id)}>
          {isPending ? messages.trying : messages.tryNow}
        </TextButton>
      )}
    </>
  );
}
