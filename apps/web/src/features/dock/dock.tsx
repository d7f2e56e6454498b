import { useRef } from 'react';
import { always, type Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useMay } from '../session/session.tsx';
import { useOpenTerminal } from '../terminal/use-open-terminal.ts';
import { DockBar } from './dock-bar.tsx';
import { DockPanel } from './dock-panel.tsx';
import { DockResizer } from './dock-resizer.tsx';
import { useDock } from './use-dock.tsx';

/**
 * At the foot of every page: a bar while it is closed, a part of the page or all of it while it is open, and all of it on a
 * phone. Nothing in it ends because somebody looks elsewhere.
 */
export function Dock() {
  const { state, setOpen } = useDock();
  const messages = useMessages().dock;
  const section = useRef<HTMLElement>(null);
  const { tabs, active, open, height } = state;
  const covers = useMedia(narrow) || state.full;
  const mayOpen = useMay('terminal.open');
  const terminals = useOpenTerminal();
  const toggle = () => {
    if (tabs.length === 0 && mayOpen) return terminals.start();
    // What had the focus in the panel is about to be hidden: the tab keeps it.
    if (open && section.current?.contains(document.activeElement)) document.getElementById(`dock-tab-${active}`)?.focus();
    setOpen(!open && tabs.length > 0);
  };
  useCommands([toggleCommand(open ? messages.close : messages.open, tabs.length > 0, toggle)]);
  const place = open && covers ? 'absolute inset-0 z-40' : 'relative';
  return (
    <section
      ref={section}
      aria-label={messages.label}
      className={`flex shrink-0 flex-col border-t bg-surface ${place} ${tabs.length === 0 ? 'not-has-[[data-dock-item]]:hidden' : ''}`}
      style={open && !covers ? { height: `${height}%` } : undefined}
    >
      {open && !covers && <DockResizer />}
      <DockBar onToggle={toggle} />
      <div className={`min-h-0 grow ${open ? 'flex' : 'hidden'}`}>
        {tabs.map((tab) => (
          <DockPanel key={tab.id} tab={tab} visible={open && tab.id === active} />
        ))}
      </div>
    </section>
  );
}

function toggleCommand(label: string, hasTabs: boolean, run: () => void): Command {
  return { id: 'toggle-dock', label, group: 'here', keywords: ['dock', 'terminal', 'shell'], shortcuts: ['Mod+`'], listed: hasTabs, when: always, run };
}
