import { logRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useServices } from '../../app/services.ts';
import { saveFile } from '../../ui/save-file.ts';
import { logRequests } from './log-requests.ts';
import type { LogSubject } from './log-subject.ts';

export type ExportForm = 'text' | 'jsonl';

/** Downloads all that the subject's filters let through, as the server reads it: one file a stream. */
export function useLogExport(subject: LogSubject, cluster: string) {
  const { api } = useServices();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const mutation = useMutation({
    mutationFn: async (form: ExportForm) => {
      const calling = new AbortController();
      running.current = calling;
      for (const { type: _type, follow: _follow, filter, previous, ...request } of logRequests(subject, cluster)) {
        const { include = [], exclude = [], before, after } = filter ?? {};
        const patterns = {
          ...(include.length === 0 ? {} : { include: include.join('\n') }),
          ...(exclude.length === 0 ? {} : { exclude: exclude.join('\n') }),
        };
        const input = { ...request, ...patterns, before, after, previous: previous === true ? ('true' as const) : ('false' as const), form };
        const { body, fileName } = await api.download(logRoutes.exportLogs, input, calling.signal);
        saveFile(body, fileName);
      }
    },
  });
  return { start: mutation.mutate, pending: mutation.isPending, error: mutation.error, cancel: () => running.current?.abort() };
}
