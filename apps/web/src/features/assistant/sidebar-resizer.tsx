import { useMessages } from '../../messages/language.ts';
import { leastWidth, mostWidth } from './sidebar-width.ts';

const step = 20;

/** The edge between the page and the assistant: dragged, or moved with the arrow keys. */
export function SidebarResizer({ width, onWidth }: { width: number; onWidth(width: number): void }) {
  const label = useMessages().assistant.resize;
  const drag = (event: React.PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onWidth((event.currentTarget.parentElement?.getBoundingClientRect().right ?? window.innerWidth) - event.clientX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is the separator of two panes.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={leastWidth}
      aria-valuemax={mostWidth}
      tabIndex={0}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onWidth(width + step);
        if (event.key === 'ArrowRight') onWidth(width - step);
      }}
    />
  );
}
