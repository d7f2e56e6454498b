import type { IBuffer } from '@xterm/headless';

interface Note {
  offset: number;
  /** Counted from the first line that there ever was. */
  line: number;
}

const mostNotes = 4096;

/** Which lines of the scrollback hold which part of the output, as exactly as it was noted. */
export class LineIndex {
  private readonly buffer: IBuffer;
  private notes: Note[] = [];
  private gone = 0;

  constructor(buffer: IBuffer) {
    this.buffer = buffer;
  }

  trimmed(lines: number): void {
    this.gone += lines;
  }

  /** The output up to here ends on the line that the cursor is on. */
  note(offset: number): void {
    this.notes.push({ offset, line: this.gone + this.buffer.baseY + this.buffer.cursorY });
    if (this.notes.length > mostNotes) this.notes = this.notes.slice(mostNotes / 2);
  }

  /** Lines stand elsewhere now: those of a terminal that has become wider or narrower. */
  forget(): void {
    this.notes = [];
  }

  read(from: number, to: number): string[] {
    const first = this.notes.findLast(({ offset }) => offset <= from)?.line ?? this.gone;
    const last = this.notes.find(({ offset }) => offset >= to)?.line ?? this.gone + this.buffer.baseY + this.buffer.cursorY;
    const lines: string[] = [];
    for (let line = Math.max(first, this.gone); line <= last; line += 1) {
      const found = this.buffer.getLine(line - this.gone);
      if (found === undefined) break;
      const text = found.translateToString(true);
      if (found.isWrapped && lines.length > 0) lines.push(`${lines.pop() ?? ''}${text}`);
      else lines.push(text);
    }
    return lines;
  }
}
