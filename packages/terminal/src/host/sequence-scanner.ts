/** An operating system command that ended. */
export interface EndedOsc {
  code: number;
  /** After its terminator. */
  offset: number;
}

const esc = 0x1b;
/** DCS, SOS, PM and APC. */
const strings = [0x50, 0x58, 0x5e, 0x5f];
/** CAN and SUB break off whatever sequence they come in. */
const isBreak = (byte: number) => byte === 0x18 || byte === 0x1a;

type State = 'ground' | 'escape' | 'csi' | 'osc' | 'string';
/** Of the numbers that we look at. Digits. */
const longestCode = 6;
/** Of a character whose last byte is missing. Bytes. */
const longestHalf = 3;

/**
 * Follows escape sequences (ECMA-48, as VT500 parsers read them) just far enough to know where the output is between two
 * of them. A snapshot stands for the output up to such a place: what comes after begins with a whole sequence.
 */
export class SequenceScanner {
  private state: State = 'ground';
  /** The last bytes, as characters come in pieces. */
  private tail: Buffer = Buffer.alloc(0);
  private offset: number;
  private safe: number;
  /** ESC inside of a string may be the first half of its end. */
  private escaped = false;
  private code = '';
  private inCode = false;
  private readonly onOsc: (osc: EndedOsc) => void;

  constructor(begin: number, onOsc: (osc: EndedOsc) => void) {
    this.offset = begin;
    this.safe = begin;
    this.onOsc = onOsc;
  }

  /** The last place at which no sequence and no character was half done. */
  get between(): number {
    return this.safe;
  }

  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.byteLength) {
      if (this.state === 'ground') {
        const next = bytes.indexOf(esc, at);
        if (next === -1) break;
        this.safe = this.offset + next;
        this.enter('escape');
        at = next + 1;
      } else {
        this.step(bytes[at] ?? 0, this.offset + at);
        at += 1;
      }
    }
    this.offset += bytes.byteLength;
    this.tail = Buffer.concat([this.tail, bytes.subarray(-longestHalf)]).subarray(-longestHalf);
    if (this.state === 'ground') this.safe = Math.max(this.safe, this.offset - halfCharacter(this.tail));
  }

  private enter(state: State): void {
    this.state = state;
    this.escaped = false;
  }

  private ground(after: number): void {
    this.enter('ground');
    this.safe = after;
  }

  private step(byte: number, at: number): void {
    if (isBreak(byte)) this.ground(at + 1);
    else if (this.state === 'osc' || this.state === 'string') this.inString(byte, at);
    else if (byte === esc) this.enter('escape');
    else if (this.state === 'escape') this.afterEscape(byte, at);
    else if (byte >= 0x40 && byte <= 0x7e) this.ground(at + 1);
  }

  private afterEscape(byte: number, at: number): void {
    if (byte === 0x5b) this.enter('csi');
    else if (byte === 0x5d) this.beginOsc();
    else if (strings.includes(byte)) this.enter('string');
    // 0x20 to 0x2f come before the final byte of ESC ( 0 and the like; control characters act and the sequence goes on.
    else if (byte >= 0x30 && byte <= 0x7e) this.ground(at + 1);
  }

  private beginOsc(): void {
    this.enter('osc');
    this.code = '';
    this.inCode = true;
  }

  private inString(byte: number, at: number): void {
    if (this.escaped) this.endString(byte, at);
    else if (byte === esc) this.escaped = true;
    else if (this.state !== 'osc') return;
    else if (byte === 0x07) {
      this.endOsc(at + 1);
      this.ground(at + 1);
    } else if (this.inCode) this.readCode(byte);
  }

  /** Whatever follows ESC ends the string: a backslash is the whole of its end, anything else begins a new sequence. */
  private endString(byte: number, at: number): void {
    if (this.state === 'osc') this.endOsc(byte === 0x5c ? at + 1 : at - 1);
    if (byte === 0x5c) {
      this.ground(at + 1);
    } else {
      this.enter('escape');
      this.step(byte, at);
    }
  }

  private readCode(byte: number): void {
    if (byte >= 0x30 && byte <= 0x39 && this.code.length < longestCode) this.code += String.fromCharCode(byte);
    else this.inCode = false;
  }

  private endOsc(offset: number): void {
    this.onOsc({ code: Number(this.code), offset });
  }
}

/** How many bytes at the end are the beginning of a character of UTF-8 whose rest is still to come. */
function halfCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= bytes.byteLength; back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}
