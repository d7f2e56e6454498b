import { EllipsisVertical } from 'lucide-react';
import { lazy, type MouseEvent, type ReactNode, Suspense, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import type { ActionTarget } from './object-action.ts';

const load = () => import('./object-menu-popup.tsx');
const ObjectMenuPopup = lazy(load);

/** The button that lists what can be done with one object or several. */
export function ObjectMenuButton({ targets }: { targets: readonly ActionTarget[] }) {
  const messages = useMessages().objectActions;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const label = targets.length === 1 ? messages.menu(targets[0]?.object.name ?? '') : messages.menuOfMany(targets.length);
  return (
    <>
      <button
        type="button"
        ref={button}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        data-popup-open={open ? '' : undefined}
        className={buttonStyles.icon}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(!open)}
      >
        <EllipsisVertical />
      </button>
      {open && (
        <Suspense>
          <ObjectMenuPopup anchor={button} opener={button} targets={targets} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

interface Point {
  x: number;
  y: number;
  /** What had the focus, and gets it back. */
  opener: HTMLElement | null;
}

/** The same list on a right click, or the menu key, on whatever shows the objects. */
export function ObjectContextMenu({ targets, children }: { targets: readonly ActionTarget[]; children: ReactNode }) {
  const [at, setAt] = useState<Point | null>(null);
  const onContextMenu = (event: MouseEvent) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const { target, clientX, clientY } = event;
    const byKey = clientX === 0 && clientY === 0;
    const { left, bottom } = byKey && target instanceof Element ? target.getBoundingClientRect() : { left: clientX, bottom: clientY };
    setAt({ x: left, y: bottom, opener });
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens for what is inside, which can be focused where it should be. */}
      <div className="contents" onContextMenu={onContextMenu}>
        {children}
      </div>
      {at !== null && (
        <Suspense>
          <ObjectMenuPopup
            key={`${at.x} ${at.y}`}
            anchor={{ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }}
            opener={{ current: at.opener }}
            targets={targets}
            onClose={() => setAt(null)}
          />
        </Suspense>
      )}
    </>
  );
}
