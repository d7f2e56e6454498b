import { assistantRoutes, type TurnEvent, turnFrameSchema } from '@quarterdeck/contract';
import { useCallback } from 'react';
import type { ApiClient } from '../../../api/client.ts';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { usePreferences } from '../../../preferences/preferences.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { useMay } from '../../session/session.tsx';
import type { Suggestion } from './suggestion.ts';

const followed = { ...assistantRoutes.followAnswer, output: turnFrameSchema };
const cursorMark = '# <the cursor is here>';

/** Asks a model for what belongs at a place of a text; null where that was not allowed in the settings. Resolves with null where no model answered. */
export type AskSuggestion = (text: string, position: number, signal: AbortSignal) => Promise<Suggestion | null>;

export function useModelSuggestion(): AskSuggestion | null {
  const { api } = useServices();
  const { cluster } = useClusterScope();
  const { question } = useMessages().editor.suggest;
  const { suggestions, modelSuggestions } = usePreferences().assistance;
  const mayAsk = useMay('ai:chat');
  const ask = useCallback<AskSuggestion>(
    async (text, position, signal) => {
      const marked = `${text.slice(0, position)}${cursorMark}${text.slice(position)}`;
      const answered = await answerTo(api, cluster, { question, text: marked }, signal);
      const insert = answered === null ? null : yamlIn(answered.text);
      return answered === null || insert === null ? null : { from: position, to: position, insert, label: '', by: { model: answered.model } };
    },
    [api, cluster, question],
  );
  return suggestions && modelSuggestions && mayAsk ? ask : null;
}

async function answerTo(api: ApiClient, cluster: string | undefined, { question, text }: { question: string; text: string }, signal: AbortSignal) {
  const place = { page: null, namespace: null, object: null, issueId: null };
  const attachments = [{ type: 'text' as const, name: 'manifest.yaml', form: 'yaml' as const, text }];
  const input = { ...(cluster === undefined ? {} : { cluster }), question, focus: place, attachments };
  const { answer } = await api.call(assistantRoutes.ask, input, { signal });
  const events: TurnEvent[] = [];
  for await (const { event } of api.follow(followed, { id: answer.id }, signal)) events.push(event);
  const finished = events.findLast((event) => event.type === 'finished');
  const model = finished?.type === 'finished' ? finished.model : null;
  return model === null ? null : { model, text: events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('') };
}

/** What stands in its block of code, or all of it where it has none; null where that is nothing. */
function yamlIn(text: string): string | null {
  const block = /```(?:ya?ml)?\n([\s\S]*?)\n?```/.exec(text)?.[1] ?? text;
  return block.trim() === '' ? null : block.trimEnd();
}
