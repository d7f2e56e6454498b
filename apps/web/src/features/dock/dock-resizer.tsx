import { useMessages } from '../../messages/language.ts';
import { leastHeight, mostHeight } from './dock-state.ts';
import { useDock } from './use-dock.tsx';

const step = 5;

/** The upper edge of the dock: dragged, or moved with the arrow keys. */
export function DockResizer() {
  const { state, setHeight } = useDock();
  const label = useMessages().dock.resize;
  const drag = (event: React.PointerEvent<HTMLElement>) => {
    const frame = event.currentTarget.parentElement?.parentElement;
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || frame == null) return;
    const { bottom, height } = frame.getBoundingClientRect();
    setHeight(((bottom - event.clientY) / height) * 100);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is the separator of two panes.
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={Math.round(state.height)}
      aria-valuemin={leastHeight}
      aria-valuemax={mostHeight}
      tabIndex={0}
      className="absolute inset-x-0 -top-1 z-10 h-2 cursor-row-resize touch-none"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') setHeight(state.height + step);
        if (event.key === 'ArrowDown') setHeight(state.height - step);
      }}
    />
  );
}
