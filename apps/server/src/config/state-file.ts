import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { storageError } from '@quarterdeck/storage';
import type * as z from 'zod';

/** A JSON file of the state directory, readable by its owner alone. */
export class StateFile<T> {
  private readonly path: string;
  private readonly schema: z.ZodType<T>;
  private writing: Promise<void> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<T>) {
    this.path = path;
    this.schema = schema;
  }

  /** Null where there is none yet. Throws INTERNAL_ERROR for one that can't be read; `what` names its content. */
  async read(what: string): Promise<T | null> {
    try {
      return this.schema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
      const hint = 'Mend the file, or move it away to begin with an empty list.';
      throw new AppError('INTERNAL_ERROR', `${what} (${this.path}) can't be read.`, { hint, cause });
    }
  }

  /** Throws STORAGE_UNAVAILABLE, and leaves the file as it was. One write after the other, each with the state of its own time; a failed one does not hold up the next. */
  write(value: T): Promise<void> {
    const content = `${JSON.stringify(value, null, 2)}\n`;
    const write = () =>
      this.replace(content).catch((thrown: unknown) => {
        throw storageError(thrown, this.path);
      });
    this.writing = this.writing.then(write, write);
    return this.writing;
  }

  /** A reader finds the old file or the new one, never half of one. */
  private async replace(content: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${randomUUID()}`;
    try {
      await writeFile(temporary, content, { mode: 0o600 });
      await rename(temporary, this.path);
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
  }
}
