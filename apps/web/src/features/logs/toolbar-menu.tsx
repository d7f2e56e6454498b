import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';

/** A button of the toolbar that says what is chosen and opens what else there is. */
export function ToolbarMenu({ label, value, icon, children }: { label: string; value: ReactNode; icon?: ReactNode; children: ReactNode }) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={typeof value === 'string' && value !== '' ? `${label}: ${value}` : label}
        title={label}
        className={`${buttonStyles.quiet} min-w-0`}
      >
        {icon}
        {value !== '' && <span className="max-w-44 truncate">{value}</span>}
        <ChevronDown className="text-soft" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className="z-50">
          <Menu.Popup className={floating.menu}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
