import { type AppError, podRoutes, toAppError } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { saveFile } from '../../ui/save-file.ts';
import { inFolder } from './file-paths.ts';
import type { FileSubject } from './file-subject.ts';
import { placeOf } from './use-files.ts';

export interface Transfer {
  id: string;
  direction: 'up' | 'down';
  name: string;
  /** Bytes so far. */
  bytes: number;
  /** Null where nobody knows before the end. */
  total: number | null;
  /** `asking`: there is a file of this name. */
  state: 'asking' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  error: AppError | null;
}

type Work = (signal: AbortSignal, onBytes: (bytes: number) => void) => Promise<void>;

/** Files on their way, one after the other, as long as the tab stands; each can be cancelled. */
export function useTransfers(cluster: string, subject: FileSubject, onChanged: () => void) {
  const { api } = useServices();
  const { transfers, add, set, begin, cancel, forget } = useQueue();
  const upload = (file: File, exists: boolean) => {
    const place = placeOf(cluster, subject, inFolder(subject.path, file.name));
    const work: Work = async (signal, onBytes) => {
      await api.upload(podRoutes.uploadFile, place, file, { signal, onBytes });
      onChanged();
    };
    const id = add({ direction: 'up', name: file.name, total: file.size, state: exists ? 'asking' : 'waiting' }, work);
    if (!exists) begin(id);
  };
  const download = (name: string, path: string, total: number | null) => {
    const work: Work = async (signal, onBytes) => {
      const { body, fileName } = await api.download(podRoutes.downloadFiles, placeOf(cluster, subject, path), signal, onBytes);
      saveFile(body, fileName);
    };
    begin(add({ direction: 'down', name, total, state: 'waiting' }, work));
  };
  return { transfers, upload, download, overwrite: begin, cancel, forget, skip: (id: string) => set(id, { state: 'cancelled' }) };
}

function useQueue() {
  const [transfers, setTransfers] = useState<readonly Transfer[]>([]);
  const works = useRef(new Map<string, { work: Work; stopping: AbortController }>());
  const last = useRef(Promise.resolve());
  const set = useCallback((id: string, change: Partial<Transfer>) => {
    setTransfers((before) => before.map((transfer) => (transfer.id === id ? { ...transfer, ...change } : transfer)));
  }, []);
  useEffect(() => {
    const { current } = works;
    return () => {
      for (const { stopping } of current.values()) stopping.abort();
    };
  }, []);
  const run = async (id: string) => {
    const found = works.current.get(id);
    if (found === undefined || found.stopping.signal.aborted) return;
    set(id, { state: 'running' });
    try {
      await found.work(found.stopping.signal, (bytes) => set(id, { bytes }));
      set(id, { state: 'done' });
    } catch (thrown) {
      const error = toAppError(thrown);
      set(id, found.stopping.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error });
    }
  };
  return {
    transfers,
    set,
    add(transfer: Omit<Transfer, 'id' | 'bytes' | 'error'>, work: Work): string {
      const id = crypto.randomUUID();
      works.current.set(id, { work, stopping: new AbortController() });
      setTransfers((before) => [...before, { ...transfer, id, bytes: 0, error: null }]);
      return id;
    },
    begin(id: string) {
      set(id, { state: 'waiting', error: null });
      last.current = last.current.then(() => run(id));
    },
    cancel(id: string) {
      works.current.get(id)?.stopping.abort();
      set(id, { state: 'cancelled' });
    },
    /** Takes those that are over off the list. */
    forget: () => setTransfers((before) => before.filter(({ state }) => ['asking', 'waiting', 'running'].includes(state))),
  };
}
