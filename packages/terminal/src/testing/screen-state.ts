import type { IBuffer, IBufferCell, Terminal } from '@xterm/headless';
import { mirrorState } from '../host/mirror-state.ts';

/** Everything of a terminal that a person or a program could tell apart. */
export interface ScreenState {
  /** One text a line: each cell with its characters, width, colours and attributes. Blank ends are left out. */
  lines: string[];
  cursor: { x: number; y: number; hidden: boolean; style: string };
  modes: Record<string, unknown>;
  region: [number, number];
  saved: [number, number];
  tabs: number[];
  charsets: (string | null)[];
}

/** `scrollback`: how many lines above the screen are compared. */
export function screenState(terminal: Terminal, scrollback: number): ScreenState {
  const { buffer, coreService, coreMouseService, _charsetService } = mirrorState(terminal);
  const { cursorStyle = 'none', cursorBlink = false } = coreService.decPrivateModes;
  return {
    lines: linesOf(terminal, scrollback),
    cursor: { x: buffer.x, y: buffer.y, hidden: coreService.isCursorHidden, style: `${cursorStyle} ${cursorBlink}` },
    modes: { ...modesOf(terminal), mouseEncoding: coreMouseService.activeEncoding },
    region: [buffer.scrollTop, buffer.scrollBottom],
    saved: [buffer.savedX, Math.max(buffer.savedY - buffer.ybase, 0)],
    tabs: Object.keys(buffer.tabs)
      .filter((column) => buffer.tabs[column] === true)
      .map(Number)
      .filter((column) => column < terminal.cols),
    charsets: [...[0, 1, 2, 3].map((index) => _charsetService._charsets[index]?.['`'] ?? null), String(_charsetService.glevel)],
  };
}

/** Where two differ, in words; empty where they are equal. */
export function differences(expected: ScreenState, actual: ScreenState): string[] {
  const lines = Array.from({ length: Math.max(expected.lines.length, actual.lines.length) }, (_, row) => row).flatMap((row) => {
    const [from, to] = [expected.lines.at(-1 - row) ?? '', actual.lines.at(-1 - row) ?? ''];
    return from === to ? [] : [`line ${-1 - row}: ${from} ≠ ${to}`];
  });
  const facts = (['cursor', 'modes', 'region', 'saved', 'tabs', 'charsets'] as const).flatMap((key) => {
    const [from, to] = [JSON.stringify(expected[key]), JSON.stringify(actual[key])];
    return from === to ? [] : [`${key}: ${from} ≠ ${to}`];
  });
  return [...lines, ...facts];
}

/** Synchronized output is an instant of drawing, and is not brought back. */
function modesOf(terminal: Terminal): Record<string, unknown> {
  const { synchronizedOutputMode: _instant, ...modes } = terminal.modes;
  return { ...modes };
}

function linesOf(terminal: Terminal, scrollback: number): string[] {
  const { active, normal } = terminal.buffer;
  const hidden = active.type === 'alternate' ? bufferLines(normal, terminal, scrollback) : [];
  return [...hidden, ...bufferLines(active, terminal, scrollback)];
}

function bufferLines(buffer: IBuffer, { rows }: Terminal, scrollback: number): string[] {
  const first = Math.max(0, buffer.baseY - scrollback);
  const count = buffer.baseY + rows - first;
  return Array.from({ length: count }, (_, index) => {
    const line = buffer.getLine(first + index);
    const cells = Array.from({ length: line?.length ?? 0 }, (_unused, column) => cellOf(line?.getCell(column)));
    // Above the first line there is none that it could go on from, whatever a deletion left behind.
    return `${line?.isWrapped === true && first + index > 0 ? '↩' : ''}${withoutBlankEnd(cells).join('')}`;
  });
}

function withoutBlankEnd(cells: string[]): string[] {
  const end = cells.findLastIndex((cell) => cell !== ' ');
  return cells.slice(0, end + 1);
}

function cellOf(cell: IBufferCell | undefined): string {
  if (cell === undefined) return ' ';
  const flags = [
    cell.isBold(),
    cell.isDim(),
    cell.isItalic(),
    cell.isUnderline(),
    cell.isBlink(),
    cell.isInverse(),
    cell.isInvisible(),
    cell.isStrikethrough(),
  ];
  const colours = `${colourOf(cell.isFgDefault(), cell.getFgColorMode(), cell.getFgColor())}/${colourOf(cell.isBgDefault(), cell.getBgColorMode(), cell.getBgColor())}`;
  const style = flags.some((flag) => flag !== 0) || colours !== '-/-' ? `{${flags.map((flag) => (flag === 0 ? '' : '1')).join(',')} ${colours}}` : '';
  return `${style}${cell.getWidth() === 0 ? '' : cell.getChars() || ' '}`;
}

function colourOf(isDefault: boolean, mode: number, colour: number): string {
  return isDefault ? '-' : `${mode === 0x1000000 ? 0x2000000 : mode}:${colour}`;
}
