import type { Attachment } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useChat } from '../chat-context.tsx';
import { useAttachments } from './use-attachments.ts';

/** Characters of a question. */
export const longestQuestion = 20_000;

/** What somebody elsewhere on the page puts into the box. Another object is another wish. */
export interface InputWish {
  question?: string;
  attachments?: readonly Attachment[];
}

interface QuestionOptions {
  /** Whose draft it is; null for a conversation that has not begun. */
  conversation: string | null;
  wish: InputWish | null;
  /** Something keeps it from being sent now. */
  busy: boolean;
  onSend(question: string, attachments: readonly Attachment[]): Promise<boolean>;
}

/** The question that is being written, with what is laid beside it. What could not be sent is there again. */
export function useQuestion({ conversation, wish, busy, onSend }: QuestionOptions) {
  const [text, setText] = useDraft(conversation);
  const added = useAttachments();
  useWish(wish, setText, added.set);
  const tooLong = text.length > longestQuestion;
  const ready = text.trim() !== '' && !tooLong && !busy;
  const send = async () => {
    if (!ready) return;
    const { attachments } = added;
    setText('');
    added.set([]);
    if (await onSend(text, attachments)) return;
    setText(text);
    added.set(attachments);
  };
  return { text, setText, added, tooLong, ready, send };
}

export type WrittenQuestion = ReturnType<typeof useQuestion>;

/** What was typed and not sent, of each conversation. */
function useDraft(conversation: string | null): [string, (text: string) => void] {
  const { drafts } = useChat();
  const key = conversation ?? 'new';
  const [draft, setDraft] = useState({ key, text: drafts.get(key) });
  const text = draft.key === key ? draft.text : drafts.get(key);
  return [
    text,
    (next) => {
      drafts.set(key, next);
      setDraft({ key, text: next });
    },
  ];
}

function useWish(wish: InputWish | null, setText: (text: string) => void, attach: (attachments: readonly Attachment[]) => void): void {
  const taken = useRef<InputWish | null>(null);
  useEffect(() => {
    if (wish === null || wish === taken.current) return;
    taken.current = wish;
    if (wish.question !== undefined) setText(wish.question);
    if (wish.attachments !== undefined) attach(wish.attachments);
  });
}
