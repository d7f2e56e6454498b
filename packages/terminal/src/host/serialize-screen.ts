import type { IBuffer, IBufferCell, Terminal } from '@xterm/headless';
import { type CellStyle, mirrorState } from './mirror-state.ts';

const csi = '\x1b[';
const plain = `${csi}0m`;

/** The text that brings a blank terminal of the same size to show the same: so many lines above the screen, and the screen. */
export function serializeScreen(terminal: Terminal, scrollback: number): string {
  const { normal, alternate, active } = terminal.buffer;
  const first = Math.max(0, normal.baseY - scrollback);
  const text = serializeLines(terminal, normal, first, normal.baseY + terminal.rows - 1) + plain;
  if (active.type === 'normal') return text + modes(terminal);
  return `${text}${beforeAlternate(terminal)}${csi}?1049h${plain}${csi}H${serializeLines(terminal, alternate, 0, terminal.rows - 1)}${plain}${modes(terminal)}`;
}

/** Lines of a buffer, from the left edge of a line on. What wrapped wraps again, by being as long as it was. */
export function serializeLines(terminal: Terminal, buffer: IBuffer, first: number, last: number): string {
  const cell = buffer.getNullCell();
  const parts: string[] = [];
  for (let row = first; row <= last; row += 1) {
    const wraps = row < last && buffer.getLine(row + 1)?.isWrapped === true;
    const style = new StyleWriter(parts);
    // A line that wraps ends in no style of its own; the next one begins with its own anyway.
    writeLine(terminal, buffer, { row, wraps, afterWrap: row > first && buffer.getLine(row)?.isWrapped === true }, { cell, style, parts });
    style.end();
    if (row < last && !wraps) parts.push('\r\n');
  }
  return parts.join('');
}

interface Line {
  row: number;
  wraps: boolean;
  afterWrap: boolean;
}

function writeLine(terminal: Terminal, buffer: IBuffer, { row, wraps, afterWrap }: Line, to: { cell: IBufferCell; style: StyleWriter; parts: string[] }): void {
  const { cell, style, parts } = to;
  const line = buffer.getLine(row);
  if (line === undefined) return;
  let end = wraps ? terminal.cols : lengthOf(line, cell);
  // Without a character, the line before would not wrap.
  if (afterWrap && end === 0) end = 1;
  for (let column = 0; column < end; column += 1) {
    const found = line.getCell(column, cell);
    if (found === undefined || found.getWidth() === 0) continue;
    style.use(found);
    parts.push(found.getChars() || ' ');
  }
}

/** Up to the last cell that shows something. */
function lengthOf(line: NonNullable<ReturnType<IBuffer['getLine']>>, cell: IBufferCell): number {
  for (let column = line.length - 1; column >= 0; column -= 1) {
    const found = line.getCell(column, cell);
    if (found !== undefined && (found.getChars() !== '' || found.getWidth() === 0 || !found.isAttributeDefault())) return column + 1;
  }
  return 0;
}

/** Writes a style where it becomes another. */
class StyleWriter {
  private readonly parts: string[];
  private current = plain;

  constructor(parts: string[]) {
    this.parts = parts;
  }

  use(cell: CellStyle): void {
    const style = cell.isAttributeDefault() ? plain : styleOf(cell);
    if (style === this.current) return;
    this.current = style;
    this.parts.push(style);
  }

  end(): void {
    if (this.current !== plain) this.parts.push(plain);
  }
}

/** What the cursor goes back to when the program leaves the alternate screen. */
function beforeAlternate(terminal: Terminal): string {
  const { savedX, savedY, ybase, savedCurAttrData } = mirrorState(terminal)._bufferService.buffers.normal;
  return `${csi}${Math.max(savedY - ybase, 0) + 1};${savedX + 1}H${styleOf(savedCurAttrData)}`;
}

const mouse = { none: '', x10: `${csi}?9h`, vt200: `${csi}?1000h`, drag: `${csi}?1002h`, any: `${csi}?1003h` } as const;

function modes({ modes: set }: Terminal): string {
  const on = [
    [set.applicationCursorKeysMode, '?1h'],
    [set.applicationKeypadMode, '?66h'],
    [set.bracketedPasteMode, '?2004h'],
    [set.reverseWraparoundMode, '?45h'],
    [set.sendFocusMode, '?1004h'],
  ] as const;
  return on.flatMap(([is, sequence]) => (is ? [`${csi}${sequence}`] : [])).join('') + mouse[set.mouseTrackingMode];
}

/** The style of a cell as SGR, from nothing. */
export function styleOf(cell: CellStyle): string {
  const flags: [number, number][] = [
    [cell.isBold(), 1],
    [cell.isDim(), 2],
    [cell.isItalic(), 3],
    [cell.isUnderline(), 4],
    [cell.isBlink(), 5],
    [cell.isInverse(), 7],
    [cell.isInvisible(), 8],
    [cell.isStrikethrough(), 9],
    [cell.isOverline(), 53],
  ];
  const set = flags.flatMap(([on, code]) => (on === 0 ? [] : [String(code)]));
  return `${csi}${['0', ...set, ...colour(cell, 'foreground'), ...colour(cell, 'background')].join(';')}m`;
}

function colour(cell: CellStyle, side: 'foreground' | 'background'): string[] {
  const front = side === 'foreground';
  const [value, rgb, palette] = front ? [cell.getFgColor(), cell.isFgRGB(), cell.isFgPalette()] : [cell.getBgColor(), cell.isBgRGB(), cell.isBgPalette()];
  const introducer = front ? '38' : '48';
  if (rgb) return [introducer, '2', String((value >> 16) & 0xff), String((value >> 8) & 0xff), String(value & 0xff)];
  return palette ? [introducer, '5', String(value)] : [];
}
