import { useCallback, useEffect, useRef } from 'react';
import { type ActiveTerminal, addActiveTerminal, takeInsertion, touchActiveTerminal } from '../active-terminals.ts';
import type { AttachedSession } from '../session/use-attached-session.ts';
import type { TerminalView } from '../view/terminal-view.ts';

/** How long a new shell has to come to its prompt before a text is put there all the same. Milliseconds. */
const patience = 2_000;

/** Puts texts at the prompt of a pane, for its own parts and for the rest of the page; they are never run. */
export function useInsertion(
  view: TerminalView | null,
  pane: string,
  { state, live, types }: AttachedSession,
  active: boolean,
): { insert(text: string): void } {
  const ready = view !== null && live && types && state?.session.state === 'running' && !state.session.hidden;
  const latest = useRef(ready);
  latest.current = ready;
  const terminal = useRef<ActiveTerminal | null>(null);
  const insert = useCallback((text: string) => view?.paste(text.trimEnd()), [view]);
  useEffect(() => {
    if (view === null) return;
    const added: ActiveTerminal = { ready: () => latest.current && view.isSeen(), insert };
    terminal.current = added;
    return addActiveTerminal(added);
  }, [view, insert]);
  useEffect(() => {
    if (active && terminal.current !== null) touchActiveTerminal(terminal.current);
  }, [active]);
  const atPrompt = ready && state.session.integrated;
  useEffect(() => {
    if (!ready) return;
    const put = () => {
      const text = takeInsertion(pane);
      if (text !== undefined) insert(text);
    };
    const timer = setTimeout(put, atPrompt ? 0 : patience);
    return () => clearTimeout(timer);
  }, [ready, atPrompt, pane, insert]);
  return { insert };
}
