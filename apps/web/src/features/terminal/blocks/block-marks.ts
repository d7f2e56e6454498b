import type { TerminalBlock } from '@quarterdeck/contract';
import type { IDisposable, IMarker, Terminal } from '@xterm/xterm';
import { locateCommands } from './locate-commands.ts';
import { MarkScanner } from './mark-scanner.ts';

interface Mark {
  /** A: a prompt begins; B: it ends, and the line begins that is typed; C: output begins; D: a command has ended. */
  letter: string;
  column: number;
  offset: number;
  marker: IMarker;
}

/** Lines of the buffer, counted from its first one. */
export interface BlockLines {
  first: number;
  /** The last line of the output; null while it runs. */
  last: number | null;
}

/** More prompts than that are not marked any more. */
const mostMarks = 3_000;

/** On which lines of a terminal the commands of its shell stand, whatever scrolls and wraps anew. */
export class BlockMarks {
  readonly #terminal: Terminal;
  readonly #scanner = new MarkScanner();
  /** Offsets of marks that were written and not read yet. */
  #awaited: number[] = [];
  #marks: Mark[] = [];
  /** Where commands of before a snapshot were found again, by their ids. */
  readonly #found = new Map<string, IMarker>();
  readonly #handlers: IDisposable[];
  #begin = 0;
  /** How many commands of before were looked for: none is looked for twice. */
  #looked = -1;
  #restored = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    const read = (data: string) => {
      this.#read(data[0] ?? '');
      return false;
    };
    this.#handlers = [133, 633].map((code) => terminal.parser.registerOscHandler(code, read));
  }

  /** Before the bytes are written. */
  expect(bytes: Uint8Array, offset: number): void {
    this.#awaited.push(...this.#scanner.scan(bytes, offset));
  }

  /** After they were read: a mark that was not is broken. */
  passed(offset: number): void {
    this.#awaited = this.#awaited.filter((awaited) => awaited >= offset);
  }

  /** The terminal begins anew, with what stands for the output up to `offset`. */
  restart(offset: number): void {
    for (const { marker } of this.#marks) marker.dispose();
    for (const marker of this.#found.values()) marker.dispose();
    this.#marks = [];
    this.#found.clear();
    this.#awaited = [];
    this.#scanner.reset();
    this.#begin = offset;
    this.#looked = -1;
    this.#restored = false;
  }

  /** What the terminal began with stands on the screen. */
  restored(): void {
    this.#restored = true;
  }

  /** Looks for the commands that were run before the snapshot, as a snapshot has no marks. */
  locate(blocks: readonly TerminalBlock[]): void {
    if (!this.#restored) return;
    const earlier = blocks.filter(({ startOffset, command }) => startOffset < this.#begin && command !== null);
    if (earlier.length === this.#looked) return;
    this.#looked = earlier.length;
    for (const marker of this.#found.values()) marker.dispose();
    this.#found.clear();
    const { active } = this.#terminal.buffer;
    const cursor = active.baseY + active.cursorY;
    const line = (row: number) => active.getLine(row)?.translateToString(true) ?? '';
    for (const [id, row] of locateCommands(earlier, cursor, line)) {
      const marker = this.#terminal.registerMarker(row - cursor);
      this.#found.set(id, marker);
    }
  }

  /** Null where the command is no longer, or not, in the buffer. */
  linesOf(block: TerminalBlock): BlockLines | null {
    const begin = this.#found.get(block.id) ?? this.#at(block.startOffset, 'A') ?? this.#before(block.outputOffset, 'C');
    if (begin === undefined || begin.line < 0) return null;
    const end = block.endOffset === null ? undefined : this.#at(block.endOffset, 'D');
    return { first: begin.line, last: end === undefined || end.line < 0 ? null : Math.max(begin.line, end.line - 1) };
  }

  /** What is typed at the prompt up to the cursor; null where there is none, or it is not known where it ends. */
  typed(): string | null {
    const last = this.#marks.findLast(({ letter }) => letter === 'B' || letter === 'C');
    const { active } = this.#terminal.buffer;
    const cursor = active.baseY + active.cursorY;
    if (last === undefined || last.letter !== 'B' || last.marker.line < 0 || last.marker.line > cursor) return null;
    let text = '';
    for (let row = last.marker.line; row <= cursor; row += 1) {
      const [from, to] = [row === last.marker.line ? last.column : 0, row === cursor ? active.cursorX : this.#terminal.cols];
      text += active.getLine(row)?.translateToString(false, from, to) ?? '';
    }
    return text;
  }

  dispose(): void {
    this.restart(0);
    for (const handler of this.#handlers) handler.dispose();
  }

  #read(letter: string): void {
    if (this.#terminal.buffer.active.type === 'alternate') return;
    const offset = this.#awaited.shift();
    if (offset === undefined || !'ABCD'.includes(letter)) return;
    this.#marks.push({ letter, offset, column: this.#terminal.buffer.active.cursorX, marker: this.#terminal.registerMarker(0) });
    if (this.#marks.length > mostMarks) for (const { marker } of this.#marks.splice(0, mostMarks / 2)) marker.dispose();
  }

  #at(offset: number, letter: string): IMarker | undefined {
    return this.#marks.find((mark) => mark.offset === offset && mark.letter === letter)?.marker;
  }

  /** The last one that ends where the output begins. */
  #before(offset: number | null, letter: string): IMarker | undefined {
    return offset === null ? undefined : this.#marks.findLast((mark) => mark.letter === letter && mark.offset < offset)?.marker;
  }
}
