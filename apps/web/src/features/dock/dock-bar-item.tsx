import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** Something at the end of the dock's bar that is true on every page: a count of what goes on. One file in the feature's folder, and a line in `all-dock-bar-items.ts`. */
export interface DockBarItem {
  id: string;
  /** A `DockBarButton`, or another button with `data-dock-item`; nothing while there is nothing to say. */
  Item: ComponentType;
}

interface DockBarButtonProps {
  icon: LucideIcon;
  /** What is counted, for whoever does not see the sign: `2 port-forwards`. */
  label: string;
  count: number;
  /** Something of it needs a look. */
  troubled?: boolean;
  onClick(): void;
}

export function DockBarButton({ icon: Icon, label, count, troubled = false, onClick }: DockBarButtonProps) {
  return (
    <button
      type="button"
      data-dock-item=""
      aria-label={label}
      title={label}
      onClick={onClick}
      className={`flex h-6 shrink-0 items-center gap-1 rounded px-1.5 text-xs hover:bg-hover [&_svg]:size-3.5 ${troubled ? 'text-critical' : 'text-soft'}`}
    >
      <Icon aria-hidden="true" />
      {count}
    </button>
  );
}
