import { parse } from 'yaml';
import type { Agreement } from './compared-commands.ts';

/** Whether two outputs say the same, as far as they must. Ages and versions that pass while both run are taken out. */
export function agree(one: string, other: string, agreement: Agreement): boolean {
  switch (agreement) {
    case 'text':
      return one === other;
    case 'cells':
      return cells(one) === cells(other);
    case 'lines':
      return sortedLines(one) === sortedLines(other);
    case 'value':
      return value(one) === value(other);
  }
}

function cells(text: string): string {
  return text
    .replace(/ \((?:\d+[smhdy])+ ago\)/g, '')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .map((cell) => (/^(?:\d+[smhdy])+(?: \(.*\))?$/.test(cell) ? 'AGE' : cell))
        .join('|'),
    )
    .join('\n');
}

function sortedLines(text: string): string {
  return cells(text).split('\n').sort().join('\n');
}

function value(text: string): string {
  return JSON.stringify(parse(text), (key, inner: unknown) => {
    if (key === 'resourceVersion') return '';
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
