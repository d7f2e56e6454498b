const [esc, bracket, semicolon] = [0x1b, 0x5d, 0x3b];
/** `133` and `633`, with which shells tell where their commands begin and end. */
const codes = ['133', '633'].map((code) => [...code].map((digit) => digit.charCodeAt(0)));
/** ESC ] and three digits and ; */
const headLength = 6;

/**
 * Finds where the marks of shells begin in the output. The terminal says when it has read one, and not where it stood;
 * both are in the same order.
 */
export class MarkScanner {
  /** The beginning of what may be a mark, whose rest has not come. */
  #rest: number[] = [];
  #restAt = 0;

  /** Offsets of the marks that begin in these bytes, or began in those before and are certain now. */
  scan(bytes: Uint8Array, offset: number): number[] {
    const found: number[] = [];
    const held = this.#rest;
    const base = held.length > 0 ? this.#restAt : offset;
    const all = held.length > 0 ? Uint8Array.from([...held, ...bytes]) : bytes;
    this.#rest = [];
    for (let at = all.indexOf(esc); at !== -1; at = all.indexOf(esc, at + 1)) {
      const head = all.subarray(at, at + headLength);
      if (!isHead(head)) continue;
      if (head.length === headLength) found.push(base + at);
      else {
        this.#rest = [...head];
        this.#restAt = base + at;
      }
    }
    return found;
  }

  reset(): void {
    this.#rest = [];
  }
}

/** Whether these bytes are a mark's head, or the beginning of one. */
function isHead(head: Uint8Array): boolean {
  return codes.some((digits) => [esc, bracket, ...digits, semicolon].every((byte, index) => head[index] === undefined || head[index] === byte));
}
