import { painter } from '../output/style.ts';
import { textTable } from '../output/text-table.ts';

/** Text with everything out that a terminal would obey, line by line. */
function safe(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** Markdown as a person at a terminal reads it: headings and strong words bold, code coloured, tables in columns. */
export function terminalMarkdown(markdown: string, colour: boolean): string {
  const paint = painter(colour);
  const inline = (line: string) =>
    line
      .replace(/^#{1,6} (.*)$/, (_, title: string) => paint('bold', title))
      .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => paint('bold', strong))
      .replace(/`([^`]+)`/g, (_, code: string) => paint('cyan', code));
  const blocks = safe(markdown).split(/^( *```+[^\n]*\n[\s\S]*?\n *```+)$/m);
  return blocks.map((block) => (block.trimStart().startsWith('```') ? indented(block) : tables(block).map(inline).join('\n'))).join('');
}

function indented(fence: string): string {
  return fence
    .split('\n')
    .slice(1, -1)
    .map((line) => `    ${line}`)
    .join('\n');
}

/** The lines of a text, those of a table set in columns. */
function tables(text: string): string[] {
  const lines = text.split('\n');
  const told: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = lines.findIndex((line, index) => index >= at && !line.startsWith('| '));
    const rows = lines.slice(at, end < 0 ? lines.length : end);
    if (rows.length > 2)
      told.push(
        ...textTable(rows.filter((_, index) => index !== 1).map(cellsOf))
          .trimEnd()
          .split('\n'),
      );
    else told.push(...(rows.length > 0 ? rows : [lines[at] ?? '']));
    at += Math.max(1, rows.length);
  }
  return told;
}

function cellsOf(row: string): string[] {
  return row
    .slice(2, -2)
    .split(/ (?<!\\)\| /)
    .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', ''));
}
