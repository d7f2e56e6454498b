import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import { floating } from './floating.ts';

interface FloatingPanelProps {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  className: string;
  onClose(): void;
  children: ReactNode;
}

/** A panel beside what opened it, which gets the focus back. */
export default function FloatingPanel({ anchor, label, className, onClose, children }: FloatingPanelProps) {
  return (
    <Popover.Root
      open
      onOpenChange={(_open, { event }) => {
        // A press on the button itself is the button's: it closes what it opened.
        if (!(event.target instanceof Node && anchor.current?.contains(event.target) === true)) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={6} align="start" className="z-50">
          <Popover.Popup className={`${floating.popup} ${className}`} aria-label={label} finalFocus={anchor}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
