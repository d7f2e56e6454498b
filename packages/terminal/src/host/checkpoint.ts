import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalSessionSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Sealing } from '../session/session-part.ts';

const checkpointSchema = z.object({ session: terminalSessionSchema, offset: z.number().int().nonnegative(), text: z.string() });
/** A session as it was, to be shown should its shell be lost. `text` is a snapshot of `session.columns` by `session.rows`. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Of the text. Characters. */
export const largestCheckpoint = 1_500_000;
const fileName = 'screen.sealed';

/** What is kept of sessions on disk: a folder (0700) each. */
export class Checkpoints {
  private readonly root: string;
  private readonly sealing: Sealing;

  constructor(root: string, sealing: Sealing) {
    this.root = root;
    this.sealing = sealing;
  }

  /** The session's own folder, made where it is not there. */
  async folder(session: string): Promise<string> {
    const path = join(this.root, session);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return path;
  }

  async save(checkpoint: Checkpoint): Promise<void> {
    const folder = await this.folder(checkpoint.session.id);
    const temporary = join(folder, randomUUID());
    try {
      await writeFile(temporary, this.sealing.seal(Buffer.from(JSON.stringify(checkpoint))), { mode: 0o600 });
      await rename(temporary, join(folder, fileName));
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
  }

  async forget(session: string): Promise<void> {
    await rm(join(this.root, session), { recursive: true, force: true });
  }

  /** Those that an earlier host left. One that can't be read is told and left where it is. */
  async load(report: (what: string, thrown: unknown) => void): Promise<Checkpoint[]> {
    const names = await readdir(this.root).catch(() => []);
    const found = await Promise.all(names.map((name) => this.read(name, report)));
    return found.flatMap((checkpoint) => checkpoint ?? []);
  }

  private async read(session: string, report: (what: string, thrown: unknown) => void): Promise<Checkpoint | null> {
    try {
      const sealed = await readFile(join(this.root, session, fileName));
      return checkpointSchema.parse(JSON.parse(Buffer.from(this.sealing.open(sealed)).toString('utf8')));
    } catch (thrown) {
      report(`What was kept of the terminal ${session} can't be read`, thrown);
      return null;
    }
  }
}
