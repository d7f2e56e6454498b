import { type ObjectRef, oneLine } from '@quarterdeck/contract';
import type { NamedObject } from './understand/question.ts';

/** Text of the cluster in a sentence: on one line, and nothing in it is a link. */
export function inText(text: string): string {
  return oneLine(text).replaceAll('](', '] (');
}

/** Text of the cluster as code, whatever backticks it holds. */
export function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}

export function label({ kind, namespace, name }: NamedObject | ObjectRef): string {
  return code(`${kind} ${namespace === null ? '' : `${namespace}/`}${name}`);
}

/** A fence that is longer than any run of backticks inside. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => inText(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** `3d`, `5m`: the age of a moment, as kubectl writes it. */
export function age(iso: string | null, now: number): string {
  if (iso === null) return '';
  const ms = Math.max(0, now - Date.parse(iso));
  const [unit, length] = units.find(([, each]) => ms >= each) ?? ['s', 1000];
  return `${Math.floor(ms / length)}${unit}`;
}

export function ago(iso: string | null, now: number): string {
  return iso === null ? 'at an unknown time' : `${age(iso, now)} ago`;
}
