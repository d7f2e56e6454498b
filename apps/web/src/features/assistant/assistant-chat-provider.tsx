import '@quarterdeck/chat/theme.css';
import './assistant-chat.css';
import { type ChatParts, ChatProvider, type Completion, type DraftStore } from '@quarterdeck/chat';
import { resourceRoutes } from '@quarterdeck/contract';
import { type ReactNode, useMemo } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { objectKey } from '../objects/object-key.ts';
import { AnswerFoot } from './answer-foot.tsx';
import { AttachedObject } from './attached-object.tsx';
import { CodeActions } from './code-actions.tsx';
import { CodeColours } from './code-colours.tsx';
import { InlineCode, WordsWithObjects } from './named-objects.tsx';

/** The chat as the workbench uses it: its client, its language, its objects and its gate. */
export function AssistantChatProvider({ children }: { children: ReactNode }) {
  const { api } = useServices();
  const words = useMessages().chat;
  const scope = useClusterScope();
  const { show } = useObjectActions();
  const parts = useMemo<ChatParts>(
    () => ({
      Highlight: CodeColours,
      CodeActions,
      InlineCode,
      Words: WordsWithObjects,
      AttachedObject,
      AnswerFoot,
      onProposal: ({ id }) => show(id),
      complete: async (q, signal) => {
        if (scope.cluster === undefined || q.length < 2) return [];
        const { items } = await api.call(resourceRoutes.searchObjects, { ...scope, q, limit: 8 }, { signal });
        return items.map(completionOf);
      },
    }),
    [api, scope, show],
  );
  return (
    <ChatProvider transport={api} words={words} parts={parts} drafts={drafts}>
      {children}
    </ChatProvider>
  );
}

function completionOf({ object, stateText }: { object: Parameters<typeof objectKey>[0]; stateText: string }): Completion {
  const { kind, namespace, name } = object;
  const label = namespace === null ? name : `${namespace}/${name}`;
  return { id: objectKey(object), label, detail: `${kind} ${stateText}`, attachment: { type: 'object', kind, namespace, name } };
}

const draftKey = (conversation: string) => `quarterdeck.draft.${conversation}`;

/** What was typed belongs to the browser's tab, as shells and what is half created do. */
const drafts: DraftStore = {
  get: (conversation) => sessionStorage.getItem(draftKey(conversation)) ?? '',
  set(conversation, text) {
    if (text === '') sessionStorage.removeItem(draftKey(conversation));
    else if (text.length <= 20_000) sessionStorage.setItem(draftKey(conversation), text);
  },
};
