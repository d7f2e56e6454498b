import { type Act, type LedgerReport, refLabel } from '@quarterdeck/contract';
import { printable } from '../output/printable.ts';
import { textTable } from '../output/text-table.ts';

export function actTable(acts: readonly Act[]): string {
  const rows = acts.map((act) => [act.at, act.actor.id, act.via, act.cluster ?? '', act.action, targetOf(act), outcomeOf(act), act.act]);
  return textTable([['TIME', 'WHO', 'VIA', 'CLUSTER', 'ACTION', 'TARGET', 'OUTCOME', 'ACT'], ...rows]);
}

/** Everything about one act. */
export function actText(act: Act): string {
  const { result } = act;
  const undo = result?.undo ?? act.undo;
  const fields: [string, string | null | undefined][] = [
    ['Act', act.act],
    ['Time', result === null ? act.at : `${act.at} to ${result.at}`],
    ['Who', `${act.actor.id} (${act.actor.kind}, via ${act.via})`],
    ['Cluster', act.cluster],
    ['Action', act.action],
    ['Target', targetOf(act)],
    ['Outcome', outcomeOf(act)],
    ['Error', result?.error == null ? null : `${result.error.message} (${result.error.code})`],
    ['Command', act.kubectl],
    ['Approved', act.approval === null ? null : `by ${act.approval.by} at ${act.approval.at}`],
    ['Undo', undo?.kubectl ?? undo?.note],
    ['Request', act.requestId],
  ];
  const lines = fields.flatMap(([name, value]) => (value == null || value === '' ? [] : [`${`${name}:`.padEnd(10)}${printable(value)}`]));
  const blocks = [jsonBlock('Input', act.input), jsonBlock('Detail', result?.detail ?? {}), result?.diff == null ? '' : `\nDiff:\n${linesOf(result.diff)}`];
  return `${lines.join('\n')}\n${blocks.join('')}`;
}

export function reportText({ ok, rows, from, head, faults, unfinished }: LedgerReport): string {
  const lines = [
    `${rows} rows${from !== null && from > 1 ? ` (older ones, before ${from}, fell to retention)` : ''}`,
    ...faults.map(({ seq, message }) => `row ${seq}: ${message}`),
    ...(unfinished === 0 ? [] : [`${unfinished} acts without a known end: \`qd audit list --outcome unfinished\``]),
    ok ? 'The ledger is as it was written.' : 'The ledger is NOT as it was written.',
    `anchor: ${head.seq}:${head.hash}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function jsonBlock(title: string, value: object): string {
  return Object.keys(value).length === 0 ? '' : `\n${title}:\n${linesOf(JSON.stringify(value, null, 2))}`;
}

function linesOf(text: string): string {
  return `${text.trimEnd().split('\n').map(printable).join('\n')}\n`;
}

function targetOf({ target }: Act): string {
  return target === null ? '' : refLabel(target);
}

function outcomeOf({ result }: Act): string {
  return result?.outcome ?? 'unfinished';
}
