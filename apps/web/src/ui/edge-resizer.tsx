interface EdgeResizerProps {
  label: string;
  /** The edge of its parent that it is: the left one is moved sideways, the upper one up and down. */
  edge: 'left' | 'top';
  value: number;
  least: number;
  most: number;
  /** How far an arrow key moves it. */
  step: number;
  /** The value for a pointer there. */
  valueAt(event: React.PointerEvent<HTMLElement>): number | null;
  onChange(value: number): void;
}

const looks = { left: 'inset-y-0 -left-1 w-2 cursor-col-resize', top: 'inset-x-0 -top-1 h-2 cursor-row-resize' };
const keys = { left: ['ArrowLeft', 'ArrowRight'], top: ['ArrowUp', 'ArrowDown'] };

/** The edge between two parts of the page: dragged, or moved with the arrow keys. */
export function EdgeResizer({ label, edge, value, least, most, step, valueAt, onChange }: EdgeResizerProps) {
  const [more, less] = keys[edge];
  const drag = (event: React.PointerEvent<HTMLElement>) => {
    const next = event.currentTarget.hasPointerCapture(event.pointerId) ? valueAt(event) : null;
    if (next !== null) onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is the separator of two panes.
    <div
      role="separator"
      aria-orientation={edge === 'left' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={`absolute z-10 touch-none ${looks[edge]}`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={({ key }) => {
        if (key === more) onChange(value + step);
        if (key === less) onChange(value - step);
      }}
    />
  );
}
