import { describe, expect, it } from 'vitest';
import { InputWriter } from './input-writer.ts';

const busy = () => Object.assign(new Error('busy'), { code: 'EAGAIN' });

/** A program that takes so many bytes at a time, and nothing at all so often before. */
function writerTo({ portion, refusals }: { portion: number; refusals: number }) {
  const taken: number[] = [];
  const waits: number[] = [];
  const failures: unknown[] = [];
  let left = refusals;
  const writer = new InputWriter({
    async write(bytes) {
      if (left-- > 0) throw busy();
      const part = bytes.subarray(0, portion);
      taken.push(...part);
      return part.byteLength;
    },
    async wait(milliseconds) {
      waits.push(milliseconds);
    },
    failed: (thrown) => failures.push(thrown),
  });
  return { writer, taken, waits, failures };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what is typed', () => {
  it('arrives whole and in order, however little the program takes', async () => {
    const { writer, taken } = writerTo({ portion: 7, refusals: 0 });
    const [first, second] = [Buffer.alloc(5000, 'a'), Buffer.alloc(300, 'b')];
    writer.push(first);
    writer.push(second);
    await expect.poll(() => taken.length).toBe(5300);
    expect(Buffer.from(taken)).toEqual(Buffer.concat([first, second]));
  });

  it('waits longer and longer for a program that does not read', async () => {
    const { writer, taken, waits } = writerTo({ portion: 100, refusals: 8 });
    writer.push(Buffer.from('x'));
    await expect.poll(() => taken.length).toBe(1);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 50, 50]);
  });

  it('is refused where too much waits, and forgotten where the terminal is gone', async () => {
    const { writer, taken } = writerTo({ portion: 1, refusals: Number.POSITIVE_INFINITY });
    writer.push(Buffer.alloc(8 * 1024 * 1024));
    expect(() => writer.push(Buffer.of(3))).toThrow(/too much input/);
    writer.close();
    writer.push(Buffer.of(1));
    await settled();
    expect(taken).toEqual([]);
  });

  it('tells of a terminal that takes nothing any more, once', async () => {
    const failures: unknown[] = [];
    const write = () => Promise.reject(Object.assign(new Error('gone'), { code: 'EIO' }));
    const writer = new InputWriter({ write, wait: async () => undefined, failed: (thrown) => failures.push(thrown) });
    writer.push(Buffer.of(1));
    await settled();
    writer.push(Buffer.of(2));
    await settled();
    expect(failures).toHaveLength(1);
  });
});
