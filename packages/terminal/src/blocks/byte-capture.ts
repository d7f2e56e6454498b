/** The beginning and the end of something that may be longer than is kept. */
export interface Captured {
  head: Buffer;
  tail: Buffer;
  /** Bytes between them that were not kept. */
  leftOut: number;
}

export interface CaptureLimits {
  head: number;
  tail: number;
}

/** Keeps the first and the last bytes of a stream, whatever goes through; what it is given is copied. */
export class ByteCapture {
  private readonly limits: CaptureLimits;
  private readonly head: Buffer[] = [];
  private headLength = 0;
  private tail: Buffer[] = [];
  private tailLength = 0;
  private leftOut = 0;

  constructor(limits: CaptureLimits) {
    this.limits = limits;
  }

  push(bytes: Uint8Array): void {
    const room = Math.min(bytes.byteLength, this.limits.head - this.headLength);
    if (room > 0) {
      this.head.push(Buffer.from(bytes.subarray(0, room)));
      this.headLength += room;
    }
    if (room < bytes.byteLength) this.pushTail(bytes.subarray(room));
  }

  take(): Captured {
    const tail = Buffer.concat(this.tail);
    const over = Math.max(0, tail.byteLength - this.limits.tail);
    return { head: Buffer.concat(this.head), tail: tail.subarray(over), leftOut: this.leftOut + over };
  }

  private pushTail(bytes: Uint8Array): void {
    const last = bytes.subarray(Math.max(0, bytes.byteLength - this.limits.tail));
    this.leftOut += bytes.byteLength - last.byteLength;
    this.tail.push(Buffer.from(last));
    this.tailLength += last.byteLength;
    // Whole pieces only: to cut them would cost more than to keep one too many.
    let gone = 0;
    for (let first = this.tail[0]; first !== undefined && this.tailLength - first.byteLength >= this.limits.tail; first = this.tail[gone]) {
      gone += 1;
      this.tailLength -= first.byteLength;
      this.leftOut += first.byteLength;
    }
    if (gone > 0) this.tail = this.tail.slice(gone);
  }
}
