import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';

interface QuestionBarProps {
  title: string;
  note: string;
  confirm: string;
  refuse?: string;
  /** What it is about, as it is. */
  children: ReactNode;
  onConfirm(): void;
  onRefuse(): void;
}

/** A question of a terminal, in its place: Enter agrees, Esc does not. */
export function QuestionBar({ title, note, confirm, refuse, children, onConfirm, onRefuse }: QuestionBarProps) {
  const { common } = useMessages();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-note`}
      className="max-h-[60%] shrink-0 overflow-y-auto border-t bg-canvas px-3 py-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onRefuse();
      }}
    >
      <p id={`${id}-title`} className="font-medium">
        {title}
      </p>
      {children}
      <div className="flex flex-wrap items-center gap-2">
        <p id={`${id}-note`} className="min-w-0 grow text-soft">
          {note}
        </p>
        <Button onClick={onRefuse}>{refuse ?? common.cancel}</Button>
        <Button ref={button} look="primary" onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </div>
  );
}

/** A text as it is, in few lines. */
export function QuotedText({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={label} tabIndex={0} className="my-1.5 max-h-32 overflow-auto rounded border bg-surface p-2">
      <pre className="whitespace-pre-wrap break-all font-mono text-code">{text}</pre>
    </section>
  );
}
