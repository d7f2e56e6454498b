import { bundleLimits } from './bundle-format.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);

/**
 * Looks through JSON text before anybody parses it: depth, length of strings, number of values. Fed chunk by chunk
 * while a file is being inflated, so that a bomb ends the reading early. It does not check the grammar.
 */
export class JsonGuard {
  private depth = 0;
  private values = 0;
  private stringBytes = -1;
  private escaped = false;
  private offset = 0;

  /** What is wrong and at which byte, or null. */
  feed(chunk: Uint8Array): string | null {
    for (const byte of chunk) {
      this.offset += 1;
      const wrong = this.stringBytes >= 0 ? this.inString(byte) : this.outside(byte);
      if (wrong !== null) return `${wrong} at byte ${this.offset}`;
    }
    return null;
  }

  private inString(byte: number): string | null {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) {
      this.stringBytes = -1;
      return null;
    }
    this.stringBytes += 1;
    return this.stringBytes > bundleLimits.stringBytes ? `a string is longer than ${bundleLimits.stringBytes} bytes` : null;
  }

  private outside(byte: number): string | null {
    if (byte === quote) this.stringBytes = 0;
    else if (byte === comma) this.values += 1;
    else if (closers.has(byte)) this.depth -= 1;
    else if (openers.has(byte)) {
      this.values += 1;
      this.depth += 1;
      if (this.depth > bundleLimits.depth) return `values are nested more than ${bundleLimits.depth} deep`;
    }
    return this.values > bundleLimits.values ? `there are more than ${bundleLimits.values} values` : null;
  }
}
