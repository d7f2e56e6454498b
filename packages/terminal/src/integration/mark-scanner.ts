/** An operating system command with its exact place in the stream: `start` of its first byte, `end` after its last. */
export interface FoundCommand {
  code: number;
  data: string;
  start: number;
  end: number;
}

const introducer = Buffer.from('\x1b]');
const escapeByte = 0x1b;
const bell = 0x07;
/** A command that is longer is none of ours: it is passed over. Bytes. */
const longest = 64 * 1024;
/** Those that shells speak in; others are not even decoded. */
const known = new Set([7, 9, 133, 633, 1337]);

/**
 * Finds what a shell says in its output, at the exact byte: a mirror knows only in which piece it came. Commands may be
 * cut anywhere between two pieces; what is kept of them is bounded. Everything else is skipped without being looked at.
 */
export class MarkScanner {
  /** The beginning of a command whose end has not come yet. */
  private open: Buffer | null = null;

  /** `offset` is that of the first byte. */
  scan(bytes: Uint8Array, offset: number): FoundCommand[] {
    const held = this.open;
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = held === null ? piece : Buffer.concat([held, piece]);
    const base = offset - (held?.byteLength ?? 0);
    this.open = null;
    const found: FoundCommand[] = [];
    for (let at = text.indexOf(introducer); at >= 0; ) {
      const end = endOf(text, at + introducer.length);
      if (end === null) {
        this.keep(text, at);
        return found;
      }
      const command = read(text, at, end, base);
      if (command !== null) found.push(command);
      at = text.indexOf(introducer, end.next);
    }
    // The introducer itself may be cut in two.
    if (text.at(-1) === escapeByte) this.open = Buffer.from([escapeByte]);
    return found;
  }

  private keep(text: Buffer, from: number): void {
    if (text.byteLength - from <= longest) this.open = Buffer.from(text.subarray(from));
  }
}

interface End {
  /** Where the data ends. */
  data: number;
  /** Where whatever follows begins. */
  next: number;
}

/** Null where it is not there yet. An escape that does not end the command ends it all the same, as terminals have it. */
function endOf(text: Buffer, from: number): End | null {
  for (let at = from; at < text.byteLength && at - from <= longest; at += 1) {
    const byte = text[at];
    if (byte === bell || byte === 0x18 || byte === 0x1a) return { data: at, next: at + 1 };
    if (byte !== escapeByte) continue;
    if (at + 1 >= text.byteLength) return null;
    return { data: at, next: text[at + 1] === 0x5c ? at + 2 : at };
  }
  return text.byteLength - from > longest ? { data: from, next: from + longest } : null;
}

function read(text: Buffer, start: number, { data, next }: End, base: number): FoundCommand | null {
  const body = text.toString('utf8', start + introducer.length, data);
  const [, digits, rest] = /^(\d{1,4});([\s\S]*)$/.exec(body) ?? [];
  const code = Number(digits);
  return digits === undefined || rest === undefined || !known.has(code) ? null : { code, data: rest, start: base + start, end: base + next };
}
