import { ChevronDown, ChevronUp, type LucideIcon, Maximize2, Minimize2, X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { allDockBarItems } from './all-dock-bar-items.ts';
import { DockTabs } from './dock-tabs.tsx';
import { useDock } from './use-dock.tsx';

/** The tabs, what is counted on every page, and the size of the dock. */
export function DockBar({ onToggle }: { onToggle(): void }) {
  const { state, setFull, close } = useDock();
  const messages = useMessages().dock;
  const isNarrow = useMedia(narrow);
  const { active, open, full, tabs } = state;
  return (
    <div className="flex h-7 shrink-0 items-center gap-1 bg-canvas pr-1">
      <DockTabs />
      {allDockBarItems.map(({ id, Item }) => (
        <Item key={id} />
      ))}
      {open && active !== null && <BarButton icon={X} label={messages.closeThis} onClick={() => close(active)} />}
      {open && !isNarrow && <BarButton icon={full ? Minimize2 : Maximize2} label={full ? messages.shrink : messages.enlarge} onClick={() => setFull(!full)} />}
      {tabs.length > 0 && <BarButton icon={open ? ChevronDown : ChevronUp} label={open ? messages.close : messages.open} expanded={open} onClick={onToggle} />}
    </div>
  );
}

interface BarButtonProps {
  icon: LucideIcon;
  label: string;
  expanded?: boolean;
  onClick(): void;
}

function BarButton({ icon: Icon, label, expanded, onClick }: BarButtonProps) {
  return (
    <Button look="icon" className="h-6 w-6" aria-label={label} title={label} aria-expanded={expanded} onClick={onClick}>
      <Icon />
    </Button>
  );
}
