import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Completion } from '../chat-context.tsx';
import { type Mention, mentionAt, withMention } from './mention.ts';
import { useCompletions } from './use-completions.ts';
import type { WrittenQuestion } from './use-question.ts';

/** The `@` that is being typed, what could be meant by it, and its keys. */
export function useMention(box: RefObject<HTMLTextAreaElement | null>, { text, setText, added }: WrittenQuestion) {
  const [mention, setMention] = useState<Mention | null>(null);
  const completions = useCompletions(mention);
  const leave = () => setMention(null);
  const take = ({ attachment, label }: Completion) => {
    if (mention === null) return;
    const next = withMention(text, mention, label);
    setText(next.text);
    leave();
    added.add([attachment]);
    requestAnimationFrame(() => box.current?.setSelectionRange(next.cursor, next.cursor));
  };
  return {
    /** Whether there is a list. */
    open: mention !== null && mention.typed !== '',
    completions,
    take,
    leave,
    read: (typed: string, cursor: number) => setMention(mentionAt(typed, cursor)),
    /** Whether the key was for the list. */
    takesKey: ({ key }: KeyboardEvent) => mention !== null && completionKey(key, completions, take, leave),
  };
}

function completionKey(key: string, { items, at, move }: ReturnType<typeof useCompletions>, take: (item: Completion) => void, leave: () => void): boolean {
  const item = items[at];
  if (key === 'Escape') leave();
  else if (item === undefined) return false;
  else if (key === 'ArrowDown') move(1);
  else if (key === 'ArrowUp') move(-1);
  else if (key === 'Enter' || key === 'Tab') take(item);
  else return false;
  return true;
}
