import type { ClusterAccess } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { alignedColumns } from '../print/aligned-columns.ts';
import { kubeJson } from '../print/kube-text.ts';
import type { ObjectPrinter } from '../print/printer.ts';
import type { GetChoice } from '../resources/get-resources.ts';
import { objectsIn } from '../resources/read-objects.ts';
import type { ResourceQuery } from '../resources/resource-query.ts';
import { withoutValues } from '../resources/secret-values.ts';
import { headCells, metadataOf, rowCells, type ServerTable, type TableForm, tableAccept, tableOf } from '../resources/server-table.ts';
import { showLive } from './live-display.ts';
import type { LiveUpdate } from './live-state.ts';
import { summaryOf } from './live-summary.ts';
import { watchFrames } from './watch-frames.ts';

export interface WatchShown {
  choice: GetChoice;
  form: TableForm;
  /** Null: tables. */
  print: ObjectPrinter | null;
  watchOnly: boolean;
  /** Each change as `{type, object}`. */
  events: boolean;
}

interface Watching {
  access: ClusterAccess;
  context: CommandContext;
}

/** Shows what there is and how it changes until the person interrupts: a live display on a terminal, lines elsewhere. @returns the exit code */
export async function watchResources(queries: readonly ResourceQuery[], shown: WatchShown, watching: Watching): Promise<number> {
  const [query, ...more] = queries;
  if (query === undefined || more.length > 0 || (query.names ?? []).length > 1) {
    throw new AppError('VALIDATION_ERROR', 'One kind, or one object, is watched at a time.', { hint: 'Start another one beside it.' });
  }
  const { terminal, signal } = watching.context;
  if (shown.print === null && terminal !== null) {
    await showLive(liveTable(query, shown, watching), terminal, watching.context);
    return 0;
  }
  try {
    if (shown.print === null) await tellRows(query, shown, watching);
    else await tellObjects(query, shown.print, shown, watching);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  return 0;
}

function liveTable(query: ResourceQuery, shown: WatchShown, { access, context }: Watching): Parameters<typeof showLive>[0] {
  return {
    title: `${query.type.plural}${shown.choice.namespace === null ? '' : ` in ${shown.choice.namespace}`} · ${access.id}`,
    async *updates(signal) {
      for await (const { table, gone } of tables(query, shown, access, signal)) {
        const head = headCells(table, shown.form);
        for (const row of table.rows) {
          const { name, namespace } = metadataOf(row.object);
          const update: LiveUpdate = { key: `${String(namespace)}/${String(name)}`, cells: rowCells(table, row, shown.form), gone, head };
          yield update;
        }
      }
    },
    summary: (state, signal) => summaryOf(state, { access, namespace: shown.choice.namespace, now: context.now }, signal),
  };
}

/** The columns are named in the first answer alone. */
async function* tables(
  query: ResourceQuery,
  { choice, watchOnly }: WatchShown,
  access: ClusterAccess,
  signal: AbortSignal,
): AsyncGenerator<{ table: ServerTable; gone: boolean }> {
  let columns: ServerTable['columns'] = [];
  const asked = { ...choice, accept: tableAccept, query: { includeObject: 'Metadata' } };
  for await (const { type, object } of watchFrames(access, query, asked, signal)) {
    const table = tableOf(query.type, [object]);
    if (table.columns.length > 0) columns = table.columns;
    if (type !== 'LISTED' || !watchOnly) yield { table: { ...table, columns }, gone: type === 'DELETED' };
  }
}

async function tellRows(query: ResourceQuery, shown: WatchShown, { access, context }: Watching): Promise<void> {
  const widest: number[] = [];
  let headed = !shown.form.headers;
  for await (const { table } of tables(query, shown, access, context.signal)) {
    const rows = table.rows.map((row) => rowCells(table, row, shown.form));
    if (rows.length === 0) continue;
    const text = alignedColumns(headed ? rows : [headCells(table, shown.form), ...rows], widest);
    headed = true;
    context.out.write(text);
  }
}

async function tellObjects(
  query: ResourceQuery,
  print: ObjectPrinter,
  { choice, watchOnly, events }: WatchShown,
  { access, context }: Watching,
): Promise<void> {
  for await (const { type, object } of watchFrames(access, query, choice, context.signal)) {
    if (type === 'LISTED' && watchOnly) continue;
    for (const one of objectsIn(object, query.type).map(withoutValues)) {
      context.out.write(events ? kubeJson({ type: type === 'LISTED' ? 'ADDED' : type, object: one }) : print([one], false));
    }
  }
}
