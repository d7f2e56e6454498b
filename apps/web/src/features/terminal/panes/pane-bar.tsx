import type { TerminalSession } from '@quarterdeck/contract';
import { Columns2, History, ListTree, Lock, Maximize2, Minimize2, PanelsTopLeft, Rows2, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { titleOf } from '../session/session-state.ts';
import type { AttachedSession } from '../session/use-attached-session.ts';
import { TerminalMenu } from '../view/terminal-menu.tsx';
import { KubeChip } from './kube-chip.tsx';
import type { PaneStart, Split } from './pane-layout.ts';
import { PaneMenu } from './pane-menu.tsx';
import type { SideName } from './side-names.ts';

interface PaneBarProps {
  attached: AttachedSession;
  active: boolean;
  alone: boolean;
  zoomed: boolean;
  /** The page has room for one pane alone. */
  single: boolean;
  rang: boolean;
  side: SideName | null;
  onSide(name: SideName | null): void;
  onFind(): void;
  onSplit(cwd: string | null, direction: Split['direction']): void;
  onZoom(): void;
  onStep(steps: 1 | -1): void;
  onNew(start: PaneStart): void;
  /** Takes the pane away; the shell goes on. */
  onDetach(): void;
  /** Takes the pane away, and the shell with it where nothing runs. */
  onClose(): void;
  onDrag(dragging: boolean): void;
}

/** What the shell is and where it is; what can be done with its pane. */
export function PaneBar(props: PaneBarProps) {
  const { attached, active, alone, zoomed, side, onSide } = props;
  const messages = useMessages().terminal;
  const session = attached.state?.session ?? null;
  const split = (direction: Split['direction']) => () => props.onSplit(session?.cwd ?? null, direction);
  const toggle = (name: SideName) => () => onSide(side === name ? null : name);
  return (
    <div className={`flex h-8 shrink-0 items-center gap-1 border-b pr-1 pl-2 ${active && !alone ? 'bg-selected' : 'bg-canvas'}`}>
      <PaneTitle {...props} session={session} />
      <span className="grow" />
      <BarButton label={messages.find} keys="Ctrl+Shift+F" wide onClick={props.onFind}>
        <Search />
      </BarButton>
      {session !== null && (
        <>
          <BarButton label={messages.sides.commands} pressed={side === 'commands'} wide onClick={toggle('commands')}>
            <ListTree />
          </BarButton>
          <BarButton label={messages.sides.history} keys="Ctrl+Shift+H" pressed={side === 'history'} wide onClick={toggle('history')}>
            <History />
          </BarButton>
        </>
      )}
      <BarButton label={messages.splitRight} keys="Ctrl+Shift+D" wide onClick={split('row')}>
        <Columns2 />
      </BarButton>
      <BarButton label={messages.splitDown} keys="Ctrl+Shift+E" wide onClick={split('column')}>
        <Rows2 />
      </BarButton>
      {!alone && props.single && (
        <BarButton label={messages.nextPane} keys="Ctrl+Shift+→" onClick={() => props.onStep(1)}>
          <PanelsTopLeft />
        </BarButton>
      )}
      {!alone && !props.single && (
        <BarButton label={zoomed ? messages.unzoom : messages.zoom} keys="Ctrl+Shift+Z" onClick={props.onZoom}>
          {zoomed ? <Minimize2 /> : <Maximize2 />}
        </BarButton>
      )}
      <TerminalMenu />
      <PaneMenu attached={attached} onFind={props.onFind} onSplit={split} onSide={onSide} onNew={props.onNew} onDetach={props.onDetach} />
      <BarButton label={messages.closePane} onClick={props.onClose}>
        <X />
      </BarButton>
    </div>
  );
}

/** By it, a pane is dragged to the place of another one. */
function PaneTitle({ session, alone, rang, onDrag }: PaneBarProps & { session: TerminalSession | null }) {
  const messages = useMessages().terminal;
  const cwd = session?.cwd ?? null;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a handle for the mouse; the keyboard has the order of the panes. */}
      <span
        draggable={!alone}
        onDragStart={() => onDrag(true)}
        onDragEnd={() => onDrag(false)}
        className={`flex min-w-0 shrink items-center gap-1.5 ${alone ? '' : 'cursor-grab'}`}
        title={cwd ?? undefined}
      >
        {rang && <StatusMark state="medium" text={messages.rang} compact />}
        <span className="truncate text-xs">{session === null ? messages.terminal : titleOf(session)}</span>
        {cwd !== null && <span className="hidden min-w-0 truncate text-soft text-xs @xl:inline">{cwd}</span>}
      </span>
      {session?.hidden === true && (
        <span className="flex shrink-0 items-center gap-1 text-high text-xs">
          <Lock aria-hidden="true" className="size-3.5" />
          {messages.hidden}
        </span>
      )}
      {session?.kube != null && <KubeChip session={session} kube={session.kube} />}
      {session !== null && session.viewers > 1 && <span className="hidden shrink-0 text-soft text-xs @md:inline">{messages.viewers(session.viewers)}</span>}
    </>
  );
}

interface BarButtonProps {
  label: string;
  keys?: string;
  pressed?: boolean;
  /** Left out where the page is narrow: it is in the menu as well. */
  wide?: boolean;
  onClick(): void;
  children: ReactNode;
}

function BarButton({ label, keys, pressed, wide = false, onClick, children }: BarButtonProps) {
  return (
    <Button
      look="icon"
      aria-label={label}
      aria-pressed={pressed}
      title={keys === undefined ? label : `${label} (${keys})`}
      className={`${pressed === true ? 'bg-hover' : ''} ${wide ? '@max-xl:hidden' : ''}`}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
