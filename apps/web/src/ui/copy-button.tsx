import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../messages/language.ts';
import { Button } from './button.tsx';

/** Says for two seconds that it worked. */
export function useCopy(): { copied: boolean; copy(text: string): void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      (thrown) => console.warn('The clipboard refused the text.', thrown),
    );
  };
  return { copied, copy };
}

/** Copies the whole text, however it is shown. `label` says what: `Copy name`. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { copied: done } = useMessages().common;
  const { copied, copy } = useCopy();
  const says = copied ? done : label;
  return (
    <Button look="icon" aria-label={says} title={says} onClick={() => copy(text)}>
      {copied ? <Check className="text-healthy" /> : <Copy />}
    </Button>
  );
}
