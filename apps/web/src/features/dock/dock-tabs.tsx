import { X } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useClusterMarks } from '../clusters/use-cluster-marks.ts';
import type { DockTab } from './dock-state.ts';
import { kindOf } from './kind-of-tab.ts';
import { useDock } from './use-dock.tsx';

/** The arrow keys go from tab to tab, with Shift they take the tab along; Enter shows it, Delete closes it. */
export function DockTabs() {
  const { state, move, close } = useDock();
  const messages = useMessages().dock;
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const moved = useRef<string | null>(null);
  // A tab that takes another place in the page loses the focus with the old one.
  useEffect(() => {
    if (moved.current !== null && state.tabs.length > 0) document.getElementById(`dock-tab-${moved.current}`)?.focus();
    moved.current = null;
  }, [state.tabs]);
  const onKeyDown = (event: KeyboardEvent) => {
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
    const index = tabs.findIndex((tab) => tab.matches(':focus'));
    const id = state.tabs[index]?.id;
    if (id === undefined) return;
    const to = targetOf(event.key, index, tabs.length);
    if (to !== null) {
      event.preventDefault();
      if (event.shiftKey) {
        moved.current = id;
        move(id, to);
      } else tabs[to]?.focus();
    } else if (event.key === 'Delete') {
      tabs[index + 1 < tabs.length ? index + 1 : index - 1]?.focus();
      close(id);
    }
  };
  return (
    <div ref={list} role="tablist" aria-label={messages.tabs} onKeyDown={onKeyDown} className="flex min-w-0 grow overflow-x-auto [scrollbar-width:none]">
      {state.tabs.map((tab, index) => (
        <DockTabHandle key={tab.id} tab={tab} onDrag={setDragged} onDragOver={() => dragged !== null && move(dragged, index)} />
      ))}
    </div>
  );
}

/** Where a key leads to, around the ends; null for a key that leads nowhere. */
function targetOf(key: string, index: number, count: number): number | null {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

interface DockTabHandleProps {
  tab: DockTab;
  onDrag(id: string | null): void;
  onDragOver(): void;
}

function DockTabHandle({ tab, onDrag, onDragOver }: DockTabHandleProps) {
  const { state, marks, show, close } = useDock();
  const messages = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  const cluster = useOtherCluster(tab.cluster);
  const kind = kindOf(tab);
  const inFront = tab.id === state.active;
  const selected = state.open && inFront;
  const title = kind.title(tab.subject, messages);
  const mark = marks.get(tab.id);
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  const onClick = (event: MouseEvent) => {
    // The cross is a part of the tab: a list of tabs holds nothing but tabs. The keyboard has Delete, everybody the button in the bar.
    if (event.target instanceof Element && event.target.closest('[data-close]') !== null) close(tab.id);
    else show(tab.id);
  };
  const { colourOf } = useClusterMarks();
  return (
    <button
      ref={button}
      type="button"
      role="tab"
      id={`dock-tab-${tab.id}`}
      aria-selected={selected}
      aria-controls={`dock-panel-${tab.id}`}
      tabIndex={inFront ? 0 : -1}
      title={cluster === null ? title : messages.dock.inCluster(title, cluster)}
      draggable
      onDragStart={() => onDrag(tab.id)}
      onDragEnter={onDragOver}
      onDragOver={(event) => event.preventDefault()}
      onDragEnd={() => onDrag(null)}
      onClick={onClick}
      onAuxClick={(event) => event.button === 1 && close(tab.id)}
      className={`group flex h-7 max-w-72 shrink-0 items-center gap-1.5 border-r pl-2.5 text-xs focus-visible:-outline-offset-2 [&_svg]:shrink-0 ${selected ? 'bg-surface' : 'text-soft hover:bg-hover'}`}
    >
      {cluster !== null && <span aria-hidden="true" className="h-3 w-[3px] shrink-0 rounded-full" style={{ background: colourOf(tab.cluster) }} />}
      {mark === undefined ? <kind.icon aria-hidden="true" className="size-3.5" /> : <StatusMark state={mark.state} text={mark.text} compact />}
      <span className="truncate">{title}</span>
      {cluster !== null && <span className="max-w-24 truncate text-soft">{cluster}</span>}
      <span data-close="" className="mr-1 rounded-sm p-0.5 hover:bg-hover" title={messages.dock.closeTab(title)}>
        <X aria-hidden="true" className="size-3" />
      </span>
    </button>
  );
}

/** The name of the tab's cluster where the page shows another one. */
function useOtherCluster(id: string): string | null {
  const { all, selected } = useClusters();
  if (id === '' || id === selected?.id) return null;
  return all?.find((cluster) => cluster.id === id)?.name ?? id;
}
