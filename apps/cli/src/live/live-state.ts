/** A line of a live display: an object, and how it stands. */
export interface LiveUpdate {
  /** The object, the same for as long as it is the same line. */
  key: string;
  cells: readonly string[];
  gone: boolean;
  /** What the columns are called; in the first update at least. */
  head?: readonly string[];
}

export interface LiveLine extends LiveUpdate {
  /** Epoch milliseconds of its last change. */
  at: number;
}

export interface LiveState {
  title: string;
  head: readonly string[];
  lines: ReadonlyMap<string, LiveLine>;
  /** What is shown while the display is paused. */
  held: ReadonlyMap<string, LiveLine> | null;
  changes: number;
  /** Only lines with this in them. */
  filter: string;
  /** Whether letters go to the filter. */
  typing: boolean;
  /** Lines below the table: a summary, where something was saved. */
  note: readonly string[];
  done: boolean;
}

export type LiveEvent = { type: 'update'; update: LiveUpdate; at: number } | { type: 'key'; key: string } | { type: 'note'; note: readonly string[] };

export function liveState(title: string): LiveState {
  return { title, head: [], lines: new Map(), held: null, changes: 0, filter: '', typing: false, note: [], done: false };
}

export function reduce(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'update':
      return {
        ...state,
        head: event.update.head ?? state.head,
        changes: state.changes + 1,
        lines: new Map(state.lines).set(event.update.key, { ...event.update, at: event.at }),
      };
    case 'note':
      return { ...state, note: event.note };
    case 'key':
      return state.typing ? typed(state, event.key) : pressed(state, event.key);
  }
}

function typed(state: LiveState, key: string): LiveState {
  if (key === '\r' || key === '\n') return { ...state, typing: false };
  if (key === '\u001b') return { ...state, typing: false, filter: '' };
  if (key === '\u007f' || key === '\b') return { ...state, filter: state.filter.slice(0, -1) };
  return /^[ -~]$/.test(key) ? { ...state, filter: state.filter + key } : state;
}

function pressed(state: LiveState, key: string): LiveState {
  switch (key) {
    case '/':
      return { ...state, typing: true, filter: '' };
    case ' ':
      return { ...state, held: state.held === null ? state.lines : null };
    case '\u001b':
      return { ...state, filter: '', note: [] };
    case 'q':
    case '\u0003':
      return { ...state, done: true };
    default:
      return state;
  }
}

/** The lines that are shown, the one that changed last at the place where it was first seen. */
export function shownLines({ lines, held, filter }: LiveState): LiveLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return [...(held ?? lines).values()].filter(({ cells }) => words.every((word) => cells.join(' ').toLowerCase().includes(word)));
}
