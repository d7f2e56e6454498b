import { type AppError, assistantRoutes, type TurnEvent, toAppError, turnFrameSchema } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import type { AskRequest } from '../assistant/use-ask.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

interface Words {
  state: 'idle' | 'asking' | 'done';
  text: string;
  /** Who wrote it; null where no model did. */
  model: string | null;
  error: AppError | null;
}

const none: Words = { state: 'idle', text: '', model: null, error: null };
/** Its lines are frames. */
const followed = { ...assistantRoutes.followAnswer, output: turnFrameSchema };

/** A model's answer to one question, as it is written; leaving stops it. */
export function useModelWords({ question = '', focus, attachments = [] }: AskRequest) {
  const { api } = useServices();
  const scope = useClusterScope();
  const [words, setWords] = useState<Words>(none);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const start = async () => {
    const leaving = new AbortController();
    asking.current = leaving;
    const { signal } = leaving;
    setWords({ ...none, state: 'asking' });
    try {
      const place = { page: null, namespace: null, object: null, issueId: null, ...focus };
      const { answer } = await api.call(assistantRoutes.ask, { ...scope, question, focus: place, attachments: [...attachments] }, { signal });
      // Whoever has left wants to know nothing of how it ended.
      const stopAnswer = () => void api.call(assistantRoutes.stopAnswer, { id: answer.id }).catch(() => null);
      signal.addEventListener('abort', stopAnswer, { once: true });
      for await (const { event } of api.follow(followed, { id: answer.id }, signal)) setWords((before) => after(before, event));
      signal.removeEventListener('abort', stopAnswer);
    } catch (thrown) {
      setWords((before) => (signal.aborted ? { ...before, state: 'done' } : { ...before, state: 'done', error: toAppError(thrown) }));
    }
  };
  return { ...words, start: () => void start(), stop: () => asking.current?.abort() };
}

function after(words: Words, event: TurnEvent): Words {
  if (event.type === 'text') return { ...words, text: words.text + event.text };
  if (event.type !== 'finished') return words;
  const { model, error } = event;
  return { ...words, state: 'done', model, error: error === null ? null : toAppError(new Error(error.message)) };
}
