import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useMessages } from '../messages/language.ts';
import { Button } from './button.tsx';

interface SidePanelProps {
  /** What the panel is about, for who can't see it. */
  label: string;
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Whether the content scrolls as a whole; what has parts that stand still scrolls by itself. */
  scrolls?: boolean;
  onClose(): void;
}

/** The drawer: detail over a list, which stays usable beside it. Takes the focus when it opens and gives it back. */
export function SidePanel({ label, title, actions, children, scrolls = true, onClose }: SidePanelProps) {
  const messages = useMessages().common;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      className="slides-in absolute inset-y-0 right-0 z-30 flex w-full flex-col border-l bg-surface shadow-float outline-none sm:w-[min(44rem,62%)]"
    >
      <header className="flex items-start gap-2 border-b py-2 pr-2 pl-4">
        <div className="min-w-0 grow">{title}</div>
        {actions}
        <Button look="icon" aria-label={messages.close} title={messages.closeKey} onClick={onClose}>
          <X />
        </Button>
      </header>
      {scrolls ? <ScrollingContent label={label}>{children}</ScrollingContent> : <div className="min-h-0 grow">{children}</div>}
    </aside>
  );
}

function ScrollingContent({ label, children }: { label: string; children: ReactNode }) {
  const { contentOf } = useMessages().common;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={contentOf(label)} tabIndex={0} className="min-h-0 grow overflow-auto focus-visible:-outline-offset-2">
      {children}
    </section>
  );
}
