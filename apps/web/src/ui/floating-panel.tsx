import { Popover } from '@base-ui/react/popover';
import type { ComponentProps, ReactNode, RefObject } from 'react';
import { floating } from './floating.ts';

interface FloatingPanelProps extends Omit<ComponentProps<typeof Popover.Popup>, 'className' | 'render'> {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  className: string;
  onClose(): void;
  children: ReactNode;
}

/** A panel beside what opened it, which gets the focus back unless something else is said. */
export default function FloatingPanel({ anchor, label, className, onClose, children, ...popup }: FloatingPanelProps) {
  return (
    <Popover.Root
      open
      onOpenChange={(_open, { event }) => {
        // A press on what opened it is that one's own: it closes what it opened.
        if (!(event.target instanceof Node && anchor.current?.contains(event.target) === true)) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={6} align="start" className="z-50">
          <Popover.Popup finalFocus={anchor} {...popup} className={`${floating.popup} ${className}`} aria-label={label}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
