import type { Kubeconfig } from '@quarterdeck/cluster';
import type { ClusterCheck } from '../cluster/check-cluster.ts';
import { printable } from './printable.ts';
import { type Paint, painter } from './style.ts';
import { wrap } from './wrap.ts';

interface TableOptions {
  columns: number;
  colour: boolean;
}

export const stateWords: Record<ClusterCheck['state'], string> = { live: 'live', partial: 'partial rights', authNeeded: 'login needed', offline: 'offline' };
const stateFormats = { live: 'green', partial: 'yellow', authNeeded: 'red', offline: 'red' } as const;

/** The contexts as `kubectl config get-contexts` shows them, with the state of those that were checked, and what is wrong in the files. */
export function clusterTable({ contexts, currentContext, problems }: Kubeconfig, checks: ReadonlyMap<string, ClusterCheck>, options: TableOptions): string {
  const paint = painter(options.colour);
  const head = ['CURRENT', 'NAME', 'SERVER', 'USER', 'NAMESPACE', ...(checks.size === 0 ? [] : ['STATE', 'VERSION'])];
  const rows = contexts.map(({ id, server, user, namespace }) => {
    const check = checks.get(id);
    const state = checks.size === 0 ? [] : [check === undefined ? '' : stateWords[check.state], check?.version ?? ''];
    return [id === currentContext ? '*' : '', id, server, user, namespace, ...state].map(printable);
  });
  const reasons = [...checks.values()].flatMap((check) => (check.reason === null ? [] : checkNote(check, options, paint)));
  const notes = problems.flatMap(({ message, hint }) => wrap(printable(`${message}. ${hint}`), options.columns, '  '));
  const parts = [
    contexts.length === 0 ? ['No usable context.'] : aligned([head, ...rows]),
    reasons,
    notes.length === 0 ? [] : [paint('yellow', 'Problems in the files:'), ...notes],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function checkNote({ id, reason, remedy }: ClusterCheck, { columns }: TableOptions, paint: Paint): string[] {
  return [paint('bold', printable(id)), ...wrap(printable([reason, remedy].filter((part) => part !== null).join(' ')), columns, '  ')];
}

/** One cluster in short: how it answers, who we are there, what we may see. */
export function checkText(check: ClusterCheck, { columns, colour }: TableOptions): string {
  const paint = painter(colour);
  const { id, server, state, reason, remedy, version, user, groups, namespaces, everywhere } = check;
  const names = namespaces?.namespaces.filter(({ usable }) => usable).map(({ name }) => name) ?? [];
  const seen =
    namespaces === null
      ? null
      : `${everywhere ? 'everything in' : 'parts of'} ${names.length === 0 ? 'no namespace' : names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;
  const facts: [string, string | null][] = [
    ['State', null],
    ['Reason', reason],
    ['Remedy', remedy],
    ['Server', server],
    ['Version', version],
    ['User', user === null ? null : `${user}${groups.length === 0 ? '' : ` (${groups.join(', ')})`}`],
    ['Sees', seen === null ? null : `${seen}${namespaces?.complete === false ? '; there may be other namespaces' : ''}`],
    ['Asked', `${check.cost.requests} requests, ${check.cost.bytesIn} bytes`],
  ];
  const lines = facts.flatMap(([name, value]) => {
    if (name === 'State') return [`${'State:'.padEnd(9)}${paint(stateFormats[state], stateWords[state])}`];
    return value === null ? [] : wrap(printable(value), columns - 9).map((line, index) => `${(index === 0 ? `${name}:` : '').padEnd(9)}${line}`);
  });
  return `${[paint('bold', printable(id)), ...lines].join('\n')}\n`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
