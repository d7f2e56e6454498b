import { ChevronDown, ChevronUp, Maximize2, Minimize2, X } from 'lucide-react';
import { Suspense } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { allDockTabs } from './all-dock-tabs.ts';
import { DockResizer } from './dock-resizer.tsx';
import type { DockTab } from './dock-state.ts';
import { useDock } from './use-dock.tsx';

/** At the foot of every page: a bar while it is closed, a third or all of the page while it is open. Nothing in it ends because somebody looks elsewhere. */
export function Dock() {
  const { state } = useDock();
  const messages = useMessages().dock;
  if (state.tabs.length === 0) return null;
  return (
    <section
      aria-label={messages.label}
      className={`flex shrink-0 flex-col border-t bg-surface ${state.open && state.height === 100 ? 'absolute inset-0 z-40' : 'relative'}`}
      style={state.open && state.height < 100 ? { height: `${state.height}%` } : undefined}
    >
      {state.open && state.height < 100 && <DockResizer />}
      <DockBar />
      <div className={`min-h-0 grow ${state.open ? 'flex' : 'hidden'}`}>
        {state.tabs.map((tab) => (
          <DockPanel key={tab.id} tab={tab} visible={state.open && tab.id === state.active} />
        ))}
      </div>
    </section>
  );
}

function DockBar() {
  const { state, setOpen, setHeight } = useDock();
  const messages = useMessages().dock;
  const full = state.height === 100;
  const Arrow = state.open ? ChevronDown : ChevronUp;
  const Size = full ? Minimize2 : Maximize2;
  return (
    <div className="flex h-7 shrink-0 items-center gap-1 bg-canvas pr-1">
      <div role="tablist" aria-label={messages.label} className="flex min-w-0 grow overflow-x-auto">
        {state.tabs.map((tab) => (
          <DockTabHandle key={tab.id} tab={tab} selected={state.open && tab.id === state.active} />
        ))}
      </div>
      {state.open && (
        <Button
          look="icon"
          className="h-6 w-6"
          aria-label={full ? messages.shrink : messages.enlarge}
          title={full ? messages.shrink : messages.enlarge}
          onClick={() => setHeight(full ? 36 : 100)}
        >
          <Size />
        </Button>
      )}
      <Button
        look="icon"
        className="h-6 w-6"
        aria-expanded={state.open}
        aria-label={state.open ? messages.close : messages.open}
        title={state.open ? messages.close : messages.open}
        onClick={() => setOpen(!state.open)}
      >
        <Arrow />
      </Button>
    </div>
  );
}

function kindOf(tab: DockTab) {
  const kind = allDockTabs.find(({ type }) => type === tab.type);
  if (kind === undefined) throw new Error(`No kind of dock tab is called ${tab.type}.`);
  return kind;
}

function DockTabHandle({ tab, selected }: { tab: DockTab; selected: boolean }) {
  const { show, close } = useDock();
  const messages = useMessages();
  const kind = kindOf(tab);
  const title = kind.title(tab.subject, messages);
  const label = messages.dock.closeTab(title);
  return (
    <div className={`group flex h-7 max-w-64 shrink-0 items-center border-r ${selected ? 'bg-surface' : 'text-soft hover:bg-hover'}`}>
      <button
        type="button"
        role="tab"
        id={`dock-tab-${tab.id}`}
        aria-selected={selected}
        aria-controls={`dock-panel-${tab.id}`}
        title={title}
        onClick={() => show(tab.id)}
        onAuxClick={(event) => event.button === 1 && close(tab.id)}
        className="flex min-w-0 items-center gap-1.5 py-1 pl-2.5 text-xs [&_svg]:size-3.5 [&_svg]:shrink-0"
      >
        <kind.icon aria-hidden="true" />
        <span className="truncate">{title}</span>
      </button>
      <button type="button" aria-label={label} title={label} onClick={() => close(tab.id)} className="mx-1 rounded-sm p-0.5 hover:bg-hover [&_svg]:size-3">
        <X aria-hidden="true" />
      </button>
    </div>
  );
}

function DockPanel({ tab, visible }: { tab: DockTab; visible: boolean }) {
  const { keep, close } = useDock();
  const kind = kindOf(tab);
  return (
    <div
      role="tabpanel"
      id={`dock-panel-${tab.id}`}
      aria-labelledby={`dock-tab-${tab.id}`}
      className={`min-h-0 min-w-0 grow flex-col ${visible ? 'flex' : 'hidden'}`}
    >
      <Suspense
        fallback={
          <div className="p-4">
            <SkeletonLines widths={['40%', '60%', '50%']} />
          </div>
        }
      >
        {kind.panel({
          subject: tab.subject,
          cluster: tab.cluster,
          visible,
          keep: (subject) => keep(tab.id, subject),
          close: () => close(tab.id),
        })}
      </Suspense>
    </div>
  );
}
