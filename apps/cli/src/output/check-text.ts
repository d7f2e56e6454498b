import type { CatalogueEntry } from '@quarterdeck/diagnosis';
import { painter } from './style.ts';
import { textTable } from './text-table.ts';
import { wrap } from './wrap.ts';

export interface CheckTextOptions {
  columns: number;
  colour: boolean;
}

/** Everything that is known of one check, for a person. */
export function checkText(entry: CatalogueEntry, { columns, colour }: CheckTextOptions): string {
  const paint = painter(colour);
  const told =
    entry.origin === 'issues'
      ? `qd issues: opens after ${entry.opensAfterSeconds} s, closes after ${entry.closesAfterSeconds} s`
      : `qd lint${entry.pack === 'policy' ? ' --policy' : ''}: ${entry.severity}`;
  const facts: (readonly [string, string])[] = [
    ['Told by', told],
    ['Silent when', entry.silentWhen],
    ['Looks at', entry.kinds.join(', ')],
    ['Explained by', entry.rules.join(', ')],
    ['May end in', entry.mechanisms.map(({ id, hasRemedy }) => (hasRemedy ? `${id} (with a fix)` : id)).join(', ')],
  ];
  const blocks = facts.filter(([, text]) => text !== '').map(([name, text]) => [paint('bold', `${name}:`), ...wrap(text, columns, '  ')]);
  const head = [paint('bold', `${entry.code} · ${entry.title}`), ...wrap(entry.documentation, columns)];
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** All checks, one a line. */
export function checkTable(entries: readonly CatalogueEntry[]): string {
  const rows = entries.map(({ code, origin, pack, severity, title }) => [
    code,
    origin === 'issues' ? 'issues' : pack === 'policy' ? 'lint --policy' : `lint (${severity})`,
    title,
  ]);
  return textTable([['CODE', 'TOLD BY', 'TITLE'], ...rows]);
}
