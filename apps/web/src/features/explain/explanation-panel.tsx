import type { RefObject } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import FloatingPanel from '../../ui/floating-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { aboutWord } from '../ask-about/ask-about.ts';
import { ask } from '../assistant/use-ask.ts';
import { useMay } from '../session/session.tsx';
import type { ExplainedWord } from './explained.tsx';
import { ModelWords } from './model-words.tsx';
import { useExplanation } from './use-explanation.ts';

interface ExplanationPanelProps {
  anchor: RefObject<HTMLElement | null>;
  word: ExplainedWord;
  /** Opened by a press: it takes the focus and gives it back. */
  held: boolean;
  onHold(): void;
  onEnter(): void;
  onLeave(): void;
  onClose(): void;
}

/** What the engine knows of a word at once, and a model's words where one asks for them. */
export default function ExplanationPanel({ anchor, word, held, onHold, onEnter, onLeave, onClose }: ExplanationPanelProps) {
  const { means } = useMessages().explain;
  return (
    <FloatingPanel
      anchor={anchor}
      label={means(word.what.slice(0, 80))}
      className="flex max-h-[60vh] w-[min(26rem,92vw)] flex-col gap-2 overflow-y-auto p-3 text-sm"
      onClose={onClose}
      initialFocus={held}
      finalFocus={held ? anchor : false}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      onPointerDown={onHold}
    >
      <EngineWords word={word} />
      <Asking word={word} onClose={onClose} />
    </FloatingPanel>
  );
}

function EngineWords({ word }: { word: ExplainedWord }) {
  const words = useMessages().explain;
  const { data, error, refetch } = useExplanation(word);
  if (error !== null) return <ErrorNotice what={words.notRead} error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <SkeletonLines widths={['40%', '92%', '80%', '86%']} />;
  const { explanation } = data;
  if (explanation === null) return <p className="text-soft">{words.unknown}</p>;
  const { title, meaning, usually, look } = explanation;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{title}</p>
      <p className="break-words">{meaning}</p>
      {usually !== null && <Line label={words.usually} text={usually} />}
      {look !== null && <Line label={words.look} text={look} />}
      <p className="text-soft text-xs">{words.byEngine}</p>
    </div>
  );
}

function Line({ label, text }: { label: string; text: string }) {
  return (
    <p className="break-words">
      <span className="text-soft">{label}: </span>
      {text}
    </p>
  );
}

function Asking({ word, onClose }: { word: ExplainedWord; onClose(): void }) {
  const { askAbout, explain } = useMessages();
  const mayAsk = useMay('ai:chat');
  if (!mayAsk) return null;
  const request = aboutWord(word.what, word, askAbout);
  return (
    <ModelWords request={request}>
      <Button
        look="quiet"
        onClick={() => {
          onClose();
          ask(request);
        }}
      >
        {explain.inAssistant}
      </Button>
    </ModelWords>
  );
}
