import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { floating } from './floating.ts';

interface PopoverButtonProps {
  /** What the button shows. */
  face: ReactNode;
  /** How the button looks. */
  look: string;
  /** What an icon means; a face of text speaks for itself. */
  label?: string;
  title?: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  /** The size and inner arrangement of the panel. */
  panel: string;
  /** What the panel is called for who can't see it, where it has no `Popover.Title`. */
  panelLabel?: string;
  open?: boolean;
  onOpenChange?(open: boolean): void;
  children: ReactNode;
}

/** A button with a panel that floats beside it. */
export function PopoverButton({
  face,
  look,
  label,
  title = label,
  side = 'bottom',
  align = 'start',
  panel,
  panelLabel,
  open,
  onOpenChange,
  children,
}: PopoverButtonProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger className={look} aria-label={label} title={title}>
        {face}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Popover.Popup className={`${floating.popup} ${panel}`} aria-label={panelLabel}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
