import type { Column, Row } from '@quarterdeck/contract';
import type { LiveRow } from './live-row.ts';

const prefix = 'label:';

/** The label that a column `label:app` shows; null for any other column. */
export function labelOfColumn(id: string): string | null {
  return id.startsWith(prefix) && id.length > prefix.length ? id.slice(prefix.length) : null;
}

/** The columns with those for labels behind them; the same array where none are asked for. */
export function withLabelColumns(columns: readonly Column[], labels: readonly string[]): readonly Column[] {
  if (labels.length === 0) return columns;
  return [...columns, ...labels.map((label): Column => ({ id: `${prefix}${label}`, label, type: 'text' }))];
}

/** The row with the values of labels behind its cells. */
export function withLabelCells(live: LiveRow, labels: readonly string[]): Row {
  return labels.length === 0 ? live.row : { ...live.row, cells: [...live.row.cells, ...labels.map((label) => live.label(label))] };
}
