import { useMemo, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { narrow, useMedia } from '../../../ui/use-media.ts';
import type { DockMark } from '../../dock/dock-tab.ts';
import {
  neighbourOf,
  type Pane,
  type PaneLayout,
  type PaneStart,
  panesOf,
  type Split,
  withBorderMoved,
  withoutPane,
  withPane,
  withSplit,
  withSwapped,
} from './pane-layout.ts';
import { type BorderPlace, type Place, placesOf, styleOf } from './pane-places.ts';
import { TerminalPane } from './terminal-pane.tsx';

interface TerminalWorkspaceProps {
  layout: PaneLayout;
  visible: boolean;
  /** Nobody has just asked for it: it takes no focus. */
  restored: boolean;
  onLayout(layout: PaneLayout): void;
  /** Another terminal, beside this tab. */
  onNew(start: PaneStart): void;
  /** The last pane was closed. */
  onEmpty(): void;
  /** What the active pane shows, and how it goes there. */
  onTitle(title: string, mark: DockMark | null): void;
}

/** The panes of a tab. Each keeps its place in the page whatever is split, so that no terminal is made anew. */
export function TerminalWorkspace({ layout, visible, restored, onLayout, onNew, onEmpty, onTitle }: TerminalWorkspaceProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const single = useMedia(narrow);
  const places = useMemo(() => placesOf(single ? { ...layout, zoomed: layout.active } : layout), [layout, single]);
  const panes = panesOf(layout.root);
  const close = (id: string) => {
    const next = withoutPane(layout, id);
    if (next === null) onEmpty();
    else onLayout(next);
  };
  const split = (pane: Pane, cwd: string | null, direction: Split['direction']) => {
    const start = { ...pane.start, ...(cwd === null ? {} : { cwd }) };
    onLayout(withSplit(layout, pane.id, direction, { id: crypto.randomUUID(), session: null, start }));
  };
  return (
    <div className="relative min-h-0 min-w-0 grow overflow-hidden">
      {panes.map((pane) => {
        const place = places.panes.get(pane.id);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: panes change places by dragging one onto the other; the keyboard has the order of the panes.
          <div
            key={pane.id}
            className={place === undefined ? 'hidden' : 'absolute flex flex-col'}
            style={place === undefined ? undefined : styleOf(place)}
            onDragOver={(event) => {
              if (dragged !== null) event.preventDefault();
            }}
            onDrop={() => {
              if (dragged !== null) onLayout(withSwapped(layout, dragged, pane.id));
              setDragged(null);
            }}
          >
            <TerminalPane
              pane={pane}
              active={layout.active === pane.id}
              alone={panes.length === 1}
              zoomed={layout.zoomed === pane.id}
              single={single}
              visible={visible && place !== undefined}
              restored={restored}
              onChange={(change) => onLayout(withPane(layout, pane.id, change))}
              onActive={() => {
                if (layout.active !== pane.id) onLayout({ ...layout, active: pane.id });
              }}
              onSplit={(cwd, direction) => split(pane, cwd, direction)}
              onZoom={() => onLayout({ ...layout, active: pane.id, zoomed: layout.zoomed === null && panes.length > 1 ? pane.id : null })}
              onStep={(steps) => onLayout({ ...layout, zoomed: null, active: neighbourOf(layout, steps) })}
              onClose={() => close(pane.id)}
              onNew={onNew}
              onDrag={(on) => setDragged(on ? pane.id : null)}
              onTitle={onTitle}
            />
          </div>
        );
      })}
      {places.borders.map((border) => (
        <PaneBorder
          key={`${border.path.join('.')}:${border.index}`}
          border={border}
          onMove={(share) => onLayout(withBorderMoved(layout, border.path, border.index, share))}
        />
      ))}
    </div>
  );
}

/** Of the whole split, by a key. */
const step = 0.04;

/** The line between two panes: dragged, or moved with the arrow keys. */
function PaneBorder({ border: { direction, place, extent, share }, onMove }: { border: BorderPlace; onMove(share: number): void }) {
  const label = useMessages().terminal.border;
  const row = direction === 'row';
  const drag = (event: React.PointerEvent<HTMLElement>) => {
    const whole = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || whole === undefined) return;
    const at = row ? ((event.clientX - whole.left) / whole.width) * 100 : ((event.clientY - whole.top) / whole.height) * 100;
    onMove((at - (row ? place.left : place.top)) / extent);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is the separator of two panes.
    <div
      role="separator"
      aria-orientation={row ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={Math.round(share)}
      tabIndex={0}
      className={`absolute z-10 touch-none before:absolute before:bg-line hover:before:bg-accent ${
        row ? '-ml-1 w-2 cursor-col-resize before:inset-y-0 before:left-1 before:w-px' : '-mt-1 h-2 cursor-row-resize before:inset-x-0 before:top-1 before:h-px'
      }`}
      style={lineStyle(row, place)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
        if (steps !== undefined) onMove(steps * step);
      }}
    />
  );
}

function lineStyle(row: boolean, { left, top, width, height }: Place): React.CSSProperties {
  return row ? { left: `${left}%`, top: `${top}%`, height: `${height}%` } : { left: `${left}%`, top: `${top}%`, width: `${width}%` };
}
