import { type ObjectRef, toAppError } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { notify } from '../../../ui/notify.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { type AskedList, readRows } from '../read-rows.ts';
import { csvOf } from './csv.ts';
import { exportObjects, mostObjects, type ObjectFormat } from './export-objects.ts';

/** As many rows as a file may have. */
const mostRows = 200_000;

export interface Export {
  /** How far it is; null while nothing is exported. */
  running: { read: number; of: number } | null;
  rows(ids: readonly string[], total: number): void;
  /** These objects, or those of the list where none are given. */
  objects(format: ObjectFormat, chosen: readonly ObjectRef[], total: number): void;
  cancel(): void;
}

const types = { csv: 'text/csv;charset=utf-8', yaml: 'application/yaml', json: 'application/json' } as const;

/** Writes lists into files. One at a time; leaving the page cancels it. */
export function useExport(list: AskedList): Export {
  const { api } = useServices();
  const messages = useMessages().resources.export;
  const working = useRef<AbortController | null>(null);
  const [running, setRunning] = useState<Export['running']>(null);
  useEffect(() => () => working.current?.abort(), []);
  const save = (text: string, type: keyof typeof types) => saveFile(new Blob([text], { type: types[type] }), fileName(list, type, new Date()));
  const run = async (of: number, write: (signal: AbortSignal, onProgress: (read: number) => void) => Promise<void>) => {
    working.current?.abort();
    const own = new AbortController();
    working.current = own;
    setRunning({ read: 0, of });
    try {
      await write(own.signal, (read) => setRunning({ read, of }));
    } catch (thrown) {
      if (!own.signal.aborted) notify({ state: 'critical', text: messages.failed, detail: toAppError(thrown).message });
    } finally {
      if (working.current === own) setRunning(null);
    }
  };
  return {
    running,
    rows: (ids, total) =>
      void run(total, async (signal, onProgress) => {
        const { rows, columns } = await readRows(api, list, { offset: 0, limit: mostRows }, signal, onProgress);
        save(csvOf(columns, ids, rows), 'csv');
      }),
    objects: (format, chosen, total) =>
      void run(Math.min(mostObjects, chosen.length || total), async (signal, onProgress) => {
        const limit = mostObjects;
        const all = chosen.length > 0 ? chosen : (await readRows(api, list, { offset: 0, limit }, signal)).rows.map(({ object }) => object);
        const { cluster } = list;
        const file = await exportObjects(api, { ...(cluster === undefined ? {} : { cluster }), objects: all.slice(0, limit), format }, signal, onProgress);
        save(file.text, format);
        if (file.failed > 0) notify({ state: 'medium', text: messages.partly(file.written, file.failed) });
      }),
    cancel: () => working.current?.abort(),
  };
}

/** `prod-pods-shop-2026-01-31T12-05.csv`. */
export function fileName({ cluster, kind, namespaces }: Pick<AskedList, 'cluster' | 'kind' | 'namespaces'>, extension: string, at: Date): string {
  const where = namespaces.length === 0 ? [] : namespaces.length === 1 ? namespaces : [`${namespaces.length}-namespaces`];
  const parts = [cluster ?? 'cluster', kind, ...where, at.toISOString().slice(0, 16).replace(':', '-')];
  return `${parts.join('-').replace(/[^\w.-]+/g, '-')}.${extension}`;
}
