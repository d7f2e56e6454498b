import type { Terminal } from '@xterm/headless';
import { type CellStyle, type MirrorState, mirrorState } from './mirror-state.ts';

const csi = '\x1b[';
const tabWidth = 8;

/**
 * What a serialized screen leaves out: scroll region, saved cursor, tab stops, character sets, mouse encoding, and how the
 * cursor looks. It goes after the text, and leaves the cursor where it belongs.
 */
export function epilogueOf(terminal: Terminal): string {
  const state = mirrorState(terminal);
  return [
    tabStops(state, terminal.cols),
    scrollRegion(state, terminal.rows),
    savedCursor(state),
    charsets(state),
    mouseEncoding(state),
    cursorLook(state),
    cursorPlace(terminal, state),
  ].join('');
}

function tabStops({ buffer }: MirrorState, columns: number): string {
  const stops = Object.keys(buffer.tabs).flatMap((column) => (buffer.tabs[column] ? [Number(column)] : []));
  const usual = Array.from({ length: Math.ceil(columns / tabWidth) }, (_, index) => index * tabWidth);
  const set = new Set(stops.filter((column) => column < columns));
  if (set.size === usual.length && usual.every((column) => set.has(column))) return '';
  return `${csi}3g${[...set].map((column) => `${csi}${column + 1}G\x1bH`).join('')}`;
}

function scrollRegion({ buffer }: MirrorState, rows: number): string {
  return buffer.scrollTop === 0 && buffer.scrollBottom === rows - 1 ? '' : `${csi}${buffer.scrollTop + 1};${buffer.scrollBottom + 1}r`;
}

/** Origin mode counts from the scroll region; it is set by then, and lies in the way of absolute places. */
function savedCursor({ buffer, coreService }: MirrorState): string {
  if (buffer.savedX === 0 && buffer.savedY === 0) return '';
  const origin = coreService.decPrivateModes.origin;
  return `${origin ? `${csi}?6l` : ''}${csi}${buffer.savedY + 1};${buffer.savedX + 1}H\x1b7${origin ? `${csi}?6h` : ''}`;
}

/** Line drawing is the only other set that programs use. */
function charsets({ _charsetService: { glevel, _charsets } }: MirrorState): string {
  const designate = ['(', ')', '*', '+'];
  const chosen = designate.flatMap((mark, index) => (_charsets[index]?.['`'] === '◆' ? [`\x1b${mark}0`] : []));
  return chosen.join('') + (glevel === 1 ? '\x0e' : '');
}

function mouseEncoding({ coreMouseService }: MirrorState): string {
  if (coreMouseService.activeEncoding === 'SGR') return `${csi}?1006h`;
  return coreMouseService.activeEncoding === 'SGR_PIXELS' ? `${csi}?1016h` : '';
}

function cursorLook({ coreService }: MirrorState): string {
  const { cursorStyle, cursorBlink } = coreService.decPrivateModes;
  const look = cursorStyle === undefined ? '' : `${csi}${{ block: 2, underline: 4, bar: 6 }[cursorStyle] - (cursorBlink === true ? 1 : 0)} q`;
  return look + (coreService.isCursorHidden ? `${csi}?25l` : '');
}

/** A cursor that waits behind the last column is brought there as it came: by the character before it. */
function cursorPlace(terminal: Terminal, { buffer, coreService, _charsetService, _inputHandler }: MirrorState): string {
  const row = buffer.y - (coreService.decPrivateModes.origin ? buffer.scrollTop : 0) + 1;
  if (buffer.x < terminal.cols) return `${csi}${row};${buffer.x + 1}H`;
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + buffer.y);
  const wide = line?.getCell(terminal.cols - 1)?.getWidth() === 0;
  const column = terminal.cols - (wide ? 1 : 0);
  const cell = line?.getCell(column - 1);
  if (cell === undefined || _charsetService._charsets.some((set) => set != null)) return `${csi}${row};${terminal.cols}H`;
  return `${csi}${row};${column}H${styleOf(cell)}${cell.getChars() || ' '}${styleOf(_inputHandler._curAttrData)}`;
}

/** The style of a cell as SGR, from nothing. */
function styleOf(cell: CellStyle): string {
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
