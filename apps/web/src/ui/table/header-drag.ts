import { type PointerEvent, useEffect, useRef, useState } from 'react';

interface HeaderDragOptions {
  onResize?: ((column: string, width: number) => void) | undefined;
  onMove?: ((column: string, before: string | null) => void) | undefined;
}

export interface HeaderDrag {
  startResize(event: PointerEvent, column: string): void;
  startMove(event: PointerEvent, column: string): void;
  /** How the header of a column looks while one is dragged. */
  classesOf(column: string): string;
  /** Whether the click that follows is the end of a drag, and no click. */
  wasDragged(): boolean;
}

/** Where the dragged column would land: in front of another, or last. */
type Landing = { column: string; before: string | null };

/** A press that moves less is a click. Pixels. */
const slack = 5;
const leastWidth = 48;
const mostWidth = 1_200;

/** Headers that are dragged: by their edge to another width, by their name to another place. */
export function useHeaderDrag({ onResize, onMove }: HeaderDragOptions): HeaderDrag {
  const [landing, setLanding] = useState<Landing | null>(null);
  const dragged = useRef(false);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const follow = (event: PointerEvent, onPointerMove: (event: globalThis.PointerEvent) => void, onEnd: () => void) => {
    stop.current();
    const ending = new AbortController();
    const { signal } = ending;
    stop.current = () => ending.abort();
    window.addEventListener('pointermove', onPointerMove, { signal });
    const end = () => {
      ending.abort();
      onEnd();
    };
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', end, { signal });
    event.stopPropagation();
  };
  return {
    startResize(event, column) {
      const header = event.currentTarget.closest('th');
      if (header === null || event.button !== 0) return;
      event.preventDefault();
      const grip = { x: event.clientX, width: header.getBoundingClientRect().width };
      const widthAt = (x: number) => Math.round(Math.min(mostWidth, Math.max(leastWidth, grip.width + x - grip.x)));
      follow(
        event,
        (moved) => onResize?.(column, widthAt(moved.clientX)),
        () => undefined,
      );
    },
    startMove(event, column) {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const from = event.clientX;
      const row = event.currentTarget.closest('tr');
      let last: Landing | null = null;
      dragged.current = false;
      follow(
        event,
        (moved) => {
          if (row === null || (last === null && Math.abs(moved.clientX - from) < slack)) return;
          dragged.current = true;
          last = { column, before: columnBehind(row, moved.clientX) };
          setLanding(last);
        },
        () => {
          if (last !== null && last.before !== column) onMove?.(column, last.before);
          setLanding(null);
        },
      );
    },
    classesOf: (column) => (landing?.before === column ? 'shadow-[inset_2px_0_0_var(--accent)]' : landing?.column === column ? 'opacity-55' : ''),
    wasDragged() {
      const was = dragged.current;
      dragged.current = false;
      return was;
    },
  };
}

/** The column in front of which something dropped at `x` lands; null behind the last. Never in front of the first, which stays. */
function columnBehind(row: Element, x: number): string | null {
  const headers = [...row.querySelectorAll<HTMLElement>('th[data-column]')].slice(1);
  const behind = headers.find((header) => {
    const { left, width } = header.getBoundingClientRect();
    return x < left + width / 2;
  });
  return behind?.dataset.column ?? null;
}
