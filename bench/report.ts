import { cpus, loadavg, release, totalmem } from 'node:os';
import { type BenchResult, type Figure, passes } from './bench.ts';

/** The lines of a table with one figure each; what has no bar is marked as extra. */
export function figureTable(figures: readonly Figure[]): string[] {
  const rows = [['figure', 'value', 'unit', 'bar', 'ok'], ...figures.map(rowOf)];
  const widths = ['figure', 'value', 'unit', 'bar', 'ok'].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

export function textReport(name: string, { figures, peers }: BenchResult): string {
  const others = Object.entries(peers).flatMap(([peer, theirs]) => ['', `${peer}, in the same run`, ...figureTable(theirs)]);
  return [name, ...figureTable(figures), ...others, ''].join('\n');
}

export function jsonReport(name: string, { figures, peers }: BenchResult, parameters: Readonly<Record<string, string>>): string {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    system: release(),
    node: process.version,
    load: loadavg(),
  };
  const judged = (figure: Figure) => ({ ...figure, bar: barText(figure) || null, ok: passes(figure) });
  const judgedPeers = Object.fromEntries(Object.entries(peers).map(([peer, theirs]) => [peer, theirs.map(judged)]));
  return `${JSON.stringify({ name, figures: figures.map(judged), peers: judgedPeers, machine, parameters }, null, 2)}\n`;
}

function rowOf(figure: Figure): string[] {
  const bar = barText(figure);
  return [figure.name, shown(figure.value), figure.unit, bar, bar === '' ? 'extra' : passes(figure) ? 'yes' : 'NO'];
}

function barText({ bar }: Figure): string {
  return bar === undefined ? '' : `${bar.is} ${bar.value}`;
}

/** Three digits are as many as a measurement on a shared machine has. */
function shown(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}
