import type { KindSchema } from '@quarterdeck/contract';

/** The schemas of the kinds that a text speaks of, read as they are needed. */
export interface SchemaSource {
  /** Null for one that is not there (yet). */
  get(apiVersion: string, kind: string): KindSchema | null;
  /** Why a schema is not there; null where it is, or is being read. */
  problem(apiVersion: string, kind: string): Error | null;
  onRead(listener: () => void): () => void;
}

type Known = { schema: KindSchema } | { problem: Error } | 'reading';

/** Asks once for each kind; one that could not be read is asked for again when another text comes. */
export function createSchemaSource(read: (apiVersion: string, kind: string) => Promise<KindSchema>): SchemaSource {
  const known = new Map<string, Known>();
  const listeners = new Set<() => void>();
  const settle = (key: string, value: Known) => {
    known.set(key, value);
    for (const listener of listeners) listener();
  };
  const look = (apiVersion: string, kind: string): Known => {
    const key = `${apiVersion} ${kind}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, 'reading');
    read(apiVersion, kind).then(
      (schema) => settle(key, { schema }),
      (thrown: unknown) => settle(key, { problem: thrown instanceof Error ? thrown : new Error(String(thrown)) }),
    );
    return 'reading';
  };
  return {
    get(apiVersion, kind) {
      const found = look(apiVersion, kind);
      return found !== 'reading' && 'schema' in found ? found.schema : null;
    },
    problem(apiVersion, kind) {
      const found = known.get(`${apiVersion} ${kind}`);
      return found !== undefined && found !== 'reading' && 'problem' in found ? found.problem : null;
    },
    onRead(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
