import { Menu } from '@base-ui/react/menu';
import type { Cluster } from '@quarterdeck/contract';
import { ChevronDown } from 'lucide-react';
import { useLiveState } from '../../live/use-live.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from './clusters.tsx';
import { connectionMarks, isProduction } from './connection-state.ts';

/** Which cluster this is and how the connection stands; the list to switch to another. */
export function ClusterSwitcher({ onSelect }: { onSelect(id: string): void }) {
  const { all, selected } = useClusters();
  const clusters = all ?? [];
  return (
    <Menu.Root>
      <Menu.Trigger className={`${buttonStyles.quiet} min-w-0 shrink`}>
        <span className="sr-only">Cluster</span>
        <span className="min-w-0 max-w-56 truncate font-medium">{selected?.name ?? (all === null ? 'Connecting' : 'Choose a cluster')}</span>
        {selected !== null && isProduction(selected.name) && (
          <span className="rounded-[4px] border border-critical px-1 text-critical text-xs">production</span>
        )}
        {selected !== null && <Connection cluster={selected} />}
        <ChevronDown className="text-soft" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup className={`${floating.menu} w-[min(26rem,94vw)]`}>
            <Menu.RadioGroup value={selected?.id ?? ''} onValueChange={onSelect}>
              {clusters.map((cluster) => (
                <ClusterItem key={cluster.id} cluster={cluster} />
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The tab's own socket comes first: without it, what the server last said of the cluster is old. */
function Connection({ cluster }: { cluster: Cluster }) {
  const socket = useLiveState();
  if (socket === 'waiting') return <StatusMark state="medium" text="reconnecting" />;
  const mark = connectionMarks[cluster.state];
  return <StatusMark state={mark.state} text={mark.text} />;
}

function ClusterItem({ cluster }: { cluster: Cluster }) {
  const mark = connectionMarks[cluster.state];
  return (
    <Menu.RadioItem value={cluster.id} closeOnClick className={`${floating.item} data-checked:bg-selected`}>
      <span className="min-w-0 grow">
        <span className="flex items-center gap-2">
          <span className="min-w-0 grow font-medium">
            <Middle text={cluster.name} />
          </span>
          <span className="shrink-0">
            <StatusMark state={mark.state} text={mark.text} />
          </span>
        </span>
        <span className="block truncate text-soft text-xs">{[cluster.version, cluster.server].filter((part) => part !== null).join(' · ')}</span>
        {cluster.reason !== null && <span className="block text-xs">{cluster.reason}</span>}
        {cluster.remedy !== null && <span className="block text-soft text-xs">{cluster.remedy}</span>}
      </span>
    </Menu.RadioItem>
  );
}
