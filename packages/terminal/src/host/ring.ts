const smallest = 64 * 1024;

/** The last bytes that a session put out, each at its absolute offset. It grows as it is filled, and forgets the oldest when it is full. */
export class OutputRing {
  private readonly capacity: number;
  private buffer = Buffer.alloc(0);
  private first: number;
  private next: number;

  /** `begin`: the offset of the first byte to come. */
  constructor(capacity: number, begin = 0) {
    this.capacity = capacity;
    this.first = begin;
    this.next = begin;
  }

  /** The offset of the oldest byte that is kept. */
  get start(): number {
    return this.first;
  }

  /** The offset after the newest byte. */
  get end(): number {
    return this.next;
  }

  push(bytes: Uint8Array): void {
    const kept = bytes.byteLength > this.capacity ? bytes.subarray(bytes.byteLength - this.capacity) : bytes;
    this.grow(Math.min(this.capacity, this.next - this.first + kept.byteLength));
    this.next += bytes.byteLength;
    this.first = Math.max(this.first, this.next - this.buffer.byteLength);
    const at = (this.next - kept.byteLength) % this.buffer.byteLength;
    const head = kept.subarray(0, this.buffer.byteLength - at);
    this.buffer.set(head, at);
    this.buffer.set(kept.subarray(head.byteLength), 0);
  }

  /** At most `most` bytes from `offset` on, copied; fewer where there are no more. Null where they are no longer kept. */
  read(offset: number, most: number): Uint8Array | null {
    if (offset < this.first || offset > this.next) return null;
    const length = Math.min(most, this.next - offset);
    if (length === 0) return new Uint8Array(0);
    const at = offset % this.buffer.byteLength;
    const head = this.buffer.subarray(at, Math.min(at + length, this.buffer.byteLength));
    return Buffer.concat([head, this.buffer.subarray(0, length - head.byteLength)]);
  }

  private grow(needed: number): void {
    if (needed <= this.buffer.byteLength) return;
    const kept = this.read(this.first, this.next - this.first) ?? new Uint8Array(0);
    let size = Math.max(smallest, this.buffer.byteLength);
    while (size < needed) size *= 2;
    this.buffer = Buffer.alloc(Math.min(size, this.capacity));
    const at = this.first % this.buffer.byteLength;
    const head = kept.subarray(0, this.buffer.byteLength - at);
    this.buffer.set(head, at);
    this.buffer.set(kept.subarray(head.byteLength), 0);
  }
}
