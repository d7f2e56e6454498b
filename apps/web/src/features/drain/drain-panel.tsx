import { type HealthState, refKey, refTo } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { notify } from '../../ui/notify.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import type { DockPanelProps } from '../dock/dock-tab.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { goneOf, inOrder, type NodeDrain, notBegun, type PodState } from './drain-progress.ts';
import type { DrainSubject } from './drain-tab.ts';
import { useDrain } from './use-drain.ts';

const nodeShapes: Readonly<Record<NodeDrain['state'], HealthState>> = {
  waiting: 'low',
  running: 'pending',
  done: 'healthy',
  failed: 'critical',
  cancelled: 'paused',
};
const podShapes: Readonly<Record<PodState, HealthState>> = { evicting: 'pending', blocked: 'high', evicted: 'pending', gone: 'healthy', failed: 'critical' };

/** A drain as it goes, pod by pod. */
export function DrainPanel({ subject, cluster, restored, mark }: DockPanelProps<DrainSubject>) {
  const messages = useMessages().drain;
  const drain = useDrain(subject, cluster, !restored);
  const { running, nodes, error } = drain;
  const [stopping, setStopping] = useState(false);
  const failed = error !== null || [...nodes.values()].some(({ state }) => state === 'failed');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark follows the state; how it is set is no reason to set it anew.
  useEffect(() => {
    if (running) mark({ state: 'pending', text: messages.states.running });
    else mark(failed ? { state: 'critical', text: messages.states.failed } : null);
  }, [running, failed]);
  useNoticeWhenClosed(subject, running);
  const stop = () => {
    setStopping(true);
    drain.stop();
  };
  return (
    <div className="min-h-0 grow overflow-y-auto p-3">
      <div className="flex flex-col gap-3">
        {restored && <p>{messages.reloaded}</p>}
        {error !== null && <ErrorNotice what={messages.notStarted(error.node)} error={error.error} />}
        {running && (
          <Button className="self-start" disabled={stopping} onClick={stop}>
            {stopping ? messages.stopping : messages.stop}
          </Button>
        )}
        {subject.nodes.map(({ name, pods }) => (
          <DrainedNode key={name} name={name} pods={pods} drain={nodes.get(name) ?? notBegun} over={!running} cluster={cluster} />
        ))}
      </div>
    </div>
  );
}

/** Closing the tab stops the drain: that is said, and the way back offered nowhere else. */
function useNoticeWhenClosed({ nodes }: DrainSubject, running: boolean): void {
  const messages = useMessages().drain;
  const latest = useRef({ running, messages, nodes });
  latest.current = { running, messages, nodes };
  useEffect(
    () => () => {
      const { running: wasRunning, messages: words, nodes: those } = latest.current;
      if (wasRunning) notify({ text: words.closed(those.map(({ name }) => name).join(', ')), detail: words.stillCordoned, state: 'paused' });
    },
    [],
  );
}

interface DrainedNodeProps {
  name: string;
  /** How many there were to evict. */
  pods: number;
  drain: NodeDrain;
  over: boolean;
  cluster: string;
}

function DrainedNode({ name, pods, drain, over, cluster }: DrainedNodeProps) {
  const messages = useMessages().drain;
  const here = useClusters().selected?.id === cluster;
  const { preview } = useObjectActions();
  const gone = goneOf(drain);
  const uncordon = () => preview({ steps: [{ change: { verb: 'uncordon', target: refTo('Node', null, name) } }] });
  return (
    <section aria-label={name}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <ObjectChip object={refTo('Node', null, name)} exists={here} />
        </span>
        <span role="status">
          <StatusMark state={nodeShapes[drain.state]} text={messages.states[drain.state]} />
        </span>
        {drain.state !== 'waiting' && <span className="text-soft">{messages.progress(gone, Math.max(pods, drain.pods.size))}</span>}
        {drain.state === 'running' && pods > 0 && (
          <progress aria-label={messages.progress(gone, pods)} className="h-1.5 w-40 accent-pending" max={pods} value={gone} />
        )}
        {over && here && (drain.state !== 'waiting' || drain.pods.size > 0) && <Button onClick={uncordon}>{messages.uncordon}</Button>}
      </div>
      {drain.message !== null && <p className="mt-1 break-words">{drain.message}</p>}
      {over && drain.state !== 'waiting' && <p className="text-soft">{messages.stillCordoned}</p>}
      <ul className="mt-1 flex flex-col gap-0.5">
        {inOrder(drain.pods).map(({ pod, state, message }) => (
          <li key={refKey(pod)} className="flex min-w-0 flex-wrap items-baseline gap-x-3">
            <span className="w-24 shrink-0">
              <StatusMark state={podShapes[state]} text={messages.podStates[state]} />
            </span>
            <ObjectChip object={pod} exists={here && state !== 'gone'} bare withNamespace />
            {message !== null && <span className="min-w-0 break-words text-soft">{message}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
