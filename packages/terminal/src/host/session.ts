import { AppError, type TerminalEvent, type TerminalExit, type TerminalSession, type TerminalTheme } from '@quarterdeck/contract';
import type { HostClock, Sealing, SessionFacts, SessionPart, SpawnPreparation } from '../session/session-part.ts';
import type { Checkpoint, Checkpoints } from './checkpoint.ts';
import { CheckpointTimer } from './checkpoint-timer.ts';
import { InputWriter } from './input-writer.ts';
import { Mirror, type Snapshot } from './mirror.ts';
import { isTooFast } from './pace.ts';
import { endProcesses, signalExists } from './processes-of.ts';
import type { OpenPty, Pty } from './pty.ts';
import { OutputRing } from './ring.ts';
import { clipboardText, SessionRecord, shownTitle } from './session-record.ts';
import { TakenInput } from './taken-input.ts';
import { TerminalAnswers } from './terminal-answers.ts';
import { Viewer, type ViewerSink } from './viewer.ts';
import { Viewers } from './viewers.ts';

/** Bytes. */
const ringBytes = 2 * 1024 * 1024;
const flushAt = 64 * 1024;
/** Milliseconds. Output that comes soon after a key is its echo, and goes at once. */
const coalesce = 4;
const echoWithin = 50;
const lookWhileHeld = 50;

export interface SessionWorld {
  clock: HostClock;
  openPty: OpenPty;
  wait(milliseconds: number): Promise<void>;
  checkpoints: Checkpoints;
  sealing: Sealing;
  scrollback: number;
  version: string;
  theme: TerminalTheme | null;
  /** Something of what is listed has changed. */
  changed(): void;
  report(what: string, thrown: unknown): void;
}

/** A shell, everything that it put out lately, its screen, and the pages that show it. */
export class PtySession {
  readonly record: SessionRecord;
  readonly ring: OutputRing;
  readonly viewers: Viewers;
  private readonly world: SessionWorld;
  private readonly mirror: Mirror;
  private readonly answers: TerminalAnswers;
  private readonly taken = new TakenInput();
  private readonly checkpoint: CheckpointTimer;
  private parts: SessionPart[] = [];
  private pty: Pty | null = null;
  private writer: InputWriter | null = null;
  private held = false;
  private unflushed = 0;
  private flushing: NodeJS.Timeout | null = null;
  private looking: NodeJS.Timeout | null = null;
  private inputAt = Number.NEGATIVE_INFINITY;
  private dispose: () => Promise<void> = async () => undefined;

  constructor(facts: TerminalSession, world: SessionWorld, begin = 0) {
    this.world = world;
    this.record = new SessionRecord(facts, () => world.changed());
    this.ring = new OutputRing(ringBytes, begin);
    this.viewers = new Viewers(world.clock.monotonic);
    const { columns, rows } = facts;
    this.mirror = new Mirror({
      columns,
      rows,
      scrollback: world.scrollback,
      begin,
      onOsc: (code, data, offset) => this.hear(code, data, offset),
      onBell: () => this.emit({ type: 'bell' }),
    });
    this.answers = new TerminalAnswers(this.mirror.terminal, world.version, (text) => this.writer?.push(Buffer.from(text)));
    this.mirror.terminal.onData((text) => this.writer?.push(Buffer.from(text)));
    if (world.theme !== null) this.answers.setTheme(world.theme);
    this.checkpoint = new CheckpointTimer(world.clock.monotonic, () => this.save());
  }

  /** Starts the program. Throws UNSUPPORTED where that fails. */
  async start(preparation: SpawnPreparation): Promise<void> {
    const { id, columns, rows, cwd } = this.record.value;
    this.dispose = preparation.dispose;
    const { file, args, env } = preparation;
    const folder = await this.world.checkpoints.folder(id);
    const request = { file, args, env, cwd: cwd ?? '/', columns, rows };
    const pty = this.world.openPty(request, { onData: (bytes) => this.output(bytes), onExit: (exit) => void this.ended(exit) });
    this.pty = pty;
    this.record.set({ pid: pty.pid });
    this.writer = new InputWriter({ write: pty.write, wait: this.world.wait, failed: (thrown) => this.world.report('Input could not be written', thrown) });
    const context = {
      session: this.factsNow(),
      emit: (event: TerminalEvent) => this.emit(event),
      readLines: (from: number, to: number) => this.mirror.read(from, to),
      ptyFd: pty.fd,
      ptyPath: pty.path,
      pid: pty.pid,
      clock: this.world.clock,
      folder,
      seal: this.world.sealing,
    };
    this.parts = preparation.parts.map((create) => create(context));
  }

  /** Shows what a shell had shown that is gone with its host. */
  restore(text: string): void {
    this.mirror.write(Buffer.from(text), () => undefined);
  }

  get number(): number {
    return this.record.value.number;
  }

  snapshot(lines: number): Snapshot {
    const snapshot = this.mirror.snapshot(lines);
    // What is restored is text that no program put out here.
    return this.record.value.state === 'lost' ? { ...snapshot, offset: this.ring.end } : snapshot;
  }

  now(): number {
    return this.world.clock.monotonic();
  }

  async attach(client: string, sink: ViewerSink, { haveOffset, lines }: { haveOffset: number | null; lines: number }): Promise<Viewer> {
    // What is restored has no bytes in the ring: its screen must stand before it is shown.
    if (this.record.value.state === 'lost') await this.mirror.settled();
    const viewer = new Viewer(client, { output: this, sink, lines });
    const { columns, rows, state, exit } = this.record.value;
    const { mode, offset, deliver } = viewer.begin(state === 'lost' ? null : haveOffset);
    this.viewers.add(viewer);
    const { writer } = this.viewers;
    viewer.tell({ type: 'attached', mode, offset, columns, rows, state, exit, writer, taken: this.taken.last(client) });
    deliver();
    this.record.set({ viewers: this.viewers.count, writer, detachedAt: null });
    return viewer;
  }

  /** `broken`: its connection was lost; it may come back. */
  leave(viewer: Viewer, broken: boolean): void {
    this.viewers.remove(viewer.client, viewer, broken);
    const count = this.viewers.count;
    this.record.set({ viewers: count, writer: this.viewers.writer, ...(count === 0 ? { detachedAt: this.isoNow() } : {}) });
    this.keepPace();
  }

  /** Throws CONFLICT where another page types, GONE where nothing runs any more, RATE_LIMITED. */
  input(client: string, sequence: number, bytes: Uint8Array): void {
    if (this.writer === null) throw new AppError('GONE', 'Nothing runs in this terminal any more.', { hint: 'Start another one.' });
    if (!this.viewers.mayWrite(client)) throw new AppError('CONFLICT', 'Another page types in this terminal.', { hint: 'Take over to type here.' });
    if (!this.taken.take(client, sequence)) return;
    this.type(bytes);
  }

  /** Types for somebody who has no page. */
  type(bytes: Uint8Array): void {
    if (this.writer === null) throw new AppError('GONE', 'Nothing runs in this terminal any more.');
    this.inputAt = this.now();
    this.writer.push(bytes);
    this.eachPart((part) => part.input?.(bytes));
  }

  takeOver(client: string): void {
    this.viewers.write(client);
    this.record.set({ writer: client });
  }

  /** The size of the page that types. What was put out before it is still parsed at the old size. */
  async resize(client: string, columns: number, rows: number, pixels: { width: number; height: number }): Promise<void> {
    if (!this.viewers.mayWrite(client) || this.pty === null) return;
    const { columns: before, rows: rowsBefore } = this.record.value;
    this.flush();
    if (columns === before && rows === rowsBefore) return;
    this.record.set({ columns, rows });
    await this.mirror.settled();
    this.mirror.resize(columns, rows);
    this.pty?.resize(columns, rows, pixels);
    this.emit({ type: 'resized', columns, rows });
    this.eachPart((part) => part.resized?.(columns, rows));
  }

  history(before: number, lines: number): { text: string; linesBefore: number } {
    return this.mirror.history(before, lines);
  }

  setTheme(theme: TerminalTheme): void {
    this.answers.setTheme(theme);
  }

  setObserved(on: boolean): void {
    this.record.set({ observed: on });
    this.eachPart((part) => part.observed?.(on));
    this.emit({ type: 'observed', on });
  }

  acknowledge(viewer: Viewer, offset: number): void {
    viewer.acknowledge(offset);
    this.keepPace();
  }

  pump(): void {
    this.viewers.pump();
    this.keepPace();
  }

  /** Ends whatever runs in it. */
  async end(): Promise<void> {
    if (this.pty === null) return;
    this.pty.resume();
    await endProcesses(this.pty.pid, this.world.wait);
  }

  /** Lets go of everything; a program that still runs is hung up. */
  async close(): Promise<void> {
    await this.checkpoint.close();
    this.clearTimers();
    this.writer?.close();
    this.pty?.close();
    this.pty = null;
    await Promise.all(this.parts.map((part) => part.close().catch((thrown: unknown) => this.world.report('A part of a terminal did not close', thrown))));
    this.parts = [];
    await this.dispose();
    this.mirror.close();
  }

  /** Writes down what can be shown again. */
  async save(): Promise<void> {
    const { offset, text } = this.checkpointText();
    const checkpoint: Checkpoint = { session: this.record.value, offset, text };
    await this.world.checkpoints.save(checkpoint).catch((thrown: unknown) => this.world.report('What a terminal shows could not be kept', thrown));
  }

  emit(event: TerminalEvent): void {
    this.record.learn(event);
    this.viewers.tell(event);
  }

  private checkpointText(): Snapshot {
    return this.checkpoint.bounded((lines) => this.mirror.snapshot(lines));
  }

  private factsNow(): SessionFacts {
    const { record } = this;
    const fact = (key: keyof SessionFacts) => ({ enumerable: true, get: () => record.value[key] });
    const keys = ['id', 'shell', 'owner', 'pid', 'columns', 'rows', 'cwd', 'observed'] as const;
    return Object.defineProperties({ ...record.value }, Object.fromEntries(keys.map((key) => [key, fact(key)])));
  }

  private output(bytes: Buffer): void {
    const offset = this.ring.end;
    this.ring.push(bytes);
    this.unflushed += bytes.byteLength;
    if (this.unflushed >= flushAt || this.now() - this.inputAt < echoWithin) this.flush();
    else this.flushing ??= setTimeout(() => this.flush(), coalesce);
    this.mirror.write(bytes, () => this.keepPace());
    this.eachPart((part) => part.output?.(bytes, offset));
    this.checkpoint.grown();
    this.keepPace();
  }

  private flush(): void {
    if (this.flushing !== null) clearTimeout(this.flushing);
    this.flushing = null;
    this.unflushed = 0;
    this.viewers.pump();
  }

  /** Holds the program up while it runs ahead of who looks, and lets it go on. */
  private keepPace(): void {
    if (this.pty === null) return;
    const held = isTooFast(this.held, { end: this.ring.end, reached: this.viewers.reached, pending: this.mirror.pending });
    if (held !== this.held) {
      this.held = held;
      if (held) this.pty.pause();
      else this.pty.resume();
    }
    if (held) this.looking ??= setInterval(() => this.lookWhileHeld(), lookWhileHeld);
    else this.stopLooking();
  }

  /** Of a program that ended while it was held up, the last output is lost unless it is read at once. */
  private lookWhileHeld(): void {
    if (this.pty !== null && !signalExists(this.pty.pid)) {
      this.pty.resume();
      this.stopLooking();
    } else {
      this.keepPace();
    }
  }

  private stopLooking(): void {
    if (this.looking !== null) clearInterval(this.looking);
    this.looking = null;
  }

  private hear(code: number, data: string, offset: number): void {
    if (code === 0 || code === 2) this.emit({ type: 'title', title: shownTitle(data) });
    if (code === 52) {
      const text = clipboardText(data);
      if (text !== null) this.viewers.of(this.viewers.writer ?? '')?.tell({ type: 'clipboard', text });
    }
    this.eachPart((part) => part.osc?.(code, data, offset));
  }

  private async ended(exit: TerminalExit): Promise<void> {
    this.clearTimers();
    this.writer?.close();
    this.writer = null;
    this.pty = null;
    this.flush();
    await this.mirror.settled();
    this.record.set({ state: 'exited', exit, running: null, hidden: false });
    this.eachPart((part) => part.ended?.(exit));
    this.emit({ type: 'exited', exit });
    this.checkpoint.grown();
  }

  /** A part that fails must not take the shell with it. */
  private eachPart(run: (part: SessionPart) => void): void {
    for (const part of this.parts) {
      try {
        run(part);
      } catch (thrown) {
        this.world.report('A part of a terminal failed', thrown);
      }
    }
  }

  private clearTimers(): void {
    if (this.flushing !== null) clearTimeout(this.flushing);
    this.flushing = null;
    this.stopLooking();
  }

  private isoNow(): string {
    return new Date(this.world.clock.now()).toISOString();
  }
}
