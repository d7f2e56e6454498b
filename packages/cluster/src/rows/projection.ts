import { type Column, type KindDescriptor, type KubeObject, refKey, refOf } from '@quarterdeck/contract';
import { LiveRow } from './live-row.ts';

/** What makes rows of objects. */
export interface Projection {
  /** See `RowList.columns`. */
  readonly columns: readonly Column[];
  readonly sort: string;
  /** Whether lists must be asked for as the server prints them. */
  readonly printed: boolean;
  /** `now` is epoch milliseconds. */
  project(object: KubeObject, now: number): LiveRow;
  /** Whether the row will become another with time alone; only then its object is needed again. */
  changesWithTime(object: KubeObject, now: number): boolean;
}

/** What is not over by then will not be over by itself. Milliseconds. */
const longTime = 365 * 24 * 3_600_000;

export class DescriptorProjection implements Projection {
  readonly columns: readonly Column[];
  readonly sort: string;
  readonly printed = false;
  private readonly descriptor: KindDescriptor<KubeObject>;

  constructor(descriptor: KindDescriptor<KubeObject>) {
    this.descriptor = descriptor;
    this.columns = descriptor.columns.map(({ getValue: _getValue, ...column }) => column);
    this.sort = descriptor.sort;
  }

  project(object: KubeObject, now: number): LiveRow {
    const cells = this.descriptor.columns.map((column) => column.getValue(object, now));
    return rowOf(object, cells, this.descriptor.health(object, now).state);
  }

  changesWithTime(object: KubeObject, now: number): boolean {
    const [today, later] = [this.descriptor.health(object, now), this.descriptor.health(object, now + longTime)];
    return today.state !== later.state || today.text !== later.text;
  }
}

export function rowOf(object: KubeObject, cells: LiveRow['row']['cells'], state: LiveRow['row']['state']): LiveRow {
  const ref = refOf(object);
  return new LiveRow({ uid: uidOf(object), object: ref, cells, state }, object.metadata.labels, object.metadata.resourceVersion);
}

/** Every stored object has a uid; a few virtual ones (metrics) have only their name. */
export function uidOf(object: KubeObject): string {
  return object.metadata.uid ?? refKey(refOf(object));
}
