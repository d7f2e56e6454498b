import type { JsonPath } from '@quarterdeck/cluster';
import { valuesAt } from '@quarterdeck/cluster';
import * as z from 'zod';
import { alignedColumns } from '../print/aligned-columns.ts';
import { isRecord } from '../print/kube-text.ts';
import { qualifiedKind, type ResourceType } from './resource-type.ts';

export const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

const tableSchema = z.object({
  kind: z.literal('Table'),
  columnDefinitions: z.array(z.object({ name: z.string(), priority: z.number().default(0) })).nullish(),
  rows: z.array(z.object({ cells: z.array(z.unknown()), object: z.unknown() })).nullish(),
});

export interface TableRow {
  cells: readonly unknown[];
  /** The object, or its metadata alone. */
  object: unknown;
}

/** What the server prints of objects of one kind. */
export interface ServerTable {
  type: ResourceType;
  columns: readonly { name: string; priority: number }[];
  rows: readonly TableRow[];
}

/** Pages of one table together; a server that prints none has its objects named. */
export function tableOf(type: ResourceType, answers: readonly unknown[]): ServerTable {
  const parts = answers.map((answer) => tableSchema.safeParse(answer).data ?? named(answer));
  const columns = parts.find((part) => (part.columnDefinitions ?? []).length > 0)?.columnDefinitions ?? [];
  return { type, columns, rows: parts.flatMap((part) => part.rows ?? []) };
}

function named(answer: unknown): z.infer<typeof tableSchema> {
  const objects: unknown[] = isRecord(answer) && Array.isArray(answer.items) ? answer.items : [answer];
  const cells = (object: unknown) => [metadataOf(object).name, metadataOf(object).creationTimestamp ?? ''];
  return {
    kind: 'Table',
    columnDefinitions: ['Name', 'Created At'].map((name) => ({ name, priority: 0 })),
    rows: objects.map((object) => ({ cells: cells(object), object })),
  };
}

export interface TableForm {
  wide: boolean;
  headers: boolean;
  namespaces: boolean;
  /** The kind in front of each name. */
  kinds: boolean;
  showLabels: boolean;
  labelColumns: readonly string[];
}

export function sortRows(table: ServerTable, path: JsonPath): ServerTable {
  const keyed = table.rows.map((row) => ({ row, key: valuesAt(path, row.object)[0] }));
  return { ...table, rows: keyed.toSorted((a, b) => compare(a.key, b.key)).map(({ row }) => row) };
}

/** What is not there comes first; numbers, quantities and names of numbers as people order them. */
export function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one === other ? 0 : 1;
}

/** The lines of a table; `widths` of nothing else than its own cells. */
export function tableText(table: ServerTable, form: TableForm): string {
  const rows = table.rows.map((row) => rowCells(table, row, form));
  return alignedColumns(form.headers ? [headCells(table, form), ...rows] : rows);
}

export function headCells({ columns, type }: ServerTable, form: TableForm): string[] {
  const shown = columns.filter(({ priority }) => form.wide || priority === 0);
  return [
    ...(form.namespaces && type.namespaced ? ['NAMESPACE'] : []),
    ...shown.map(({ name }) => name.toUpperCase()),
    ...form.labelColumns.map((key) => (key.split('/').at(-1) ?? key).toUpperCase()),
    ...(form.showLabels ? ['LABELS'] : []),
  ];
}

export function rowCells({ columns, type }: ServerTable, { cells, object }: TableRow, form: TableForm): string[] {
  const { namespace, labels } = metadataOf(object);
  const label = isRecord(labels) ? labels : {};
  const shown = cells.flatMap((cell, index) => (form.wide || (columns[index]?.priority ?? 0) === 0 ? [cellText(cell)] : []));
  const [name = '', ...others] = shown;
  return [
    ...(form.namespaces && type.namespaced ? [String(namespace ?? '')] : []),
    form.kinds ? `${qualifiedKind(type)}/${name}` : name,
    ...others,
    ...form.labelColumns.map((key) => String(label[key] ?? '<none>')),
    ...(form.showLabels ? [labelText(label)] : []),
  ];
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '<none>';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function labelText(labels: Record<string, unknown>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? '<none>' : pairs.map(([key, value]) => `${key}=${String(value)}`).join(',');
}

export function metadataOf(object: unknown): Record<string, unknown> {
  return isRecord(object) && isRecord(object.metadata) ? object.metadata : {};
}
