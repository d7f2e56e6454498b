import { type RefObject, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { onPreferences, usePreferences } from '../../preferences/preferences.ts';
import { type TerminalEvents, TerminalView } from './terminal-view.ts';

/** A terminal in the element, once somebody has seen it; it fits its place, its settings and the theme. */
export function useTerminal(host: RefObject<HTMLElement | null>, label: string, wanted: boolean, events: TerminalEvents): TerminalView | null {
  const [view, setView] = useState<TerminalView | null>(null);
  const messages = useMessages().shells;
  const settings = usePreferences().terminal;
  const latest = useRef({ events, settings, label, messages });
  latest.current = { events, settings, label, messages };
  useEffect(() => {
    if (!wanted || host.current === null) return;
    const { current } = latest;
    const opened = new TerminalView(
      host.current,
      current.settings,
      {
        onInput: (text) => latest.current.events.onInput(text),
        onResize: (columns, rows) => latest.current.events.onResize(columns, rows),
        onFind: () => latest.current.events.onFind(),
      },
      { label: current.label, tooMuchOutput: current.messages.tooMuchOutput, link: (address) => latest.current.messages.link(address) },
    );
    setView(opened);
    return () => {
      setView(null);
      opened.dispose();
    };
  }, [wanted, host]);
  useEffect(() => view?.set(settings), [view, settings]);
  useFitting(view, host);
  return view;
}

function useFitting(view: TerminalView | null, host: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (view === null || host.current === null) return;
    const observer = new ResizeObserver(() => view.fit());
    observer.observe(host.current);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => view.repaint();
    dark.addEventListener('change', repaint);
    const stop = onPreferences(repaint);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', repaint);
      stop();
    };
  }, [view, host]);
}
