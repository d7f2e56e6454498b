import { type ComponentProps, lazy, type ReactNode, Suspense, useRef } from 'react';

const load = () => import('./floating-panel.tsx');
const FloatingPanel = lazy(load);

interface PopupButtonProps extends Omit<ComponentProps<'button'>, 'onClick' | 'type'> {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** What the panel is called for who can't see it. */
  panelLabel: string;
  panelClassName: string;
  panel: ReactNode;
}

/** A button that opens a panel. What makes panels float is fetched when somebody reaches for the first of them. */
export function PopupButton({ open, onOpenChange, panelLabel, panelClassName, panel, ref, ...button }: PopupButtonProps) {
  const own = useRef<HTMLButtonElement | null>(null);
  return (
    <>
      <button
        {...button}
        type="button"
        ref={(element) => {
          own.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref != null) ref.current = element;
        }}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-popup-open={open ? '' : undefined}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => onOpenChange(!open)}
      />
      {open && (
        <Suspense>
          <FloatingPanel anchor={own} label={panelLabel} className={panelClassName} onClose={() => onOpenChange(false)}>
            {panel}
          </FloatingPanel>
        </Suspense>
      )}
    </>
  );
}
