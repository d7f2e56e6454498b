import type { Cluster } from '@quarterdeck/contract';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { Age } from '../../ui/time.tsx';
import { ConnectionMark } from './connection-mark.tsx';

interface ClusterItemProps {
  cluster: Cluster;
  /** Where the arrow keys are. */
  active: boolean;
  selected: boolean;
  onChoose(): void;
}

/** States of which it matters how long they have lasted. */
const lasting: ReadonlySet<Cluster['state']> = new Set(['stale', 'authNeeded', 'offline', 'partial']);

/** One cluster: name and state, where it is, and why it is not live. */
export function ClusterItem({ cluster, active, selected, onChoose }: ClusterItemProps) {
  const messages = useMessages().clusters;
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const asked = cluster.state !== 'idle';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys, as in every combobox.
    <div
      ref={item}
      id={`cluster-${cluster.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={onChoose}
      className={`cursor-default rounded-[4px] px-2 py-1.5 hover:bg-hover ${selected ? 'bg-selected' : ''} ${active ? 'outline-2 outline-accent -outline-offset-2' : ''}`}
    >
      <div className="flex items-center gap-2">
        <span className="min-w-0 grow font-medium">
          <Middle text={cluster.name} />
        </span>
        {cluster.kubeconfigCurrent && <Tag text="current-context" title={messages.currentTitle} />}
        {cluster.uploaded && <Tag text={messages.uploaded} title={cluster.file ?? ''} />}
        <span className="shrink-0">
          <ConnectionMark state={cluster.state} />
        </span>
      </div>
      <p className="truncate text-soft text-xs">{[cluster.version, cluster.server, cluster.user].filter((part) => part !== null).join(' · ')}</p>
      {asked && cluster.reason !== null && (
        <p className="text-xs">
          {cluster.reason}
          {lasting.has(cluster.state) && (
            <span className="text-soft">
              {' '}
              {messages.lasting.before}
              <Age at={cluster.since} />
              {messages.lasting.after}
            </span>
          )}
        </p>
      )}
      {asked && cluster.remedy !== null && <p className="text-soft text-xs">{cluster.remedy}</p>}
    </div>
  );
}

function Tag({ text, title }: { text: string; title: string }) {
  return (
    <span title={title} className="shrink-0 rounded-[4px] border border-line px-1 text-soft text-xs">
      {text}
    </span>
  );
}
