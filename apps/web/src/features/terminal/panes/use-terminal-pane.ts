import type { TerminalEvent, TerminalSession } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { onPreferences, usePreferences } from '../../../preferences/preferences.ts';
import type { DockMark } from '../../dock/dock-tab.ts';
import { useBlockActions } from '../blocks/use-block-actions.ts';
import { useBlockPlaces } from '../blocks/use-block-places.ts';
import { terminalClientOf } from '../client/page-client.ts';
import { usePaneLinks } from '../links/use-pane-links.ts';
import { titleOf } from '../session/session-state.ts';
import { type AttachedSession, useAttachedSession } from '../session/use-attached-session.ts';
import { useFollowedCluster } from '../session/use-kube-of-page.ts';
import { useStartedSession } from '../session/use-started-session.ts';
import { useEndTerminal, useTerminals } from '../session/use-terminals.ts';
import type { TerminalKeyActions } from '../view/terminal-keys.ts';
import type { TerminalView } from '../view/terminal-view.ts';
import { useTerminalQuestions } from '../view/use-terminal-questions.tsx';
import { useTerminalView } from '../view/use-terminal-view.ts';
import { zoomTerminals } from '../view/zoom.ts';
import type { Pane, PaneStart, Split } from './pane-layout.ts';
import type { SideName } from './side-names.ts';
import { useInsertion } from './use-insertion.ts';

export interface TerminalPaneProps {
  pane: Pane;
  active: boolean;
  /** There is no other one. */
  alone: boolean;
  zoomed: boolean;
  /** The page has room for one pane alone. */
  single: boolean;
  visible: boolean;
  restored: boolean;
  onChange(change: Partial<Pane>): void;
  onActive(): void;
  onSplit(cwd: string | null, direction: Split['direction']): void;
  onZoom(): void;
  onStep(steps: 1 | -1): void;
  /** Another terminal, beside this tab. */
  onNew(start: PaneStart): void;
  onClose(): void;
  onDrag(dragging: boolean): void;
  onTitle(title: string, mark: DockMark | null): void;
}

/** Everything that a pane does, without how it looks. */
export function useTerminalPane(props: TerminalPaneProps) {
  const { pane, active, visible, restored } = props;
  const host = useRef<HTMLDivElement>(null);
  const open = useOpenParts();
  const sessions = useTerminals();
  const listed = sessions.data?.find(({ id }) => id === pane.session) ?? null;
  const { bar, askClipboard, ...questions } = useTerminalQuestions();
  const messages = useMessages().terminal;
  const { rang, ring } = useBell(active);
  const latest = useRef<{ attached: AttachedSession | null; jump(backwards: boolean): void }>({ attached: null, jump: () => undefined });
  const keys = keysOf(props, open, latest);
  const label = messages.label(listed === null ? messages.terminal : titleOf(listed));
  const events = {
    ...questions,
    keys,
    onInput: (bytes: Uint8Array) => latest.current.attached?.write(bytes),
    onResize: (size: TerminalView['size']) => latest.current.attached?.resize(size),
    onBell: ring,
  };
  const view = useTerminalView(host, { label, wanted: visible || pane.session === null, visible, answers: false }, events);
  const started = useStartedSession(view, pane, (session) => props.onChange({ session: session.id }));
  const attached = useAttachedSession(view, listed, visible, (event: TerminalEvent) => {
    if (event.type === 'clipboard') askClipboard(event.text);
    if (event.type === 'bell') ring();
  });
  const { state, types, marks } = attached;
  const places = useBlockPlaces(view, marks, state?.blocks ?? null);
  latest.current = { attached, jump: places.jump };
  useFollowedCluster(state, types, (thrown) => console.warn('The cluster of a terminal could not be changed.', thrown));
  const { insert } = useInsertion(view, pane.id, attached, active);
  usePaneLinks(view, state, insert);
  const actions = useBlockActions(insert, attached.changeBlock);
  const close = useClose(props, attached, () => open.setClosing(true));
  useThemeOfPrograms(view);
  useSize(view, attached);
  useFocus(view, visible && active, restored);
  useTitle(props, attached, rang);
  return { host, view, sessions, started, attached, places, actions, insert, close, rang, bar, ...open };
}

/** What is open in a pane besides its screen. */
function useOpenParts() {
  const [finding, setFinding] = useState(false);
  const [side, setSide] = useState<SideName | null>(null);
  /** The line that is to be completed. */
  const [completing, setCompleting] = useState<string | null>(null);
  const [closing, setClosing] = useState(false);
  return { finding, setFinding, side, setSide, completing, setCompleting, closing, setClosing };
}

interface LatestParts {
  readonly current: { attached: AttachedSession | null; jump(backwards: boolean): void };
}

function keysOf(props: TerminalPaneProps, open: ReturnType<typeof useOpenParts>, latest: LatestParts): TerminalKeyActions {
  return {
    find: () => open.setFinding(true),
    copy: () => false,
    zoom: zoomTerminals,
    jump: (backwards) => latest.current.jump(backwards),
    complete: () => open.setCompleting(latest.current.attached?.marks?.typed() ?? ''),
    split: (direction) => props.onSplit(latest.current.attached?.state?.session.cwd ?? null, direction),
    maximise: props.onZoom,
    focusPane: props.onStep,
    history: () => open.setSide((before) => (before === 'history' ? null : 'history')),
  };
}

/** A program that rings while nobody types there is marked until somebody looks. */
function useBell(active: boolean): { rang: boolean; ring(): void } {
  const { bell } = usePreferences().terminal;
  const [rang, setRang] = useState(false);
  useEffect(() => {
    if (active) setRang(false);
  }, [active]);
  return { rang, ring: () => setRang(bell && !active) };
}

/** A shell at its prompt ends with its pane; where something runs, it is asked. */
function useClose(props: TerminalPaneProps, { state }: AttachedSession, askFirst: () => void): () => void {
  const end = useEndTerminal();
  return () => {
    const session = state?.session ?? null;
    if (session?.state === 'running' && (session.running !== null || !session.integrated)) return askFirst();
    props.onClose();
    if (session !== null) end.mutate(session.id);
  };
}

/** Programs that ask for the colours of the terminal are told those that it has. */
function useThemeOfPrograms(view: TerminalView | null): void {
  const { api } = useServices();
  useEffect(() => {
    if (view === null) return;
    const tell = () => terminalClientOf(api).setTheme(view.theme);
    tell();
    return onPreferences(tell);
  }, [api, view]);
}

/** Who types decides on the size; whoever looks on has the size of that page, and no keyboard. */
function useSize(view: TerminalView | null, { state, types }: AttachedSession): void {
  const attached = state !== null;
  // While a shell starts, one may type ahead.
  const running = state === null || state.session.state === 'running';
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
