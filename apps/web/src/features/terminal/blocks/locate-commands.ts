import type { TerminalBlock } from '@quarterdeck/contract';

/**
 * On which rows commands stand that are known to have been run in this order: the last one is looked for first, from the
 * cursor upwards, each above the one after it. A prompt stands before a command, so a row that only has its words in it
 * is none. What is not found has scrolled away, or wraps.
 */
export function locateCommands(blocks: readonly Pick<TerminalBlock, 'id' | 'command'>[], cursor: number, textOf: (row: number) => string): Map<string, number> {
  const found = new Map<string, number>();
  let row = cursor;
  for (const { id, command } of blocks.toReversed()) {
    const first = command?.split('\n')[0]?.trim() ?? '';
    if (first === '') continue;
    const at = rowOf(first, row, textOf);
    if (at === null) continue;
    found.set(id, at);
    row = at - 1;
  }
  return found;
}

/** What prompts end with. */
const prompt = /[$#%>)\]❯➜λ»›✗✓]$/;

function rowOf(command: string, from: number, textOf: (row: number) => string): number | null {
  for (let row = from; row >= 0; row -= 1) {
    const text = textOf(row).trimEnd();
    if (text.endsWith(` ${command}`) && prompt.test(text.slice(0, -command.length).trimEnd())) return row;
  }
  return null;
}
