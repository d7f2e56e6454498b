import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';
import { ingestObject, type KindName } from './ingest.ts';

/** Secrets are read as tables: the server then sends name, type and metadata, and never a value. */
export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

const columnSchema = z.object({ name: z.string() });
const tableSchema = z.object({
  kind: z.literal('Table'),
  columnDefinitions: z.array(columnSchema).nullish(),
  rows: z.array(z.object({ cells: z.array(z.unknown()), object: z.unknown() })).nullish(),
});

/** Reads Secrets out of tables. A watch names the columns in its first event only, so one reader serves one stream. */
export class SecretTableReader {
  private readonly kind: KindName;
  private typeColumn = -1;

  constructor(kind: KindName) {
    this.kind = kind;
  }

  /** Null where the answer is no table: a server that can't print one sends the objects themselves. */
  read(raw: unknown): KubeObject[] | null {
    const table = tableSchema.safeParse(raw);
    if (!table.success) return null;
    const columns = table.data.columnDefinitions ?? [];
    if (columns.length > 0) this.typeColumn = columns.findIndex((column) => column.name === 'Type');
    return (table.data.rows ?? []).flatMap(({ object, cells }) => this.secret(object, cells[this.typeColumn]));
  }

  private secret(raw: unknown, type: unknown): KubeObject[] {
    const object = ingestObject(raw, this.kind);
    if (object === null) return [];
    if (!isKind(object, 'Secret') || typeof type !== 'string') return [object];
    const secret: KindTypes['Secret'] = { ...object, type };
    return [secret];
  }
}
