const escapeByte = 0x1b;
const bell = 0x07;
/** ESC ] begins a command of the operating system, ESC \ ends one; and so do these as characters of their own, U+009D and U+009C in UTF-8. */
const [rightBracket, backslash] = [0x5d, 0x5c];
const [control, commandBegins, commandEnds] = [0xc2, 0x9d, 0x9c];
/** CAN and SUB break a command off. */
const breaksOff: ReadonlySet<number> = new Set([0x18, 0x1a]);
/** No number of a command has more digits. */
const mostDigits = 4;

/** Commands that reach beyond the terminal: names of icon and window (0, 1, 2), the clipboard (52). */
const refused: ReadonlySet<string> = new Set(['0', '1', '2', '52']);

/**
 * Takes out of a program's output what would have the viewer's terminal set the clipboard or its title (xterm's OSC 0, 1, 2 and 52):
 * what a container prints must not end up in what somebody pastes. Everything else goes through as it is, whatever way it is cut.
 */
export class TerminalGuard {
  /** An introducer, or the beginning of a command of which it is not known yet which one it is. */
  private held: number[] = [];
  private dropping = false;

  /** The next bytes of the output, without what is taken out. */
  pass(chunk: Uint8Array): Uint8Array {
    if (this.held.length === 0 && !this.dropping && !chunk.includes(escapeByte) && !chunk.includes(control)) return chunk;
    const out: number[] = [];
    for (const byte of chunk) {
      if (this.dropping) this.drop(byte);
      else this.take(byte, out);
    }
    return Uint8Array.from(out);
  }

  /** What is still held back when the output has ended. */
  end(): Uint8Array {
    const rest = this.dropping ? [] : this.held;
    this.held = [];
    return Uint8Array.from(rest);
  }

  private take(byte: number, out: number[]): void {
    this.held.push(byte);
    if (this.mayBecomeRefused()) return;
    if (this.isRefused()) this.startDropping(byte);
    else this.letGo(byte, out);
  }

  /** As long as it is an introducer and digits, nothing is known of it. */
  private mayBecomeRefused(): boolean {
    const [first, second, ...digits] = this.held;
    if (second === undefined) return first === escapeByte || first === control;
    return begins(first, second) && digits.length <= mostDigits && digits.every(isDigit);
  }

  private isRefused(): boolean {
    const [first, second, ...rest] = this.held;
    return begins(first, second) && refused.has(String.fromCharCode(...rest.slice(0, -1)));
  }

  private startDropping(byte: number): void {
    this.dropping = true;
    this.held = [];
    this.drop(byte);
  }

  /** The byte that showed that it is nothing of ours may be the beginning of something that is. */
  private letGo(byte: number, out: number[]): void {
    const again = this.held.length > 1 && (byte === escapeByte || byte === control);
    out.push(...(again ? this.held.slice(0, -1) : this.held));
    this.held = again ? [byte] : [];
  }

  private drop(byte: number): void {
    const [before] = this.held;
    const ended = byte === bell || breaksOff.has(byte) || (before === escapeByte && byte === backslash) || (before === control && byte === commandEnds);
    this.held = !ended && (byte === escapeByte || byte === control) ? [byte] : [];
    this.dropping = !ended;
  }
}

function begins(first: number | undefined, second: number | undefined): boolean {
  return (first === escapeByte && second === rightBracket) || (first === control && second === commandBegins);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
