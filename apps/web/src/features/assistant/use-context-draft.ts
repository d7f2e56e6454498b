import type { Attachment } from '@quarterdeck/contract';
import { useCallback, useState } from 'react';
import type { ContextDraft } from './context-panel.tsx';

/** What is in the box, and what of the context was taken out of the next question. */
export function useContextDraft() {
  const [draft, setDraft] = useState<ContextDraft>({ question: '', attachments: [] });
  const [without, setWithout] = useState<ReadonlyMap<string, string>>(new Map());
  const onDraft = useCallback((question: string, attachments: readonly Attachment[]) => setDraft({ question, attachments }), []);
  const onWithout = (id: string, title: string, out: boolean) =>
    setWithout((before) => new Map(out ? [...before, [id, title]] : [...before].filter(([known]) => known !== id)));
  return { draft, without, onDraft, onWithout };
}
