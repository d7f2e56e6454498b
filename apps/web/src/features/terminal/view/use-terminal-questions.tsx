import { type ReactNode, useMemo, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import type { PasteQuestion } from './paste.ts';
import { QuestionBar, QuotedText } from './question-bar.tsx';
import { openAddress } from './terminal-links.ts';
import type { TerminalView } from './terminal-view.ts';

type Question = { kind: 'paste'; paste: PasteQuestion } | { kind: 'leave'; address: string } | { kind: 'clipboard'; text: string };

interface TerminalQuestions {
  onPasteQuestion(paste: PasteQuestion): void;
  onDisguisedLink(address: string): void;
  /** A program wants to put a text on the clipboard. */
  askClipboard(text: string): void;
  /** The bar with the question of now, for below the terminal. */
  bar(view: TerminalView | null): ReactNode;
}

/** What a terminal asks before it does it. */
export function useTerminalQuestions(): TerminalQuestions {
  const [question, setQuestion] = useState<Question | null>(null);
  return useMemo(
    () => ({
      onPasteQuestion: (paste) => setQuestion({ kind: 'paste', paste }),
      onDisguisedLink: (address) => setQuestion({ kind: 'leave', address }),
      askClipboard: (text) => setQuestion({ kind: 'clipboard', text }),
      bar: (view) => question !== null && <TerminalQuestion question={question} view={view} onDone={() => setQuestion(null)} />,
    }),
    [question],
  );
}

function TerminalQuestion({ question, view, onDone }: { question: Question; view: TerminalView | null; onDone(): void }) {
  const messages = useMessages().terminal;
  const done = () => {
    onDone();
    view?.focus();
  };
  const then = (run: () => void) => () => {
    run();
    done();
  };
  if (question.kind === 'paste') {
    const { text, lines, runsAtOnce, cleaned } = question.paste;
    const { title, confirm, ...words } = messages.paste;
    const note = [runsAtOnce ? words.runsAtOnce : '', cleaned ? words.cleaned : ''].filter((part) => part !== '').join(' ');
    return (
      <QuestionBar title={title(lines)} note={note} confirm={confirm} onConfirm={then(() => view?.pasteNow(text))} onRefuse={done}>
        <QuotedText text={text} label={words.text} />
      </QuestionBar>
    );
  }
  if (question.kind === 'leave') {
    const { title, note, confirm } = messages.leave;
    return (
      <QuestionBar title={title} note={note} confirm={confirm} onConfirm={then(() => openAddress(question.address))} onRefuse={done}>
        <QuotedText text={question.address} label={title} />
      </QuestionBar>
    );
  }
  const { title, confirm, refuse } = messages.clipboard;
  const copy = () => {
    navigator.clipboard.writeText(question.text).catch((thrown: unknown) => console.warn('The clipboard refused the text.', thrown));
  };
  return (
    <QuestionBar title={title} note="" confirm={confirm} refuse={refuse} onConfirm={then(copy)} onRefuse={done}>
      <QuotedText text={question.text} label={title} />
    </QuestionBar>
  );
}
