import { terminalShellRoutes, toAppError } from '@quarterdeck/contract';
import { type DragEvent, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { currentMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { quoted } from './quoted.ts';

/** Files that are dropped on a shell are put where it is, and their paths at its prompt. */
export function useFileDrop(session: string | null, insert: (text: string) => void) {
  const { api } = useServices();
  const [over, setOver] = useState(false);
  const bringsFiles = ({ dataTransfer }: DragEvent) => session !== null && dataTransfer.types.includes('Files');
  const put = async (id: string, files: readonly File[]) => {
    const messages = currentMessages().terminal;
    const paths: string[] = [];
    for (const file of files) {
      try {
        const options = { signal: new AbortController().signal, onBytes: () => undefined };
        paths.push((await api.upload(terminalShellRoutes.dropIntoTerminal, { id, name: file.name }, file, options)).path);
      } catch (thrown) {
        const { message, hint } = toAppError(thrown);
        notify({ text: messages.notDropped(file.name), detail: [message, hint].join(' ').trim(), state: 'high' });
      }
    }
    if (paths.length > 0) insert(paths.map(quoted).join(' '));
  };
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        setOver(false);
        if (session === null || !bringsFiles(event)) return;
        event.preventDefault();
        void put(session, [...event.dataTransfer.files]);
      },
    },
  };
}
