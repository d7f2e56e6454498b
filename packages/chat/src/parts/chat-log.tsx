import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useChat } from '../chat-context.tsx';

/** Watches which messages are near what is seen. */
type Watch = (element: Element, onNear: (near: boolean) => void) => () => void;
const WatchContext = createContext<Watch | null>(null);

/** Pixels from the end that still count as being there. */
const nearEnd = 48;
/** What is this far outside of what is seen is not drawn. Pixels. */
const margin = '1600px 0px';

/** What scrolls. It stays at the end while somebody is there, and where they are while they read. */
export function ChatLog({ label, children, foot }: { label: string; children: ReactNode; foot?: ReactNode }) {
  const { words } = useChat();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const watch = useWatch(scroller);
  const toEnd = () => {
    following.current = true;
    if (scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (content.current === null) return;
    const stay = () => {
      if (following.current && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
    };
    stay();
    const observer = new ResizeObserver(stay);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    if (scroller.current === null) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    following.current = isAtEnd;
    setAtEnd(isAtEnd);
  };
  return (
    <div className="chat-log">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <div ref={scroller} className="chat-scroll" tabIndex={0} role="log" aria-label={label} aria-live="off" onScroll={onScroll}>
        <div ref={content} className="chat-content">
          <WatchContext value={watch}>{children}</WatchContext>
        </div>
      </div>
      {!atEnd && (
        <button type="button" className="chat-button chat-to-end" onClick={toEnd}>
          ↓ {words.toEnd}
        </button>
      )}
      {foot}
    </div>
  );
}

function useWatch(scroller: { readonly current: HTMLElement | null }): Watch {
  const watching = useRef<{ observer: IntersectionObserver; told: Map<Element, (near: boolean) => void> } | null>(null);
  const [watch] = useState(() => (element: Element, onNear: (near: boolean) => void) => {
    watching.current ??= observe(scroller.current);
    const { observer, told } = watching.current;
    told.set(element, onNear);
    observer.observe(element);
    return () => {
      observer.unobserve(element);
      told.delete(element);
    };
  });
  useEffect(
    () => () => {
      watching.current?.observer.disconnect();
      watching.current = null;
    },
    [],
  );
  return watch;
}

function observe(root: Element | null) {
  const told = new Map<Element, (near: boolean) => void>();
  const observer = new IntersectionObserver((entries) => entries.forEach((entry) => void told.get(entry.target)?.(entry.isIntersecting)), {
    root,
    rootMargin: margin,
  });
  return { observer, told };
}

/** Pixels that a message takes which nobody has seen yet. */
const usualHeight = 160;

/** Drawn while it is near what is seen; else its room is kept. `always`: the last ones, which change. */
export function Nearby({ always, children }: { always: boolean; children: ReactNode }) {
  const watch = useContext(WatchContext);
  const element = useRef<HTMLDivElement>(null);
  const height = useRef(usualHeight);
  const [near, setNear] = useState(always);
  useEffect(() => {
    if (watch === null || element.current === null) return;
    const place = element.current;
    return watch(place, (isNear) => {
      if (!isNear) height.current = place.offsetHeight;
      setNear(isNear);
    });
  }, [watch]);
  const shown = near || always;
  return (
    <div ref={element} className="chat-near" style={shown ? undefined : { height: height.current }}>
      {shown && children}
    </div>
  );
}
