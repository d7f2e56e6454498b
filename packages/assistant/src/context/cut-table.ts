import type { CutText } from './cut.ts';

/** The header and the first rows: who makes a table puts first what matters. */
export function cutTable(text: string, room: number): CutText {
  const [header = '', ...rows] = text.split('\n').filter((line) => line !== '');
  const note = (count: number) => `… ${count} more rows`;
  const kept: string[] = [];
  let used = header.length + note(rows.length).length + 2;
  for (const row of rows) {
    if (used + row.length + 1 > room) break;
    used += row.length + 1;
    kept.push(row);
  }
  const left = rows.length - kept.length;
  if (used > room) return { text: '', left: `all ${rows.length} rows` };
  return { text: [header, ...kept, note(left)].join('\n'), left: `${left} of ${rows.length} rows` };
}
