import { memo } from 'react';
import { useChat } from '../chat-context.tsx';
import { CopyText } from './copy-text.tsx';

interface ChatCodeProps {
  code: string;
  language: string;
  /** Whether its end has come; until then there is nothing to be done with it. */
  closed: boolean;
}

/** A block of code: its language, a way to copy it, and what the host can do with it. */
export const ChatCode = memo(function ChatCode({ code, language, closed }: ChatCodeProps) {
  const { words, parts } = useChat();
  const { Highlight, CodeActions } = parts;
  return (
    <figure className="chat-code">
      <figcaption className="chat-code-head">
        <span className="chat-soft">{language === '' ? words.code : language}</span>
        <span className="chat-code-actions">
          {closed && CodeActions !== undefined && <CodeActions code={code} language={language} />}
          <CopyText text={code} label={words.copy} />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <section tabIndex={0} aria-label={language === '' ? words.code : language} className="chat-code-text">
        <pre>
          <code>{Highlight === undefined || !closed ? code : <Highlight code={code} language={language} />}</code>
        </pre>
      </section>
    </figure>
  );
});
