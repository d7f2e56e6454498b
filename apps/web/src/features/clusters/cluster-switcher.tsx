import type { Cluster } from '@quarterdeck/contract';
import { ChevronDown, FilePlus2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles, TextButton } from '../../ui/button.tsx';
import { PopupButton } from '../../ui/popup-button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ClusterItem } from './cluster-item.tsx';
import { useClusters } from './clusters.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { findClusters } from './find-clusters.ts';
import { useClusterMarks } from './use-cluster-marks.ts';

const ApiCostLine = lazy(async () => ({ default: (await import('./api-cost-line.tsx')).ApiCostLine }));
const KubeconfigsDialog = lazy(async () => ({ default: (await import('./kubeconfigs-dialog.tsx')).KubeconfigsDialog }));

interface ClusterSwitcherProps {
  onSelect(id: string): void;
}

/** The cluster that is shown, and the way to another one: a list that is searched, with the state of each and the reason for it. */
export function ClusterSwitcher({ onSelect }: ClusterSwitcherProps) {
  const messages = useMessages().clusters;
  const { all, selected } = useClusters();
  const marks = useClusterMarks();
  const [open, setOpen] = useState(false);
  const [filesOpen, setFilesOpen] = useState(false);
  const choose = (id: string) => {
    setOpen(false);
    onSelect(id);
  };
  const showFiles = () => {
    setOpen(false);
    setFilesOpen(true);
  };
  return (
    <>
      <PopupButton
        open={open}
        onOpenChange={setOpen}
        panelLabel={messages.label}
        panelClassName="flex max-h-[min(78vh,36rem)] w-[min(28rem,94vw)] flex-col"
        panel={
          <>
            <ClusterList clusters={all ?? []} selected={selected?.id ?? null} onChoose={choose} />
            <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t px-3 py-2">
              <TextButton onClick={showFiles} className="inline-flex items-center gap-1.5">
                <FilePlus2 className="size-3.5" aria-hidden="true" />
                {messages.files}
              </TextButton>
              {selected !== null && (
                <Suspense>
                  <ApiCostLine cluster={selected.id} />
                </Suspense>
              )}
            </div>
          </>
        }
        className={`${buttonStyles.quiet} min-w-0 shrink!`}
      >
        <span className="sr-only">{messages.cluster}</span>
        <span className="min-w-0 max-w-56 truncate font-medium">{selected?.name ?? (all === null ? messages.connecting : messages.choose)}</span>
        {selected !== null && marks.isProduction(selected.id) && (
          <span className="rounded-[4px] border border-critical px-1 text-critical text-xs">{messages.production}</span>
        )}
        {selected !== null && (
          // Where room is short, the word goes before the name does; the shape stays.
          <span className="flex min-w-3 shrink-[99]">
            <Connection cluster={selected} />
          </span>
        )}
        <ChevronDown className="text-soft" />
      </PopupButton>
      {filesOpen && (
        <Suspense>
          <KubeconfigsDialog open onOpenChange={setFilesOpen} />
        </Suspense>
      )}
    </>
  );
}

/** The tab's own socket comes first: without it, what the server last said of the cluster is old. */
function Connection({ cluster }: { cluster: Cluster }) {
  const { reconnecting } = useMessages().clusters;
  const socket = useLiveState();
  return socket === 'waiting' ? <StatusMark state="medium" text={reconnecting} /> : <ConnectionMark state={cluster.state} />;
}

interface ClusterListProps {
  clusters: readonly Cluster[];
  selected: string | null;
  onChoose(id: string): void;
}

/** A box to search and the list; the arrow keys move through it without leaving the box. */
function ClusterList({ clusters, selected, onChoose }: ClusterListProps) {
  const messages = useMessages().clusters;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      clusters.findIndex((cluster) => cluster.id === selected),
    ),
  );
  const shown = findClusters(clusters, query);
  const current = shown[Math.min(active, shown.length - 1)];
  const move = (by: number) => setActive((index) => Math.min(shown.length - 1, Math.max(0, Math.min(index, shown.length - 1) + by)));
  const onKey = (key: string): boolean => {
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Enter' && current !== undefined) onChoose(current.id);
    else return false;
    return true;
  };
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="cluster-list"
        aria-activedescendant={current === undefined ? undefined : `cluster-${current.id}`}
        aria-label={messages.find(clusters.length)}
        placeholder={messages.find(clusters.length)}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => onKey(event.key) && event.preventDefault()}
        className="h-9 shrink-0 border-b bg-transparent px-3 outline-none placeholder:text-soft"
      />
      <div id="cluster-list" role="listbox" aria-label={messages.label} className="min-h-0 overflow-y-auto p-1">
        {shown.map((cluster) => (
          <ClusterItem
            key={cluster.id}
            cluster={cluster}
            active={cluster.id === current?.id}
            selected={cluster.id === selected}
            onChoose={() => onChoose(cluster.id)}
          />
        ))}
        {shown.length === 0 && <p className="px-2 py-3 text-soft">{clusters.length === 0 ? messages.none : messages.noMatch(query)}</p>}
      </div>
    </>
  );
}
