/** Longer than a prompt and a line behind it. Bytes. */
const most = 32 * 1024;

/** What was put out from the beginning of a prompt to the command behind it: out of it the screen says what was typed. */
export class PromptCapture {
  private pieces: Buffer[] = [];
  private length = 0;
  /** Where the line that is typed begins. */
  private inputAt: number | null = null;

  begin(): void {
    this.pieces = [];
    this.length = 0;
    this.inputAt = null;
  }

  push(bytes: Uint8Array): void {
    if (this.length > most) return;
    this.pieces.push(Buffer.from(bytes));
    this.length += bytes.byteLength;
  }

  /** A prompt that is drawn again has its line behind it again. */
  input(): void {
    this.inputAt = this.length;
  }

  /** Null where it is not known, or too long. */
  take(): { before: Buffer; typed: Buffer } | null {
    const all = Buffer.concat(this.pieces);
    const at = this.inputAt;
    this.begin();
    return at === null || all.byteLength > most ? null : { before: all.subarray(0, at), typed: all.subarray(at) };
  }
}
