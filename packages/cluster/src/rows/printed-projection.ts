import type { Cell, Column, KindDescriptor, KubeObject } from '@quarterdeck/contract';
import { isPrinted, type PrintedColumn } from '../access/printed-object.ts';
import type { LiveRow } from './live-row.ts';
import { columnId } from './printer-columns.ts';
import { DescriptorProjection, type Projection, rowOf } from './projection.ts';

/** Shown by columns of our own, which have the values and not a text of them. */
const own = new Set(['name', 'age', 'namespace', 'createdat']);
const beforePrinted = ['name', 'namespace'];
const afterPrinted = ['age'];
const columnTypes: Readonly<Record<string, Column['type']>> = { integer: 'number', number: 'number', date: 'text' };

/**
 * Rows as the API server prints them, for kinds of which nobody but the server knows what matters. Which columns there
 * are shows with the first row. A cluster that does not print shows what the generic descriptor can.
 */
export class PrintedProjection implements Projection {
  readonly printed = true;
  readonly sort: string;
  columns: readonly Column[];
  private readonly generic: DescriptorProjection;
  private readonly descriptor: KindDescriptor<KubeObject>;
  private shown: readonly number[] = [];
  private definitions: readonly PrintedColumn[] | null = null;

  constructor(descriptor: KindDescriptor<KubeObject>, namespaced: boolean) {
    const columns = descriptor.columns.filter(({ id }) => namespaced || id !== 'namespace');
    this.descriptor = { ...descriptor, columns };
    this.generic = new DescriptorProjection(this.descriptor);
    this.columns = this.generic.columns;
    this.sort = descriptor.sort;
  }

  project(object: KubeObject, now: number): LiveRow {
    if (!isPrinted(object)) return this.generic.project(object, now);
    const { columns, cells } = object.printed;
    if (columns !== this.definitions) this.learn(columns);
    const known = (ids: readonly string[]) => this.descriptor.columns.flatMap(({ id, getValue }) => (ids.includes(id) ? [getValue(object, now)] : []));
    const all = [...known(beforePrinted), ...this.shown.map((index) => cellOf(cells[index])), ...known(afterPrinted)];
    return rowOf(object, all, this.descriptor.health(object, now).state);
  }

  changesWithTime(): boolean {
    return false;
  }

  private learn(definitions: readonly PrintedColumn[]): void {
    this.definitions = definitions;
    const known = (ids: readonly string[]) => this.generic.columns.filter((column) => ids.includes(column.id));
    this.shown = definitions.flatMap(({ name }, index) => (own.has(columnId(name).toLowerCase()) ? [] : [index]));
    const printed = this.shown.flatMap((index) => definitions[index] ?? []).map(columnOf);
    const columns = [...known(beforePrinted), ...printed, ...known(afterPrinted)];
    if (JSON.stringify(columns) !== JSON.stringify(this.columns)) this.columns = columns;
  }
}

function columnOf({ name, type, priority }: PrintedColumn): Column {
  const isStatus = type === 'string' && /^(status|state|phase|ready)$/i.test(name);
  return { id: columnId(name), label: name, type: isStatus ? 'status' : (columnTypes[type] ?? 'text'), ...(priority > 0 ? { wide: true } : {}) };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
