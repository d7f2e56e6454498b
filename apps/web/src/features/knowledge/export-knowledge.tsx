import { knowledgeRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';

/** All of it as JSON lines, for another program or for training. */
export function ExportKnowledge() {
  const messages = useMessages().knowledge;
  const { api } = useServices();
  const scope = useClusterScope();
  const may = useMay('bundle.save');
  const save = useMutation({
    mutationFn: async () => {
      const { body, fileName } = await api.download(knowledgeRoutes.exportKnowledge, scope, AbortSignal.timeout(60_000));
      saveFile(body, fileName);
    },
  });
  if (!may) return null;
  return (
    <>
      <span className="grow" />
      {save.error !== null && <StatusMark state="critical" text={save.error.message} />}
      <Button disabled={save.isPending} onClick={() => save.mutate()}>
        {messages.export}
      </Button>
    </>
  );
}
