import type { BundleLimits } from './bundle-format.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Looks through JSON text before anybody parses it: depth, length of strings, number of values. Fed chunk by chunk
 * while a file is being inflated, so that a bomb ends the reading early. It does not check the grammar.
 */
export class JsonGuard {
  private readonly limits: BundleLimits;
  private depth = 0;
  private values = 0;
  private isString = false;
  private stringBytes = 0;
  private isEscaped = false;
  private offset = 0;

  constructor(limits: BundleLimits) {
    this.limits = limits;
  }

  /** What is wrong and near which byte, or null. */
  feed(chunk: Uint8Array): string | null {
    let index = 0;
    while (index < chunk.byteLength) {
      index = this.isString ? this.skipString(chunk, index) : this.skipStructure(chunk, index);
      const wrong = this.verdict();
      if (wrong !== null) return `${wrong} at byte ${this.offset + index}`;
    }
    this.offset += chunk.byteLength;
    return null;
  }

  /** Up to behind the closing quote, or to the end of the chunk. */
  private skipString(chunk: Uint8Array, start: number): number {
    for (let index = start; index < chunk.byteLength; index += 1) {
      const byte = chunk[index];
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === backslash) this.isEscaped = true;
      else if (byte === quote) {
        this.isString = false;
        this.stringBytes += index - start;
        return index + 1;
      }
    }
    this.stringBytes += chunk.byteLength - start;
    return chunk.byteLength;
  }

  /** Up to behind the next opening quote or bracket, or to the end of the chunk. */
  private skipStructure(chunk: Uint8Array, start: number): number {
    for (let index = start; index < chunk.byteLength; index += 1) {
      const byte = chunk[index];
      if (byte === quote) {
        this.isString = true;
        this.stringBytes = 0;
        return index + 1;
      }
      if (byte === comma) this.values += 1;
      else if (byte === closeBracket || byte === closeBrace) this.depth -= 1;
      else if (byte === openBracket || byte === openBrace) {
        this.depth += 1;
        this.values += 1;
        return index + 1;
      }
    }
    return chunk.byteLength;
  }

  private verdict(): string | null {
    if (this.stringBytes > this.limits.stringBytes) return `a string is longer than ${this.limits.stringBytes} bytes`;
    if (this.depth > this.limits.depth) return `values are nested more than ${this.limits.depth} deep`;
    return this.values > this.limits.values ? `there are more than ${this.limits.values} values` : null;
  }
}
