import { sessionFacts, type TerminalBlock, type TerminalEvent, type TerminalFinding, type TerminalSession } from '@quarterdeck/contract';

/** What a pane knows of the session that it shows, as of now. */
export interface SessionState {
  session: TerminalSession;
  /** In the order of the output; the last ones. */
  blocks: readonly TerminalBlock[];
  findings: readonly TerminalFinding[];
  /** What the server said last; null once it was read. */
  notice: { text: string; hint: string | null } | null;
}

/** More commands than these are found in the history. */
const mostBlocks = 1_000;
const mostFindings = 200;

export function sessionStateOf(session: TerminalSession): SessionState {
  return { session, blocks: [], findings: [], notice: null };
}

export function withBlocks(state: SessionState, blocks: readonly TerminalBlock[]): SessionState {
  const known = new Map(blocks.map((block) => [block.id, block]));
  // What was told since is newer than what was asked for.
  for (const block of state.blocks) known.set(block.id, block);
  return { ...state, blocks: [...known.values()].toSorted((one, other) => one.startOffset - other.startOffset).slice(-mostBlocks) };
}

/** Pure: the state after an event of the session. */
export function applyEvent(state: SessionState, event: TerminalEvent): SessionState {
  const facts = factsOf(event);
  if (facts !== null) return { ...state, session: { ...state.session, ...facts } };
  switch (event.type) {
    case 'blockStarted':
    case 'blockEnded':
      return withBlocks({ ...state, blocks: state.blocks.filter(({ id }) => id !== event.block.id) }, [event.block]);
    case 'finding':
      return { ...state, findings: [...state.findings.filter(({ id }) => id !== event.finding.id), event.finding].slice(-mostFindings) };
    case 'notice':
      return { ...state, notice: { text: event.message, hint: null } };
    case 'failed':
      return { ...state, notice: { text: event.message, hint: event.hint } };
    default:
      return state;
  }
}

/** What an event says of the session itself, or of who looks at it; null for what it does not. */
function factsOf(event: TerminalEvent): Partial<TerminalSession> | null {
  switch (event.type) {
    case 'attached':
      return { columns: event.columns, rows: event.rows, state: event.state, exit: event.exit, writer: event.writer };
    case 'resized':
      return { columns: event.columns, rows: event.rows };
    case 'exited':
      return { state: 'exited', exit: event.exit, running: null, hidden: false };
    case 'writer':
      return { writer: event.client };
    case 'viewers':
      return { viewers: event.count };
    case 'observed':
      return { observed: event.on };
    default:
      return sessionFacts(event);
  }
}

/** What a session is called: by its person, else by what runs in it, else by where it is. */
export function titleOf({ name, running, cwd, shell }: Pick<TerminalSession, 'name' | 'running' | 'cwd' | 'shell'>): string {
  if (name !== '' && name !== shell) return name;
  return running?.split('\n')[0] ?? (cwd === null ? shell : `${shell} ${folderName(cwd)}`);
}

export function folderName(path: string): string {
  return path === '/' ? '/' : (path.split('/').at(-1) ?? path);
}
