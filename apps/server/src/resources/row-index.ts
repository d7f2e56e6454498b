import { type Column, type KindDescriptor, type KubeObject, type Row, refKey, refOf } from '@quarterdeck/contract';

/** Projects objects to rows and remembers each row for as long as its object stands unchanged. */
export interface RowIndex {
  readonly columns: readonly Column[];
  rows(objects: Iterable<KubeObject>, now: number): Row[];
}

/** `now` is epoch milliseconds. Rows that wait for something depend on the time and are projected anew every time. */
export function createRowIndex(descriptor: KindDescriptor<KubeObject>): RowIndex {
  const known = new WeakMap<KubeObject, Row>();
  function rowOf(object: KubeObject, now: number): Row {
    const before = known.get(object);
    if (before !== undefined && before.state !== 'pending') return before;
    const row = projectRow(object, descriptor, now);
    known.set(object, row);
    return row;
  }
  return {
    columns: columnsOf(descriptor),
    rows: (objects, now) => Array.from(objects, (object) => rowOf(object, now)),
  };
}

export function columnsOf(descriptor: KindDescriptor<KubeObject>): Column[] {
  return descriptor.columns.map(({ id, label, type }) => ({ id, label, type }));
}

function projectRow(object: KubeObject, descriptor: KindDescriptor<KubeObject>, now: number): Row {
  const ref = refOf(object);
  return {
    uid: object.metadata.uid ?? refKey(ref),
    object: ref,
    cells: descriptor.columns.map((column) => column.getValue(object, now)),
    state: descriptor.health(object, now).state,
  };
}
