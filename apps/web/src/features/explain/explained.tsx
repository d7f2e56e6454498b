import type { ExplainedAs, ObjectRef } from '@quarterdeck/contract';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';

const load = () => import('./explanation-panel.tsx');
const ExplanationPanel = lazy(load);

export interface ExplainedWord {
  as: ExplainedAs;
  /** As Kubernetes or the program writes it. */
  what: string;
  /** Where it stands: what the assistant is told of when it is asked. */
  object?: ObjectRef | undefined;
  /** More of the text around it: the message of a condition, of an event. */
  text?: string | undefined;
}

interface ExplainedProps extends ExplainedWord {
  children: ReactNode;
}

/** Until a pointer that rests on a word opens what is known of it, and until that closes when it has left. Milliseconds. */
const resting = 450;
const leaving = 250;

/** A word that says what it means: by a pointer that rests on it, by a press, or by Enter where it has the focus. */
export function Explained(props: ExplainedProps) {
  const { assistance } = usePreferences();
  return assistance.explain && props.what.trim() !== '' ? <ExplainedButton {...props} /> : props.children;
}

function ExplainedButton({ children, ...word }: ExplainedProps) {
  const { means } = useMessages().explain;
  const button = useRef<HTMLButtonElement>(null);
  const { open, set, after } = useOpening();
  return (
    <>
      <button
        type="button"
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open !== null}
        title={means(word.what.slice(0, 80))}
        className="min-w-0 max-w-full cursor-help rounded-sm text-left decoration-dotted decoration-soft underline-offset-3 hover:underline focus-visible:underline"
        onFocus={load}
        onPointerEnter={({ pointerType }) => {
          void load();
          if (pointerType === 'mouse' && open === null) after(resting, 'hover');
        }}
        onPointerLeave={() => after(leaving, open === 'press' ? 'press' : null)}
        onClick={(event) => {
          event.stopPropagation();
          set(open === 'press' ? null : 'press');
        }}
      >
        {children}
      </button>
      {open !== null && (
        <Suspense>
          <ExplanationPanel
            anchor={button}
            word={word}
            held={open === 'press'}
            onHold={() => set('press')}
            onEnter={() => after(0, open)}
            onLeave={() => after(leaving, open === 'press' ? 'press' : null)}
            onClose={() => set(null)}
          />
        </Suspense>
      )}
    </>
  );
}

type Opened = 'hover' | 'press' | null;

/** Opened by a pointer, it goes with the pointer; opened by a press, it stays until it is closed. */
function useOpening() {
  const [open, setOpen] = useState<Opened>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (next: Opened) => {
    clearTimeout(timer.current);
    setOpen(next);
  };
  const after = (ms: number, next: Opened) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  return { open, set, after };
}
