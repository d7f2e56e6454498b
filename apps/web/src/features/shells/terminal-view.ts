import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { pageNonce } from '../../page-nonce.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { terminalKeys } from './terminal-keys.ts';
import { openLink, webAddress } from './terminal-links.ts';
import { allowSpanStyles, withNonce } from './terminal-styles.ts';
import { terminalColours } from './terminal-theme.ts';

allowSpanStyles();

/** Lines. */
const scrollback = 10_000;
/** Ends what the program before may have left behind: a hidden cursor, mouse reports, bracketed paste. */
const backToPlain = '\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[!p\x1b[0m';

export interface TerminalEvents {
  onInput(text: string): void;
  onResize(columns: number, rows: number): void;
  onFind(): void;
}

export interface TerminalWords {
  /** What the terminal is called to who can't see it. */
  label: string;
  tooMuchOutput: string;
  /** How a link that leads to `address` is opened. */
  link(address: string): string;
}

/** A terminal in an element of the page. Its owner disposes of it. */
export class TerminalView {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #host: HTMLElement;
  readonly #events: TerminalEvents;
  #echoes = false;

  constructor(host: HTMLElement, settings: Preferences['terminal'], events: TerminalEvents, words: TerminalWords) {
    this.#host = host;
    this.#events = events;
    const links = this.#links(words);
    this.#terminal = new Terminal({
      scrollback,
      // The marks of a search are decorations, which xterm counts as proposed.
      allowProposedApi: true,
      fontFamily: getComputedStyle(host).fontFamily,
      theme: terminalColours(host).theme,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
      cursorBlink: false,
      linkHandler: { activate: openLink, ...links },
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#terminal.loadAddon(new WebLinksAddon(openLink, links));
    this.#terminal.attachCustomKeyEventHandler(terminalKeys({ onFind: () => events.onFind(), onCopy: () => this.#copy() }));
    this.#terminal.onData((text) => this.#take(text));
    this.#terminal.onResize(({ cols, rows }) => events.onResize(cols, rows));
    withNonce(pageNonce, () => this.#terminal.open(host));
    this.#terminal.textarea?.setAttribute('aria-label', words.label);
    Terminal.strings.tooMuchOutput = words.tooMuchOutput;
    this.set(settings);
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows };
  }

  set({ fontSize, screenReader }: Preferences['terminal']): void {
    this.#terminal.options.fontSize = fontSize;
    this.#terminal.options.screenReaderMode = screenReader;
    this.fit();
  }

  /** After the theme of the page has changed. */
  repaint(): void {
    this.#terminal.options.theme = terminalColours(this.#host).theme;
  }

  /** A program with a terminal echoes and breaks lines itself; for any other one, that is done here. */
  begin({ tty, stdin }: { tty: boolean; stdin: boolean }): void {
    this.#echoes = !tty;
    this.#terminal.options.convertEol = !tty;
    this.#terminal.options.disableStdin = !stdin;
  }

  write(bytes: Uint8Array, taken: () => void): void {
    this.#terminal.write(bytes, taken);
  }

  /** A word of the workbench between two sessions. */
  say(text: string): void {
    const { type, cursorX } = this.#terminal.buffer.active;
    const fromOtherScreen = type === 'alternate' ? '\x1b[?1049l' : '';
    this.#terminal.write(`${fromOtherScreen}${backToPlain}${cursorX === 0 ? '' : '\r\n'}\x1b[90m${text}\x1b[0m\r\n`);
  }

  fit(): void {
    if (this.#host.clientWidth > 0) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** False where there is no such text. The first character of `text` counts from where the last match is. */
  find(text: string, backwards: boolean): boolean {
    const { found, current } = terminalColours(this.#host);
    const decorations = {
      matchBackground: found,
      activeMatchBackground: current,
      matchOverviewRuler: found,
      activeMatchColorOverviewRuler: current,
    };
    return backwards ? this.#search.findPrevious(text, { decorations }) : this.#search.findNext(text, { decorations, incremental: true });
  }

  endFind(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  #take(text: string): void {
    const sent = this.#echoes ? text.replaceAll('\r', '\n') : text;
    if (this.#echoes) this.#terminal.write(sent);
    this.#events.onInput(sent);
  }

  #copy(): void {
    const text = this.#terminal.getSelection();
    if (text !== '') navigator.clipboard.writeText(text).catch((thrown: unknown) => console.warn('The clipboard refused the text.', thrown));
  }

  /** A link may say one thing and lead to another: where it really leads is shown. */
  #links({ link }: TerminalWords): { hover(event: MouseEvent, text: string): void; leave(): void } {
    return {
      hover: (_event, text) => {
        const address = webAddress(text);
        this.#host.title = address === null ? '' : link(address);
      },
      leave: () => {
        this.#host.title = '';
      },
    };
  }
}
