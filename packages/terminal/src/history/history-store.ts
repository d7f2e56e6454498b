import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, type TerminalHistoryEntry, type TerminalHistoryQuery, terminalHistoryEntrySchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Sealing } from '../session/session-part.ts';

const ownedEntrySchema = terminalHistoryEntrySchema.extend({ owner: z.string() });
type OwnedEntry = z.infer<typeof ownedEntrySchema>;

export interface HistoryOptions {
  file: string;
  seal: Sealing;
  redact(text: string): string;
  now(): number;
  limits: { entries: number; ageMs: number };
}

/** A burst of commands is one write. */
const writeAfterMs = 500;

/**
 * What was run in all shells, newest last. Like a shell's own history it leaves out what begins with a space; a secret in
 * a command is replaced before it is kept, and what was typed while nothing was shown never comes here: only command
 * lines do.
 */
export class HistoryStore {
  private readonly options: HistoryOptions;
  private entries: OwnedEntry[] = [];
  private timer: NodeJS.Timeout | null = null;
  private last: Promise<void> = Promise.resolve();
  private readonly report: (thrown: unknown) => void;

  private constructor(options: HistoryOptions, report: (thrown: unknown) => void) {
    this.options = options;
    this.report = report;
  }

  /** A file that can't be read is begun anew: `report` is told. */
  static async open(options: HistoryOptions, report: (thrown: unknown) => void): Promise<HistoryStore> {
    const store = new HistoryStore(options, report);
    try {
      store.entries = z.array(ownedEntrySchema).parse(JSON.parse(Buffer.from(options.seal.open(await readFile(options.file))).toString()));
    } catch (thrown) {
      if (!isMissing(thrown)) report(thrown);
    }
    store.cut();
    return store;
  }

  add(entry: OwnedEntry): void {
    if (/^\s/.test(entry.command) || entry.command.trim() === '') return;
    this.entries.push({ ...entry, command: this.options.redact(entry.command) });
    this.cut();
    this.writeSoon();
  }

  /** Newest first; a command that was run again in the same way is told once. `owner` null: of everybody. */
  find({ text, context, exit, cwd, since, until, limit }: TerminalHistoryQuery, owner: string | null): TerminalHistoryEntry[] {
    const words = text?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
    const fits = (entry: OwnedEntry) =>
      (owner === null || entry.owner === owner) &&
      words.every((word) => entry.command.toLowerCase().includes(word)) &&
      (context === undefined || entry.kube?.context === context) &&
      (exit === undefined || (exit === 'ok' ? entry.exit === 0 : entry.exit !== null && entry.exit !== 0)) &&
      (cwd === undefined || entry.cwd === cwd) &&
      (since === undefined || entry.startedAt >= since) &&
      (until === undefined || entry.startedAt <= until);
    const found = new Map<string, OwnedEntry>();
    for (let at = this.entries.length - 1; at >= 0 && found.size < limit; at -= 1) {
      const entry = this.entries[at];
      if (entry === undefined || !fits(entry)) continue;
      const key = JSON.stringify([entry.command, entry.cwd, entry.kube]);
      if (!found.has(key)) found.set(key, entry);
    }
    return [...found.values()].map(({ owner: _owner, ...entry }) => entry);
  }

  /** With every entry that says the same in the same place: what `find` showed is gone. Throws NOT_FOUND. */
  async remove(id: string, owner: string | null): Promise<void> {
    const entry = this.entries.find((candidate) => candidate.id === id && (owner === null || candidate.owner === owner));
    if (entry === undefined) throw new AppError('NOT_FOUND', 'This command is not in the history.', { hint: 'Somebody may have removed it already.' });
    this.entries = this.entries.filter(({ command, owner: whose }) => command !== entry.command || whose !== entry.owner);
    await this.write();
  }

  async close(): Promise<void> {
    if (this.timer !== null) await this.write();
    await this.last;
  }

  private cut(): void {
    const { now, limits } = this.options;
    const oldest = new Date(now() - limits.ageMs).toISOString();
    if (this.entries.length > limits.entries) this.entries = this.entries.slice(-limits.entries);
    const first = this.entries.findIndex(({ startedAt }) => startedAt >= oldest);
    if (first !== 0) this.entries = first < 0 ? [] : this.entries.slice(first);
  }

  private writeSoon(): void {
    this.timer ??= setTimeout(() => void this.write().catch(this.report), writeAfterMs).unref();
  }

  private write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const next = this.last.then(async () => {
      const { file, seal } = this.options;
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, seal.seal(Buffer.from(JSON.stringify(this.entries))), { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    this.last = next.catch(() => undefined);
    return next;
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
