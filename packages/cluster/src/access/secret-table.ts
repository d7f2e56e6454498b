import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import type { KindName } from './ingest.ts';
import { type PrintedObject, TableReader } from './printed-object.ts';

/** Secrets are read as tables: the server then sends name, type and metadata, and never a value. */
export class SecretTableReader {
  private readonly reader: TableReader;

  constructor(kind: KindName) {
    this.reader = new TableReader(kind);
  }

  /** Null where the answer is no table. */
  read(raw: unknown): KubeObject[] | null {
    return this.reader.read(raw)?.map(secretOf) ?? null;
  }
}

function secretOf({ printed: { columns, cells }, ...object }: PrintedObject): KubeObject {
  const type = cells[columns.findIndex((column) => column.name === 'Type')];
  if (!isKind(object, 'Secret') || typeof type !== 'string') return object;
  const secret: KindTypes['Secret'] = { ...object, type };
  return secret;
}
