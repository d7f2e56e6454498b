import type { TerminalEvent, TerminalSession } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { usePreferences } from '../../../preferences/preferences.ts';
import type { DockMark } from '../../dock/dock-tab.ts';
import { BlockGutter } from '../blocks/block-gutter.tsx';
import { useBlockActions } from '../blocks/use-block-actions.ts';
import { useBlockPlaces } from '../blocks/use-block-places.ts';
import { CompletionPopup } from '../completion/completion-popup.tsx';
import { usePaneLinks } from '../links/use-pane-links.ts';
import { titleOf } from '../session/session-state.ts';
import { type AttachedSession, useAttachedSession } from '../session/use-attached-session.ts';
import { useFollowedCluster } from '../session/use-kube-of-page.ts';
import { useStartedSession } from '../session/use-started-session.ts';
import { useEndTerminal, useTerminals } from '../session/use-terminals.ts';
import { FindBar } from '../view/find-bar.tsx';
import { TerminalPlace } from '../view/terminal-place.tsx';
import type { TerminalView } from '../view/terminal-view.ts';
import { useTerminalQuestions } from '../view/use-terminal-questions.tsx';
import { useTerminalView } from '../view/use-terminal-view.ts';
import { zoomTerminals } from '../view/zoom.ts';
import { PaneBar } from './pane-bar.tsx';
import type { Pane, Split } from './pane-layout.ts';
import { PaneNotices } from './pane-notices.tsx';
import { PaneSide, type SideName } from './pane-side.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { useInsertion } from './use-insertion.ts';

interface TerminalPaneProps {
  pane: Pane;
  active: boolean;
  /** There is no other one. */
  alone: boolean;
  zoomed: boolean;
  visible: boolean;
  restored: boolean;
  onChange(change: Partial<Pane>): void;
  onActive(): void;
  onSplit(cwd: string | null, direction: Split['direction']): void;
  onZoom(): void;
  onStep(steps: 1 | -1): void;
  onClose(): void;
  onDrag(dragging: boolean): void;
  onTitle(title: string, mark: DockMark | null): void;
}

/** One shell: its bar, its screen with the marks of its commands, and what it asks or tells below it. */
export function TerminalPane(props: TerminalPaneProps) {
  const { pane, active, visible, restored, onChange } = props;
  const host = useRef<HTMLDivElement>(null);
  const [finding, setFinding] = useState(false);
  const [side, setSide] = useState<SideName | null>(null);
  const [completing, setCompleting] = useState<string | null>(null);
  const [closing, setClosing] = useState(false);
  const [rang, setRang] = useState(false);
  const { bell } = usePreferences().terminal;
  const { bar, askClipboard, ...questions } = useTerminalQuestions();
  const messages = useMessages().terminal;
  const sessions = useTerminals();
  const listed = sessions.data?.find(({ id }) => id === pane.session) ?? null;
  const out = useRef<Pick<AttachedSession, 'write' | 'resize' | 'state' | 'marks'>>({ write: () => {}, resize: () => {}, state: null, marks: null });
  const jump = useRef((_backwards: boolean) => {});
  const view = useTerminalView(
    host,
    { label: messages.label(listed === null ? messages.terminal : titleOf(listed)), wanted: visible || pane.session === null, visible, answers: false },
    {
      ...questions,
      onInput: (bytes) => out.current.write(bytes),
      onResize: (size) => out.current.resize(size),
      onBell: () => setRang(bell && !active),
      keys: {
        find: () => setFinding(true),
        copy: () => false,
        zoom: zoomTerminals,
        jump: (backwards) => jump.current(backwards),
        complete: () => setCompleting(out.current.marks?.typed() ?? ''),
        split: (direction) => props.onSplit(out.current.state?.session.cwd ?? null, direction),
        maximise: props.onZoom,
        focusPane: props.onStep,
        history: () => setSide((before) => (before === 'history' ? null : 'history')),
      },
    },
  );
  const onEvent = (event: TerminalEvent) => {
    if (event.type === 'clipboard') askClipboard(event.text);
    if (event.type === 'bell') setRang(bell && !active);
  };
  const started = useStartedSession(view, pane, (session) => onChange({ session: session.id }));
  const attached = useAttachedSession(view, listed, visible, onEvent);
  out.current = attached;
  const { state, types, marks } = attached;
  const places = useBlockPlaces(view, marks, state?.blocks ?? null);
  jump.current = places.jump;
  useFollowedCluster(state, types, (thrown) => console.warn('The cluster of a terminal could not be changed.', thrown));
  const { insert } = useInsertion(view, pane.id, attached, active);
  usePaneLinks(view, state, insert);
  const actions = useBlockActions(insert, attached.changeBlock);
  const end = useEndTerminal();
  /** A shell at its prompt ends with its pane; where something runs, it is asked. */
  const close = () => {
    const session = state?.session ?? null;
    if (session?.state === 'running' && (session.running !== null || !session.integrated)) return setClosing(true);
    props.onClose();
    if (session !== null) end.mutate(session.id);
  };
  const drop = useFileDrop(state?.session.id ?? null, insert);
  useSize(view, attached);
  useFocus(view, visible && active, restored);
  useTitle(props, attached, rang);
  useEffect(() => {
    if (active) setRang(false);
  }, [active]);
  return (
    <div className="flex min-h-0 min-w-0 grow flex-col" onFocusCapture={props.onActive} onPointerDown={props.onActive} {...drop.handlers}>
      <PaneBar
        {...props}
        attached={attached}
        side={side}
        onSide={setSide}
        onFind={() => setFinding(true)}
        rang={rang}
        onDetach={props.onClose}
        onClose={close}
      />
      {finding && view !== null && (
        <FindBar
          onFind={(text, backwards) => view.find(text, backwards)}
          onClose={() => {
            view.endFind();
            setFinding(false);
            view.focus();
          }}
        />
      )}
      <div className="flex min-h-0 grow">
        <div className="relative flex min-h-0 min-w-0 grow flex-col">
          <TerminalPlace host={host} gutter>
            {state !== null && <BlockGutter state={state} places={places} actions={actions} insert={insert} />}
            {completing !== null && view !== null && state !== null && (
              <CompletionPopup
                view={view}
                session={state.session.id}
                line={completing}
                onTake={(keys) => {
                  attached.write(new TextEncoder().encode(keys));
                  setCompleting(null);
                  view.focus();
                }}
                onClose={() => {
                  setCompleting(null);
                  view.focus();
                }}
              />
            )}
            {drop.over && (
              <p className="pointer-events-none absolute inset-2 grid place-items-center rounded border-2 border-accent border-dashed bg-surface/85">
                {messages.dropHere}
              </p>
            )}
          </TerminalPlace>
        </div>
        {side !== null && state !== null && (
          <PaneSide name={side} state={state} places={places} actions={actions} insert={insert} onClose={() => setSide(null)} onName={setSide} />
        )}
      </div>
      {bar(view)}
      <PaneNotices
        pane={pane}
        attached={attached}
        started={started}
        sessions={sessions}
        actions={actions}
        closing={closing}
        insert={insert}
        onChange={onChange}
        onKeep={() => setClosing(false)}
        onDetach={props.onClose}
      />
    </div>
  );
}

/** Who types decides on the size; whoever looks on has the size of that page, and no keyboard. */
function useSize(view: TerminalView | null, { state, types }: AttachedSession): void {
  const attached = state !== null;
  const running = state?.session.state === 'running';
  const columns = types ? null : (state?.session.columns ?? null);
  const rows = types ? null : (state?.session.rows ?? null);
  useEffect(() => view?.setWritable(types && running), [view, types, running]);
  useEffect(() => {
    if (view !== null && attached) view.follow(columns === null || rows === null ? null : { columns, rows });
  }, [view, attached, columns, rows]);
}

function useFocus(view: TerminalView | null, wanted: boolean, restored: boolean): void {
  const first = useRef(restored);
  useEffect(() => {
    if (wanted && !first.current) view?.focus();
    if (wanted && view !== null) first.current = false;
  }, [view, wanted]);
}

/** What the tab is called, and how it goes in the active pane. */
function useTitle({ active, onTitle }: TerminalPaneProps, { state, live }: AttachedSession, rang: boolean): void {
  const messages = useMessages().terminal;
  const latest = useRef(onTitle);
  latest.current = onTitle;
  const title = state === null ? '' : titleOf(state.session);
  const mark = state === null ? null : markOf(state.session, live, rang);
  useEffect(() => {
    if (active && title !== '') latest.current(title, mark === null ? null : { state: mark.state, text: messages[mark.word] });
  }, [active, title, mark, messages]);
}

const marks = {
  over: { state: 'scaledToZero', word: 'over' },
  connecting: { state: 'pending', word: 'connecting' },
  rang: { state: 'medium', word: 'rang' },
  running: { state: 'pending', word: 'running' },
} as const;

function markOf({ state, running }: TerminalSession, live: boolean, rang: boolean): (typeof marks)[keyof typeof marks] | null {
  if (state !== 'running') return marks.over;
  if (!live) return marks.connecting;
  if (rang) return marks.rang;
  return running === null ? null : marks.running;
}
