import type { CodeProps } from '@quarterdeck/chat';
import { editRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { noChangesIn } from '../actions/approval.ts';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { draftOf } from '../create/draft-of.ts';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { useMay } from '../session/session.tsx';
import { useTerminalInsert } from '../terminal/use-terminal-insert.ts';
import { commandIn, isManifest } from './kind-of-code.ts';

/** What can be done with code in an answer: a command goes to a terminal's prompt, a manifest to its preview. Neither is carried out by this. */
export function CodeActions({ code, language }: CodeProps) {
  const messages = useMessages().assistant;
  const terminal = useTerminalInsert();
  const mayWrite = useMay('resource.write');
  const { selected } = useClusters();
  const command = commandIn(code, language);
  const changeable = mayWrite && selected !== null && noChangesIn(selected) === null;
  return (
    <>
      {command !== null && terminal.available && (
        <button type="button" className="chat-button" data-look="small" onClick={() => terminal.insert(command)}>
          {messages.runInTerminal}
        </button>
      )}
      {changeable && isManifest(code, language) && <PreviewManifest text={code} />}
    </>
  );
}

function PreviewManifest({ text }: { text: string }) {
  const { assistant: messages, create } = useMessages();
  const { api } = useServices();
  const scope = useClusterScope();
  const { preview } = useObjectActions();
  const { namespaces } = useNamespaceScope();
  const namespace = (namespaces.length === 1 ? namespaces[0] : undefined) ?? 'default';
  const check = useMutation({
    mutationFn: () => api.call(editRoutes.checkManifests, { ...scope, text, namespace }),
    onSuccess: (result) => {
      const draft = draftOf(result, new Set(), create);
      const refused = result.documents.find(({ outcome }) => outcome === 'refused');
      if (draft !== null) preview(draft);
      else notify({ text: messages.previewFailed, detail: refused?.problems[0]?.message ?? messages.nothingToApply, state: 'medium' });
    },
    onError: (thrown) => notify({ text: messages.previewFailed, detail: thrown.message, state: 'high' }),
  });
  return (
    <button type="button" className="chat-button" data-look="small" disabled={check.isPending} onClick={() => check.mutate()}>
      {messages.preview}
    </button>
  );
}
