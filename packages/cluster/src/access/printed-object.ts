import type { KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';
import { ingestObject, type KindName } from './ingest.ts';

/** The Table API: the server then sends metadata and the cells that kubectl would print, never the whole object. */
export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

const columnSchema = z.object({ name: z.string(), type: z.string().default('string'), priority: z.number().default(0) });
const tableSchema = z.object({
  kind: z.literal('Table'),
  columnDefinitions: z.array(columnSchema).nullish(),
  rows: z.array(z.object({ cells: z.array(z.unknown()), object: z.unknown() })).nullish(),
});

export type PrintedColumn = z.infer<typeof columnSchema>;

/** An object of which there is only its metadata and what the server prints of it. */
export interface PrintedObject extends KubeObject {
  printed: { columns: readonly PrintedColumn[]; cells: readonly unknown[] };
}

export function isPrinted(object: KubeObject): object is PrintedObject {
  return 'printed' in object;
}

/** Reads tables. A watch names the columns in its first event only, so one reader serves one stream. */
export class TableReader {
  private readonly kind: KindName;
  private columns: readonly PrintedColumn[] = [];

  constructor(kind: KindName) {
    this.kind = kind;
  }

  /** Null where the answer is no table: a server that can't print one sends the objects themselves. */
  read(raw: unknown): PrintedObject[] | null {
    const table = tableSchema.safeParse(raw);
    if (!table.success) return null;
    const columns = table.data.columnDefinitions ?? [];
    if (columns.length > 0 && JSON.stringify(columns) !== JSON.stringify(this.columns)) this.columns = columns;
    return (table.data.rows ?? []).flatMap(({ object, cells }) => this.printed(object, cells));
  }

  private printed(raw: unknown, cells: unknown[]): PrintedObject[] {
    const object = ingestObject(raw, this.kind);
    return object === null ? [] : [{ ...object, printed: { columns: this.columns, cells } }];
  }
}
