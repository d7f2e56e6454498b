import type { Terminal } from '@xterm/headless';
import { type Charset, type MirrorState, mirrorState } from './mirror-state.ts';
import { styleOf } from './serialize-screen.ts';

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
    savedCursor(terminal, state),
    mouseEncoding(state),
    cursorLook(state),
    coreModes(terminal),
    lettersAndPlace(terminal, state),
  ].join('');
}

/** A character that is printed again is printed in the letters that were in use for it. */
function lettersAndPlace(terminal: Terminal, state: MirrorState): string {
  const [letters, place] = [charsets(state), cursorPlace(terminal, state)];
  return state._inputHandler._parser.precedingJoinState === 0 && state.buffer.x >= terminal.cols ? place + letters : letters + place;
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

function savedCursor(terminal: Terminal, { buffer }: MirrorState): string {
  const row = Math.max(buffer.savedY - buffer.ybase, 0);
  const drawing = isDrawing(buffer.savedCharset);
  if (buffer.savedX === 0 && row === 0 && !drawing) return '';
  const [before, after] = drawing ? ['\x1b(0', '\x1b(B'] : ['', ''];
  const place = buffer.savedX < terminal.cols ? `${csi}${row + 1};${buffer.savedX + 1}H` : behindLine(terminal, row);
  return `${place}${styleOf(buffer.savedCurAttrData)}${before}\x1b7${after}`;
}

/** Only a character that is printed into the last column makes the cursor wait behind it. */
function behindLine(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
  const isWide = line?.getCell(terminal.cols - 1)?.getWidth() === 0;
  const column = terminal.cols - (isWide ? 2 : 1);
  const cell = line?.getCell(column);
  return cell === undefined ? '' : `${csi}${row + 1};${column + 1}H${styleOf(cell)}${cell.getChars() || ' '}`;
}

/** Line drawing is the only other set that programs use. */
function charsets({ _charsetService: { glevel, _charsets, charset } }: MirrorState): string {
  const designate = ['(', ')', '*', '+'];
  const chosen = designate.flatMap((mark, index) => (isDrawing(_charsets[index]) ? [`\x1b${mark}0`] : []));
  // A set that is in use without being the chosen one came back with a saved cursor.
  const restored = isDrawing(charset) === isDrawing(_charsets[glevel]) ? '' : '\x1b8';
  return chosen.join('') + (glevel === 1 ? '\x0e' : '') + restored;
}

function isDrawing(charset: Charset): boolean {
  return charset?.['`'] === '◆';
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

/** Those in whose way everything before would stand. */
function coreModes({ modes }: Terminal): string {
  return (modes.originMode ? `${csi}?6h` : '') + (modes.insertMode ? `${csi}4h` : '') + (modes.wraparoundMode ? '' : `${csi}?7l`);
}

/**
 * Where a character was printed last, it is printed again: a cursor that waits behind the last column, or for a mark that
 * combines with that character, waits on.
 */
function cursorPlace(terminal: Terminal, state: MirrorState): string {
  const { buffer, coreService, _inputHandler } = state;
  const { origin } = coreService.decPrivateModes;
  const row = buffer.y - (origin ? buffer.scrollTop : 0) + 1;
  const printed = lastPrinted(terminal, state);
  const style = styleOf(_inputHandler._curAttrData);
  if (printed === null) return `${csi}${row};${Math.min(buffer.x + 1, terminal.cols)}H${style}`;
  // The line was erased under a cursor that waits behind it.
  if (printed.cell.getChars() === '') return `${csi}${row};${terminal.cols}H${styleOf(printed.cell)} ${csi}1K${style}`;
  // In insert mode, what is printed moves the rest of the line: it is taken out first.
  const takenOut = terminal.modes.insertMode ? `${csi}${printed.cell.getWidth()}P` : '';
  const again = `${csi}${row};${printed.column + 1}H${takenOut}${styleOf(printed.cell)}${printed.cell.getChars()}`;
  return printed.isNewest ? again : again + style;
}

function lastPrinted(terminal: Terminal, { buffer, _inputHandler }: MirrorState) {
  const isNewest = _inputHandler._parser.precedingJoinState !== 0;
  if (!isNewest && buffer.x < terminal.cols) return null;
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + buffer.y);
  const column = line?.getCell(buffer.x - 1)?.getWidth() === 0 ? buffer.x - 2 : buffer.x - 1;
  const cell = line?.getCell(column);
  if (cell === undefined || line === undefined) return null;
  const isThere = cell.getChars() !== '' || (buffer.x >= terminal.cols && line.translateToString(true) === '');
  return isThere ? { column, cell, isNewest } : null;
}
