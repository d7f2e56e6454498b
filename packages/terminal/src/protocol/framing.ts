import { AppError } from '@quarterdeck/contract';

/** A snapshot with its head. Bytes. */
const largestMessage = 33 * 1024 * 1024;
const lengthBytes = 4;

/** Where messages go as a stream of bytes. */
export interface FrameSink {
  cork(): void;
  uncork(): void;
  write(bytes: Uint8Array): unknown;
}

/** A message on a stream of bytes: its length as a big-endian u32, then the message, which is not copied once more. */
export function writeFramed(sink: FrameSink, message: Uint8Array): void {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(message.byteLength);
  sink.cork();
  sink.write(length);
  sink.write(message);
  sink.uncork();
}

/** Cuts a stream of bytes into messages. */
export class FrameReader {
  private readonly onMessage: (message: Buffer) => void;
  private chunks: Buffer[] = [];
  private bytes = 0;

  constructor(onMessage: (message: Buffer) => void) {
    this.onMessage = onMessage;
  }

  /** Throws VALIDATION_ERROR for a length that no message has. */
  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.byteLength;
    for (let length = this.length(); length !== null && this.bytes >= lengthBytes + length; length = this.length()) {
      const all = this.joined();
      this.chunks = [all.subarray(lengthBytes + length)];
      this.bytes -= lengthBytes + length;
      this.onMessage(all.subarray(lengthBytes, lengthBytes + length));
    }
  }

  private length(): number | null {
    if (this.bytes < lengthBytes) return null;
    if ((this.chunks[0]?.byteLength ?? 0) < lengthBytes) this.joined();
    const length = this.chunks[0]?.readUInt32BE(0) ?? 0;
    if (length === 0 || length > largestMessage) throw new AppError('VALIDATION_ERROR', `A message of ${length} bytes is none.`);
    return length;
  }

  private joined(): Buffer {
    const [first] = this.chunks;
    if (first !== undefined && this.chunks.length === 1) return first;
    const all = Buffer.concat(this.chunks, this.bytes);
    this.chunks = [all];
    return all;
  }
}
