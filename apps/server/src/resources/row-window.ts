import type { Column, Row } from '@quarterdeck/contract';
import { firstSorted } from './first-sorted.ts';
import { parseRowFilter } from './row-filter.ts';
import { parseRowOrder } from './row-order.ts';

export interface WindowRequest {
  filter: string;
  /** Column id, `-` in front for descending; empty for `defaultSort`. */
  sort: string;
  offset: number;
  limit: number;
}

export interface RowWindow {
  rows: Row[];
  /** Rows that match, of which `rows` is the window. */
  total: number;
}

/**
 * Cuts a window out of all rows. The request is parsed once, so that the same cut can be made again after every change.
 * Both throw VALIDATION_ERROR: see the filter and the order.
 */
export function createRowWindow(request: WindowRequest, columns: readonly Column[], defaultSort: string): (rows: readonly Row[]) => RowWindow {
  const filter = parseRowFilter(request.filter, columns);
  const order = parseRowOrder(request.sort === '' ? defaultSort : request.sort, columns);
  return (rows) => {
    const matching = filter(rows);
    return { rows: firstSorted(matching, order, request.offset + request.limit).slice(request.offset), total: matching.length };
  };
}
