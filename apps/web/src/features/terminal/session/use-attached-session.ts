import { type TerminalBlock, type TerminalEvent, type TerminalSession, terminalShellRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { BlockMarks } from '../blocks/block-marks.ts';
import { terminalClientOf } from '../client/page-client.ts';
import type { TerminalAttachment } from '../client/terminal-attachment.ts';
import type { TerminalSize, TerminalView } from '../view/terminal-view.ts';
import { applyEvent, type SessionState, sessionStateOf, withBlocks } from './session-state.ts';

/** Lines above the screen that are fetched at first: the rest when somebody wants it. */
const firstLines = 1_000;
const allLines = 50_000;
/** Keys that are kept while a shell starts. */
const mostEarly = 1_000;

export interface AttachedSession {
  /** Null while there is no session. */
  state: SessionState | null;
  marks: BlockMarks | null;
  /** Whether output comes and keys go. */
  live: boolean;
  /** Another place of this page shows it. */
  displaced: boolean;
  /** There are older lines than the terminal has. */
  hasMore: boolean;
  /** Whether this page types; else another one does. */
  types: boolean;
  write(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  takeOver(): void;
  /** Shows it here and nowhere else on this page. */
  showHere(): void;
  /** Fetches all lines that are kept. */
  showAll(): void;
  dismissNotice(): void;
  /** A command is told anew. */
  changeBlock(block: TerminalBlock): void;
}

type Change =
  | { type: 'session'; session: TerminalSession | null }
  | { type: 'event'; event: TerminalEvent }
  | { type: 'blocks'; blocks: Parameters<typeof withBlocks>[1] }
  | { type: 'read' };

function reduce(state: SessionState | null, change: Change): SessionState | null {
  if (change.type === 'session') return change.session === null ? null : sessionStateOf(change.session);
  if (state === null) return null;
  if (change.type === 'event') return applyEvent(state, change.event);
  return change.type === 'blocks' ? withBlocks(state, change.blocks) : { ...state, notice: null };
}

/** Shows a session in a view for as long as both stand; over a cut of the connection it goes on where it was. */
export function useAttachedSession(
  view: TerminalView | null,
  session: TerminalSession | null,
  visible: boolean,
  onEvent: (event: TerminalEvent) => void,
): AttachedSession {
  const { api } = useServices();
  const client = terminalClientOf(api);
  const [state, dispatch] = useReducer(reduce, null);
  const [screen, setScreen] = useState({ live: false, displaced: false, hasMore: false });
  const [marks, setMarks] = useState<BlockMarks | null>(null);
  const [wanted, setWanted] = useState({ attempt: 0, lines: firstLines });
  const attachment = useRef<TerminalAttachment | null>(null);
  /** What was typed before there was a shell. */
  const early = useRef<Uint8Array[]>([]);
  const latest = useRef({ onEvent, session, visible });
  latest.current = { onEvent, session, visible };
  const number = session?.number ?? null;
  useEffect(() => {
    dispatch({ type: 'session', session: latest.current.session });
    if (view === null || number === null) return;
    const read = new BlockMarks(view.terminal);
    setMarks(read);
    const change = (part: Partial<typeof screen>) => setScreen((before) => ({ ...before, ...part }));
    const attached = client.attach(number, wanted.lines, {
      onSnapshot(snapshot, shown) {
        read.restart(snapshot.offset);
        change({ hasMore: snapshot.hasMore, displaced: false });
        view.restore(snapshot, () => {
          read.restored();
          shown();
        });
      },
      onOutput(bytes, offset, shown) {
        read.expect(bytes, offset);
        view.write(bytes, () => {
          read.passed(offset + bytes.byteLength);
          shown();
        });
      },
      onEvent(event) {
        dispatch({ type: 'event', event });
        latest.current.onEvent(event);
      },
      onLive: (live) => change({ live }),
      onDisplaced: () => change({ displaced: true, live: false }),
    });
    attachment.current = attached;
    attached.setVisible(latest.current.visible);
    attached.resize(...sidesOf(view.size));
    for (const bytes of early.current.splice(0)) attached.write(bytes);
    return () => {
      attached.detach();
      attachment.current = null;
      read.dispose();
      setScreen({ live: false, displaced: false, hasMore: false });
    };
  }, [client, view, number, wanted]);
  useEffect(() => attachment.current?.setVisible(visible), [visible]);
  useBlocksOf(session, dispatch);
  // A name is told with the list alone.
  const named = useMemo(() => (state === null || session === null ? state : { ...state, session: { ...state.session, name: session.name } }), [state, session]);
  const types = state === null || state.session.writer === null || state.session.writer === client.id;
  const handles = useMemo(
    () => ({
      write(bytes: Uint8Array) {
        if (attachment.current !== null) attachment.current.write(bytes);
        else if (early.current.length < mostEarly) early.current.push(bytes);
      },
      resize: (size: TerminalSize) => attachment.current?.resize(...sidesOf(size)),
      takeOver: () => attachment.current?.takeOver(),
      showHere: () => setWanted(({ attempt, lines }) => ({ attempt: attempt + 1, lines })),
      showAll: () => setWanted(({ attempt }) => ({ attempt: attempt + 1, lines: allLines })),
      dismissNotice: () => dispatch({ type: 'read' }),
      changeBlock: (block: TerminalBlock) => dispatch({ type: 'event', event: { type: 'blockEnded', block } }),
    }),
    [],
  );
  return { state: named, marks, types, ...screen, ...handles };
}

/** What was run before this page came. */
function useBlocksOf(session: TerminalSession | null, dispatch: (change: Change) => void): void {
  const { api } = useServices();
  const id = session?.id ?? '';
  const { data } = useQuery({
    queryKey: ['terminal blocks', id],
    queryFn: ({ signal }) => api.call(terminalShellRoutes.listTerminalBlocks, { id }, { signal }),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => {
    if (data !== undefined) dispatch({ type: 'blocks', blocks: data });
  }, [data, dispatch]);
}

function sidesOf({ columns, rows, pixelWidth, pixelHeight }: TerminalSize): [number, number, number, number] {
  return [columns, rows, pixelWidth, pixelHeight];
}
