import { useEffect, useState } from 'react';
import { useChat } from '../chat-context.tsx';

/** Says for two seconds that it worked. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const { words } = useChat();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      (thrown: unknown) => console.warn('The clipboard refused the text.', thrown),
    );
  };
  return (
    <button type="button" className="chat-button" data-look="small" onClick={copy}>
      {copied ? words.copied : label}
    </button>
  );
}
