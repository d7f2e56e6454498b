import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type TerminalBlock, terminalBlockSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Sealing } from '../session/session-part.ts';

/** What is kept of the output of one command, as text, without secrets. */
export const blockOutputSchema = z.object({
  text: z.string(),
  /** Bytes of the output that were not kept; they stood at line `gapAt`, counted from 0. */
  leftOut: z.number().int().nonnegative(),
  gapAt: z.number().int().nonnegative(),
});
export type BlockOutput = z.infer<typeof blockOutputSchema>;

const recordSchema = z.object({ block: terminalBlockSchema, output: blockOutputSchema.nullable() });

interface Kept {
  block: TerminalBlock;
  /** Null for one that is not on disk yet. */
  file: string | null;
  bytes: number;
}

export interface BlockStoreOptions {
  /** Of one session, 0700. It is made when the first block is written. */
  folder: string;
  seal: Sealing;
  /** Takes secrets out of a text. */
  redact(text: string): string;
  /** Blocks, and bytes of them on disk, that are kept; bookmarked ones go last. */
  limits: { blocks: number; bytes: number };
}

/**
 * The blocks of one session, one file each, so that they outlive the host and the shell. In memory commands are as they
 * were typed; on disk there are no secrets in them, nor in what they put out.
 */
export class BlockStore {
  private readonly options: BlockStoreOptions;
  private readonly kept = new Map<string, Kept>();
  private sequence = 0;
  /** Writes happen one after the other. */
  private last: Promise<void> = Promise.resolve();

  private constructor(options: BlockStoreOptions) {
    this.options = options;
  }

  /** What can't be read (another key, half a file) is passed over and goes. */
  static async open(options: BlockStoreOptions): Promise<BlockStore> {
    const store = new BlockStore(options);
    for (const name of await namesIn(options.folder)) await store.load(name);
    return store;
  }

  list(): TerminalBlock[] {
    return [...this.kept.values()].map(({ block }) => ({ ...block }));
  }

  /** A block that runs: known, and written when it has ended. */
  begin(block: TerminalBlock): void {
    this.kept.set(block.id, { block, file: null, bytes: 0 });
  }

  put(block: TerminalBlock, output: BlockOutput | null): Promise<void> {
    const known = this.kept.get(block.id);
    const own: TerminalBlock = { ...block, bookmarked: known?.block.bookmarked ?? block.bookmarked };
    this.sequence += 1;
    const file = known?.file ?? `${String(this.sequence).padStart(9, '0')}.json`;
    this.kept.set(block.id, { block: own, file, bytes: known?.bytes ?? 0 });
    return this.inTurn(() => this.write(own, file, output));
  }

  /** Null where nothing of its output was kept. Throws NOT_FOUND. */
  async output(id: string): Promise<BlockOutput | null> {
    const { file } = this.need(id);
    await this.last;
    return file === null ? null : ((await this.read(file))?.output ?? null);
  }

  /** Throws NOT_FOUND. */
  async bookmark(id: string, on: boolean): Promise<TerminalBlock> {
    const kept = this.need(id);
    kept.block = { ...kept.block, bookmarked: on };
    const { block, file } = kept;
    if (file !== null) await this.inTurn(async () => this.write(block, file, (await this.read(file))?.output ?? null));
    return { ...block };
  }

  /** Everything is written. */
  async close(): Promise<void> {
    await this.last;
  }

  private need(id: string): Kept {
    const kept = this.kept.get(id);
    if (kept === undefined) throw new AppError('NOT_FOUND', 'This command is no longer kept.', { hint: 'Only the last commands of a shell are.' });
    return kept;
  }

  private inTurn(run: () => Promise<void>): Promise<void> {
    const next = this.last.then(run);
    // Whoever waits for it is told; whoever comes after goes on.
    this.last = next.catch(() => undefined);
    return next;
  }

  private async write(block: TerminalBlock, file: string, output: BlockOutput | null): Promise<void> {
    const { folder, seal, redact } = this.options;
    const shown: TerminalBlock = { ...block, command: block.command === null ? null : redact(block.command) };
    // What was hidden is no longer what the shell said.
    if (shown.command !== block.command) shown.trusted = false;
    const bytes = seal.seal(Buffer.from(JSON.stringify({ block: shown, output })));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, file);
    await writeFile(`${path}.new`, bytes, { mode: 0o600 });
    await rename(`${path}.new`, path);
    const kept = this.kept.get(block.id);
    if (kept !== undefined) kept.bytes = bytes.byteLength;
    await this.prune();
  }

  private async prune(): Promise<void> {
    const { folder, limits } = this.options;
    const written = [...this.kept.values()].filter(({ file }) => file !== null);
    const order = [...written.filter(({ block }) => !block.bookmarked), ...written.filter(({ block }) => block.bookmarked)];
    let bytes = written.reduce((sum, kept) => sum + kept.bytes, 0);
    let count = written.length;
    for (const { block, file, bytes: size } of order) {
      if (count <= limits.blocks && bytes <= limits.bytes) return;
      this.kept.delete(block.id);
      bytes -= size;
      count -= 1;
      if (file !== null) await rm(join(folder, file), { force: true });
    }
  }

  private async load(name: string): Promise<void> {
    const record = await this.read(name);
    if (record === null) {
      await rm(join(this.options.folder, name), { force: true });
      return;
    }
    this.sequence = Math.max(this.sequence, Number.parseInt(name, 10));
    this.kept.set(record.block.id, { block: record.block, file: name, bytes: record.bytes });
  }

  private async read(file: string): Promise<{ block: TerminalBlock; output: BlockOutput | null; bytes: number } | null> {
    try {
      const bytes = await readFile(join(this.options.folder, file));
      const { block, output } = recordSchema.parse(JSON.parse(Buffer.from(this.options.seal.open(bytes)).toString()));
      return { block, output, bytes: bytes.byteLength };
    } catch {
      return null; // Sealed with another key, cut by a crash, or of another version.
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d+\.json$/.test(name)).sort();
}
