import headless from '@xterm/headless';
import type { Captured } from './byte-capture.ts';

/** Cells: so much of a grid may exist for a moment. */
const mostCells = 2_000_000;
const mostLines = 10_000;

export interface RenderedText {
  lines: string[];
  /** Bytes that were not kept, between the lines before and those after `gapAt`. */
  leftOut: number;
  gapAt: number;
}

/**
 * What captured output looks like: as text in logical lines, after everything that it does to a screen (progress bars
 * that draw over themselves, colours, a full-screen program that comes and goes).
 */
export async function renderText({ head, tail, leftOut }: Captured, columns: number): Promise<RenderedText> {
  if (leftOut === 0) {
    const lines = await linesOf(withoutLineMark(Buffer.concat([head, tail])), columns);
    return { lines, leftOut, gapAt: lines.length };
  }
  const before = await linesOf(head, columns);
  // It begins in the middle of a line, or of an escape sequence.
  const whole = tail.subarray(tail.indexOf('\n') + 1);
  return {
    lines: [...before, ...(await linesOf(withoutLineMark(whole), columns))],
    leftOut: leftOut + tail.byteLength - whole.byteLength,
    gapAt: before.length,
  };
}

/** What zsh itself writes before a prompt (PROMPT_SP): a mark for a line without an end, and blanks that wrap to the next. */
const start = String.fromCharCode(0x1b);
const lineMark = new RegExp(`(?:${start}\\[[\\d;]*m)+[%#](?:${start}\\[[\\d;]*m)+ {2,}\\r \\r$`);

function withoutLineMark(bytes: Buffer): Buffer {
  const from = Math.max(0, bytes.byteLength - 4096);
  const mark = lineMark.exec(bytes.toString('latin1', from));
  return mark === null ? bytes : bytes.subarray(0, from + mark.index);
}

/** What was typed behind a prompt: what stands between the place after `before` and the cursor at the end. */
export async function renderTyped(before: Uint8Array, typed: Uint8Array, columns: number): Promise<string> {
  const screen = openScreen(columns);
  try {
    await write(screen, before);
    const { baseY, cursorY, cursorX } = screen.buffer.normal;
    await write(screen, typed);
    const lines = logicalLines(screen, baseY + cursorY, cursorX);
    return lines.join('\n').trimEnd();
  } finally {
    screen.dispose();
  }
}

async function linesOf(bytes: Uint8Array, columns: number): Promise<string[]> {
  if (bytes.byteLength === 0) return [];
  const screen = openScreen(columns);
  try {
    await write(screen, bytes);
    const lines = logicalLines(screen, 0, 0);
    while (lines.at(-1) === '') lines.pop();
    return lines;
  } finally {
    screen.dispose();
  }
}

type Screen = InstanceType<typeof headless.Terminal>;

function openScreen(columns: number): Screen {
  const scrollback = Math.min(mostLines, Math.floor(mostCells / columns));
  return new headless.Terminal({ cols: columns, rows: 50, scrollback, allowProposedApi: true, logLevel: 'off' });
}

function write(screen: Screen, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => screen.write(bytes, resolve));
}

/** From a row and a column of it to the end, with what was wrapped in one line again. A full-screen program has left nothing there. */
function logicalLines(screen: Screen, fromRow: number, fromColumn: number): string[] {
  const buffer = screen.buffer.normal;
  const lines: string[] = [];
  for (let row = fromRow; row < buffer.length; row += 1) {
    const line = buffer.getLine(row);
    const wrapsOn = buffer.getLine(row + 1)?.isWrapped === true;
    const text = line?.translateToString(!wrapsOn, row === fromRow ? fromColumn : 0) ?? '';
    if (line?.isWrapped === true && row > fromRow) lines.push(`${lines.pop() ?? ''}${text}`);
    else lines.push(text);
  }
  return lines;
}
