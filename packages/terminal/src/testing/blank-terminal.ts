import headless, { type Terminal } from '@xterm/headless';
import { createUnicodeWidths } from '../host/unicode-widths.ts';

/** As a page has one: the reference that snapshots are compared with. */
export function blankTerminal(columns: number, rows: number, scrollback = 5000): Terminal {
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback, allowProposedApi: true, logLevel: 'off' });
  terminal.loadAddon(createUnicodeWidths());
  terminal.unicode.activeVersion = '11';
  return terminal;
}

export function fed(terminal: Terminal, bytes: Uint8Array | string): Promise<void> {
  return new Promise((resolve) => terminal.write(bytes, resolve));
}
