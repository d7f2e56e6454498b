import { type ClusterAccess, kindFor, listAll, listRows } from '@quarterdeck/cluster';
import { type Cell, type Column, type Row, refKey, refOf } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { ageSince } from '../output/kube-age.ts';
import { alignedColumns } from '../print/aligned-columns.ts';
import type { ObjectPrinter } from '../print/printer.ts';
import type { ResourceQuery } from './resource-query.ts';
import { withoutValues } from './secret-values.ts';

export interface RowsChoice {
  namespace: string | null;
  selector?: string | undefined;
  fieldSelector?: string | undefined;
  where?: string | undefined;
  order?: string | undefined;
  limit?: number | undefined;
  wide: boolean;
  noHeaders: boolean;
}

interface Reading {
  access: ClusterAccess;
  /** Null: a table. */
  print: ObjectPrinter | null;
  context: CommandContext;
}

/** Prints the rows of the workbench that match: what restarts, what fails, what is old. @returns the exit code */
export async function getRows(queries: readonly ResourceQuery[], choice: RowsChoice, { access, print, context }: Reading): Promise<number> {
  const texts: string[] = [];
  for (const { type } of queries) {
    const { columns, rows, objects } = await matching(access, type, choice, context);
    if (rows.length > 0) texts.push(print === null ? rowTable(columns, rows, choice, context.now()) : print(objects, true));
  }
  context.out.write(texts.join('\n'));
  if (texts.length === 0) context.err.write('Nothing matches.\n');
  return 0;
}

/** Selectors are the server's, conditions and order those of the rows. */
async function matching(access: ClusterAccess, type: ResourceQuery['type'], choice: RowsChoice, { signal, now }: CommandContext) {
  const kind = kindFor(await access.kinds(signal), type);
  const namespace = kind.namespaced ? choice.namespace : null;
  const { selector, fieldSelector, where = '', order = '', limit } = choice;
  const selected = { ...(selector === undefined ? {} : { labelSelector: selector }), ...(fieldSelector === undefined ? {} : { fieldSelector }) };
  const found = (await listAll(access, kind, { ...(namespace === null ? {} : { namespace }), ...selected, signal })).items;
  const known = new Map(found.map((object) => [refKey(refOf(object)), object]));
  const request = { filter: where, sort: order, namespace, limit: Number.MAX_SAFE_INTEGER, now: now() };
  const list = await listRows(access, kind, request, signal);
  const rows = list.items.filter(({ object }) => known.has(refKey(object))).slice(0, limit);
  const objects = rows.flatMap(({ object }) => known.get(refKey(object)) ?? []).map((object) => withoutValues({ ...object }));
  return { columns: list.columns, rows, objects };
}

function rowTable(columns: readonly Column[], rows: readonly Row[], { wide, noHeaders, namespace }: RowsChoice, now: number): string {
  const shown = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => (wide || column.wide !== true) && (column.id !== 'namespace' || namespace === null));
  const cells = rows.map((row) => shown.map(({ column, index }) => cellText(row.cells[index] ?? null, column, now)));
  return alignedColumns(noHeaders ? cells : [shown.map(({ column }) => column.label.toUpperCase()), ...cells]);
}

function cellText(cell: Cell, { type }: Column, now: number): string {
  if (cell === null || cell === '') return '<none>';
  return type === 'time' ? ageSince(cell, now) : String(cell);
}
