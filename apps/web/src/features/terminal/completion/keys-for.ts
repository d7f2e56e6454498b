import type { TerminalCompletion } from '@quarterdeck/contract';

/** Takes back one character before the cursor, in every shell. */
const backspace = '\x7f';

/** The keys that put a choice in the place of what is typed of it, with the cursor at the end of the line. */
export function keysFor(line: string, { from, to }: Pick<TerminalCompletion, 'from' | 'to'>, text: string): string {
  const typed = line.slice(from, to);
  const rest = to === line.length ? '' : line.slice(to);
  if (text.startsWith(typed) && rest === '') return text.slice(typed.length);
  return `${backspace.repeat([...line.slice(from)].length)}${text}${rest}`;
}
