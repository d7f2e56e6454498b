import '@xterm/xterm/css/xterm.css';
import type { TerminalTheme } from '@quarterdeck/contract';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ITheme, Terminal } from '@xterm/xterm';
import { pageNonce } from '../../../page-nonce.ts';
import type { Preferences } from '../../../preferences/preferences.ts';
import type { LinesInView } from '../blocks/block-places.ts';
import { type PasteQuestion, questionOfPaste } from './paste.ts';
import { silenceQueries } from './silence-queries.ts';
import { type TerminalKeyActions, terminalKeys } from './terminal-keys.ts';
import { type FindLinks, isOpening, linkProvider, openAddress, webAddress } from './terminal-links.ts';
import { allowSpanStyles, withNonce } from './terminal-styles.ts';
import { terminalColours } from './terminal-theme.ts';
import { leaseWebgl } from './webgl-lease.ts';

allowSpanStyles();

export type TerminalSettings = Preferences['terminal'];

/** Lines. */
const scrollback = 10_000;
/** Ends what the program before may have left behind: a hidden cursor, mouse reports, bracketed paste. */
const backToPlain = '\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[!p\x1b[0m';

export interface TerminalSize {
  columns: number;
  rows: number;
  /** Of the whole screen. Pixels. */
  pixelWidth: number;
  pixelHeight: number;
}

export interface TerminalEvents {
  onInput(bytes: Uint8Array): void;
  /** The size that fits the place. */
  onResize(size: TerminalSize): void;
  /** Something has to be asked before it is pasted; `pasteNow` does it. */
  onPasteQuestion(question: PasteQuestion): void;
  /** A link says one thing and leads to another. */
  onDisguisedLink(address: string): void;
  onBell(): void;
  keys: TerminalKeyActions;
}

export interface TerminalWords {
  /** What the terminal is called to who can't see it. */
  label: string;
  tooMuchOutput: string;
  /** How a link that leads to `address` is opened. */
  link(address: string): string;
}

const encoder = new TextEncoder();

/** A terminal in an element of the page. Its owner disposes of it. */
export class TerminalView {
  /** For what draws on it or reads it. */
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #host: HTMLElement;
  readonly #events: TerminalEvents;
  readonly #words: TerminalWords;
  #echoes = false;
  #replaying = false;
  /** Whose size counts is elsewhere: this screen has that size. */
  #given: { columns: number; rows: number } | null = null;
  #told = '';
  #releaseWebgl: (() => void) | null = null;

  /** `answers`: programs that ask what the terminal is are answered here; else somebody else does. */
  constructor(host: HTMLElement, settings: TerminalSettings, answers: boolean, events: TerminalEvents, words: TerminalWords) {
    this.#host = host;
    this.#events = events;
    this.#words = words;
    this.terminal = new Terminal({
      scrollback,
      // The marks of a search are decorations, which xterm counts as proposed.
      allowProposedApi: true,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
      linkHandler: { activate: (event, text) => this.#openNamed(event, text), hover: (_event, text) => this.#hover(text), leave: () => this.#hover('') },
    });
    this.#load();
    if (!answers) silenceQueries(this.terminal.parser);
    this.#listen();
    withNonce(pageNonce, () => this.terminal.open(host));
    this.terminal.textarea?.setAttribute('aria-label', words.label);
    Terminal.strings.tooMuchOutput = words.tooMuchOutput;
    this.set(settings);
  }

  get size(): TerminalSize {
    const { width, height } = this.cell;
    const { cols, rows } = this.terminal;
    return { columns: cols, rows, pixelWidth: Math.round(cols * width), pixelHeight: Math.round(rows * height) };
  }

  /** Of one character. Pixels. */
  get cell(): { width: number; height: number } {
    const screen = this.#host.querySelector('.xterm-screen');
    return { width: (screen?.clientWidth ?? 0) / this.terminal.cols, height: (screen?.clientHeight ?? 0) / this.terminal.rows };
  }

  /** What is seen of the lines. */
  get lines(): LinesInView {
    const { active } = this.terminal.buffer;
    return {
      top: active.viewportY,
      rows: this.terminal.rows,
      cursor: active.baseY + active.cursorY,
      height: this.cell.height,
      alternate: active.type === 'alternate',
    };
  }

  /** What programs are told of the colours. */
  get theme(): TerminalTheme {
    const { width, height } = this.cell;
    const { foreground, background, cursor, palette } = terminalColours(this.#host);
    return { foreground, background, cursor, palette, ...(width > 0 && height > 0 ? { cell: { width, height } } : {}) };
  }

  set(settings: TerminalSettings): void {
    const { options } = this.terminal;
    options.fontSize = settings.fontSize;
    options.fontFamily = settings.fontFamily === '' ? getComputedStyle(this.#host).fontFamily : settings.fontFamily;
    options.cursorStyle = settings.cursor;
    options.cursorBlink = settings.cursorBlink;
    options.screenReaderMode = settings.screenReader;
    this.repaint();
    this.fit();
  }

  /** After the theme has changed. */
  repaint(): void {
    this.terminal.options.theme = themeAt(this.#host);
  }

  /** A program with a terminal echoes and breaks lines itself; for any other one, that is done here. */
  begin({ tty, stdin }: { tty: boolean; stdin: boolean }): void {
    this.#echoes = !tty;
    this.terminal.options.convertEol = !tty;
    this.setWritable(stdin);
  }

  setWritable(writable: boolean): void {
    this.terminal.options.disableStdin = !writable;
  }

  write(bytes: Uint8Array, taken: () => void): void {
    this.terminal.write(bytes, taken);
  }

  /** Begins anew with a screen as it was drawn at a size; what it says while it is drawn is no input. */
  restore(screen: { columns: number; rows: number; bytes: Uint8Array }, done: () => void): void {
    this.#replaying = true;
    this.terminal.reset();
    this.terminal.resize(screen.columns, screen.rows);
    this.terminal.write(screen.bytes, () => {
      this.#replaying = false;
      this.fit();
      done();
    });
  }

  /** A word of the workbench between two sessions. */
  say(text: string): void {
    const { type, cursorX } = this.terminal.buffer.active;
    const fromOtherScreen = type === 'alternate' ? '\x1b[?1049l' : '';
    this.terminal.write(`${fromOtherScreen}${backToPlain}${cursorX === 0 ? '' : '\r\n'}\x1b[90m${text}\x1b[0m\r\n`);
  }

  /** Follows a size that is decided elsewhere; null for that of its place. */
  follow(size: { columns: number; rows: number } | null): void {
    this.#given = size;
    this.#told = '';
    if (size !== null) this.terminal.resize(size.columns, size.rows);
    else this.fit();
  }

  fit(): void {
    if (this.#given !== null || this.#replaying || this.#host.clientWidth === 0) return;
    this.#fit.fit();
    const { size } = this;
    const key = `${size.columns}×${size.rows}`;
    if (key === this.#told) return;
    this.#told = key;
    this.#events.onResize(size);
  }

  /** Whether anybody can see it. */
  show(visible: boolean): void {
    if (visible) this.#releaseWebgl ??= leaseWebgl(this.terminal);
    else {
      this.#releaseWebgl?.();
      this.#releaseWebgl = null;
    }
  }

  focus(): void {
    this.terminal.focus();
  }

  isSeen(): boolean {
    return this.#host.clientWidth > 0;
  }

  /** What is found is underlined under the pointer; Ctrl or ⌘ and a click opens it. Returns what ends it. */
  addLinks(find: FindLinks): () => void {
    const provider = this.terminal.registerLinkProvider(linkProvider(this.terminal, find, (title) => this.#title(title)));
    return () => provider.dispose();
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
    this.terminal.clearSelection();
  }

  paste(text: string): void {
    const question = questionOfPaste(text, this.terminal.modes.bracketedPasteMode);
    if (question === null) this.pasteNow(text);
    else this.#events.onPasteQuestion(question);
  }

  /** Without a question. */
  pasteNow(text: string): void {
    this.terminal.paste(text);
    this.focus();
  }

  /** Tells when what is seen has moved or changed; returns what ends it. */
  onLayout(listener: () => void): () => void {
    let frame = 0;
    const soon = () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        listener();
      });
    };
    const { terminal } = this;
    const ends = [terminal.onScroll(soon), terminal.onRender(soon), terminal.onResize(soon), terminal.buffer.onBufferChange(soon)];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end.dispose();
    };
  }

  dispose(): void {
    this.show(false);
    this.terminal.dispose();
  }

  #load(): void {
    const { terminal } = this;
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(this.#search);
    // The widths of characters must be those with which the session is kept elsewhere.
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    const links = { hover: (_event: MouseEvent, text: string) => this.#hover(text), leave: () => this.#hover('') };
    terminal.loadAddon(new WebLinksAddon((event, text) => this.#openPlain(event, text), links));
  }

  #listen(): void {
    const { terminal } = this;
    const { keys } = this.#events;
    terminal.attachCustomKeyEventHandler(terminalKeys({ ...keys, copy: () => this.#copy() }));
    terminal.onData((text) => this.#take(text));
    terminal.onBinary((text) => this.#input(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    terminal.onBell(() => this.#events.onBell());
    // Before xterm's own: what is pasted may have to be asked first.
    this.#host.addEventListener('paste', (event) => this.#takePaste(event), { capture: true });
  }

  #takePaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    event.preventDefault();
    event.stopPropagation();
    if (text !== '' && this.terminal.options.disableStdin !== true) this.paste(text);
  }

  #take(text: string): void {
    const sent = this.#echoes ? text.replaceAll('\r', '\n') : text;
    if (this.#echoes) this.terminal.write(sent);
    this.#input(encoder.encode(sent));
  }

  #input(bytes: Uint8Array): void {
    if (!this.#replaying) this.#events.onInput(bytes);
  }

  /** False where nothing is selected. */
  #copy(): boolean {
    const text = this.terminal.getSelection();
    if (text === '') return false;
    navigator.clipboard.writeText(text).catch((thrown: unknown) => console.warn('The clipboard refused the text.', thrown));
    this.terminal.clearSelection();
    return true;
  }

  #openPlain(event: MouseEvent, text: string): void {
    const address = webAddress(text);
    if (address !== null && isOpening(event)) openAddress(address);
  }

  /** The text of such a link is the program's choice: where it leads is shown first. */
  #openNamed(event: MouseEvent, text: string): void {
    const address = webAddress(text);
    if (address !== null && isOpening(event)) this.#events.onDisguisedLink(address);
  }

  #hover(text: string): void {
    const address = webAddress(text);
    this.#title(address === null ? '' : this.#words.link(address));
  }

  #title(title: string): void {
    this.#host.title = title;
  }
}

function themeAt(host: HTMLElement): ITheme {
  return terminalColours(host).theme;
}
