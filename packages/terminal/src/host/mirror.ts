import headless from '@xterm/headless';
import { epilogueOf } from './epilogue.ts';
import { LineIndex } from './line-index.ts';
import { onLinesTrimmed } from './mirror-state.ts';
import { type EndedOsc, SequenceScanner } from './sequence-scanner.ts';
import { serializeLines, serializeScreen } from './serialize-screen.ts';
import { createUnicodeWidths } from './unicode-widths.ts';

/** Commands that parts of a session may want to know of. */
const heardCodes = [0, 2, 7, 9, 52, 133, 633, 1337] as const;
/** Larger ones are parsed in several goes, between which others have their turn. Bytes. */
const portion = 64 * 1024;
/** Between two lines whose place in the output is noted. Bytes. */
const noteEvery = 4096;

export interface MirrorOptions {
  columns: number;
  rows: number;
  scrollback: number;
  /** The offset of the first byte to come. */
  begin?: number;
  onOsc?(code: number, data: string, offset: number): void;
  onBell?(): void;
}

export interface Snapshot {
  /** What it shows is the output up to here. */
  offset: number;
  columns: number;
  rows: number;
  alternate: boolean;
  hasMore: boolean;
  text: string;
}

/** The screen of a session as a terminal without a page has it: what a page is shown that comes later. */
export class Mirror {
  readonly terminal: InstanceType<typeof headless.Terminal>;
  private readonly scanner: SequenceScanner;
  private readonly lines: LineIndex;
  private readonly ended: EndedOsc[] = [];
  private given: number;
  private parsed: number;
  private safe: number;
  private noted = 0;

  constructor(options: MirrorOptions) {
    const { columns, rows, scrollback, begin = 0 } = options;
    this.terminal = new headless.Terminal({ cols: columns, rows, scrollback, allowProposedApi: true, logLevel: 'off' });
    this.terminal.loadAddon(createUnicodeWidths());
    this.terminal.unicode.activeVersion = '11';
    this.scanner = new SequenceScanner(begin, (osc) => this.ended.push(osc));
    this.lines = new LineIndex(this.terminal.buffer.normal);
    onLinesTrimmed(this.terminal, (count) => this.lines.trimmed(count));
    this.given = begin;
    this.parsed = begin;
    this.safe = begin;
    for (const code of heardCodes) this.terminal.parser.registerOscHandler(code, (data) => this.hear(code, data, options));
    if (options.onBell !== undefined) this.terminal.onBell(options.onBell);
  }

  /** How much waits to be parsed. Bytes. */
  get pending(): number {
    return this.given - this.parsed;
  }

  /** Gives output to be parsed; `parsed` is called when it was. The bytes must not change any more. */
  write(bytes: Buffer, parsed: () => void): void {
    for (let at = 0; at < bytes.byteLength; at += portion) {
      const chunk = bytes.subarray(at, at + portion);
      this.scanner.push(chunk);
      const safe = this.scanner.between;
      this.given += chunk.byteLength;
      this.terminal.write(chunk, () => {
        this.parsed += chunk.byteLength;
        this.safe = safe;
        this.note();
        parsed();
      });
    }
  }

  /** Once everything that was given is parsed. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.terminal.write('', resolve));
  }

  /** The screen and so many lines above it. Nothing is parsed meanwhile, so that it stands for exactly `offset`. */
  snapshot(lines: number): Snapshot {
    const { cols, rows, buffer } = this.terminal;
    const text = serializeScreen(this.terminal, lines) + epilogueOf(this.terminal);
    const hasMore = buffer.normal.baseY > lines;
    return { offset: this.safe, columns: cols, rows, alternate: buffer.active.type === 'alternate', hasMore, text };
  }

  /** Lines above the last `before` of the scrollback, with their colours. */
  history(before: number, lines: number): { text: string; linesBefore: number } {
    const end = this.terminal.buffer.normal.baseY - before;
    const start = Math.max(0, end - lines);
    if (end <= 0) return { text: '', linesBefore: 0 };
    const text = serializeLines(this.terminal, this.terminal.buffer.normal, start, end - 1);
    return { text, linesBefore: start };
  }

  /** Logical lines of the output from one offset to another, as far as they are still there. */
  async read(from: number, to: number): Promise<string[]> {
    await this.settled();
    return this.lines.read(from, to);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.lines.forget();
  }

  close(): void {
    this.terminal.dispose();
  }

  private hear(code: number, data: string, { onOsc }: MirrorOptions): boolean {
    const offset = this.offsetOf(code);
    this.lines.note(offset);
    onOsc?.(code, data, offset);
    return code === 52;
  }

  /** Where the command ended that the terminal has just read: it reads them in the order in which they were scanned. */
  private offsetOf(code: number): number {
    for (let next = this.ended.shift(); next !== undefined; next = this.ended.shift()) if (next.code === code) return next.offset;
    return this.parsed;
  }

  private note(): void {
    while (this.ended[0] !== undefined && this.ended[0].offset <= this.parsed) this.ended.shift();
    if (this.parsed - this.noted < noteEvery) return;
    this.noted = this.parsed;
    this.lines.note(this.parsed);
  }
}
