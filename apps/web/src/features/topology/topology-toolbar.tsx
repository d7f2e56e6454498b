import { Tabs } from '@base-ui/react/tabs';
import { type Topology, type TopologyExtra, topologyExtras } from '@quarterdeck/contract';
import type { TopologySearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { matching } from './topology-select.ts';
import { topologyViews, withExtra } from './topology-view.ts';

interface TopologyToolbarProps {
  topology: Topology | undefined;
  search: TopologySearch;
  extras: readonly TopologyExtra[];
  onSearch(part: Partial<TopologySearch>): void;
}

/** What is drawn besides, and how it is shown. */
export function TopologyToolbar({ topology, search: { q = '', view = 'map', trouble }, extras, onSearch }: TopologyToolbarProps) {
  const messages = useMessages().topology;
  const found = topology === undefined ? null : matching(topology.nodes, q);
  return (
    <>
      {found !== null && <span className="text-soft">{messages.found(found.size)}</span>}
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{messages.show}</legend>
        {topologyExtras.map((extra) => (
          <Toggle key={extra} label={messages.also[extra]} pressed={extras.includes(extra)} onClick={() => onSearch({ also: withExtra(extras, extra) })} />
        ))}
        <Toggle label={messages.troubleOnly} pressed={trouble === 'only'} onClick={() => onSearch({ trouble: trouble === 'only' ? undefined : 'only' })} />
      </fieldset>
      <span className="grow" />
      <Tabs.Root value={view} onValueChange={(value) => onSearch({ view: topologyViews.find((each) => each === value && each !== 'map') })}>
        <Tabs.List aria-label={messages.view} className="flex rounded border border-line p-0.5">
          {topologyViews.map((value) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="h-6 rounded-[4px] px-2.5 text-soft hover:text-ink data-active:bg-selected data-active:font-medium data-active:text-ink"
            >
              {messages.views[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs.Root>
    </>
  );
}

function Toggle({ label, pressed, onClick }: { label: string; pressed: boolean; onClick(): void }) {
  return (
    <Button look="quiet" aria-pressed={pressed} className="border border-line text-soft aria-pressed:bg-selected aria-pressed:text-ink" onClick={onClick}>
      {label}
    </Button>
  );
}
