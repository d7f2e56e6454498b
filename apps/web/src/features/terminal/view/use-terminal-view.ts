import { type RefObject, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { onPreferences, usePreferences } from '../../../preferences/preferences.ts';
import { type TerminalEvents, TerminalView } from './terminal-view.ts';

interface TerminalViewOptions {
  /** What the terminal is called to who can't see it. */
  label: string;
  /** It is made once somebody wants to see it, and stays. */
  wanted: boolean;
  /** Whether it is seen now. */
  visible: boolean;
  /** Whether programs that ask what the terminal is are answered here. */
  answers: boolean;
}

/** A terminal in the element; it fits its place, its settings and the theme. */
export function useTerminalView(
  host: RefObject<HTMLElement | null>,
  { label, wanted, visible, answers }: TerminalViewOptions,
  events: TerminalEvents,
): TerminalView | null {
  const [view, setView] = useState<TerminalView | null>(null);
  const messages = useMessages().terminal;
  const settings = usePreferences().terminal;
  const latest = useRef({ events, settings, label, messages });
  latest.current = { events, settings, label, messages };
  useEffect(() => {
    if (!wanted || host.current === null) return;
    const { current } = latest;
    const words = { label: current.label, tooMuchOutput: current.messages.tooMuchOutput, link: (address: string) => latest.current.messages.link(address) };
    const opened = new TerminalView(host.current, current.settings, answers, forwarded(latest), words);
    setView(opened);
    return () => {
      setView(null);
      opened.dispose();
    };
  }, [wanted, host, answers]);
  useEffect(() => view?.set(settings), [view, settings]);
  useEffect(() => view?.show(visible), [view, visible]);
  useFitting(view, host);
  return view;
}

/** The events of the moment: the terminal outlives the render that made it. */
function forwarded(latest: { readonly current: { events: TerminalEvents } }): TerminalEvents {
  const now = () => latest.current.events;
  const { keys } = now();
  return {
    onInput: (bytes) => now().onInput(bytes),
    onResize: (size) => now().onResize(size),
    onPasteQuestion: (question) => now().onPasteQuestion(question),
    onDisguisedLink: (address) => now().onDisguisedLink(address),
    onBell: () => now().onBell(),
    keys: {
      find: () => now().keys.find(),
      copy: () => false,
      zoom: (step) => now().keys.zoom(step),
      ...(keys.jump && { jump: (backwards) => now().keys.jump?.(backwards) }),
      ...(keys.complete && { complete: () => now().keys.complete?.() }),
      ...(keys.split && { split: (direction) => now().keys.split?.(direction) }),
      ...(keys.maximise && { maximise: () => now().keys.maximise?.() }),
      ...(keys.focusPane && { focusPane: (step) => now().keys.focusPane?.(step) }),
      ...(keys.history && { history: () => now().keys.history?.() }),
    },
  };
}

/** How long a place has to stand still before the terminal takes its size: a program draws anew each time. Milliseconds. */
const settled = 80;

function useFitting(view: TerminalView | null, host: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (view === null || host.current === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => view.fit(), settled);
    });
    observer.observe(host.current);
    void document.fonts.ready.then(() => view.fit());
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => view.repaint();
    dark.addEventListener('change', repaint);
    const stop = onPreferences(repaint);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      dark.removeEventListener('change', repaint);
      stop();
    };
  }, [view, host]);
}
