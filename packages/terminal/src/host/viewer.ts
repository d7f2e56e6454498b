import { largestTerminalChunk, type TerminalEvent, type TerminalServerFrame, terminalFlow } from '@quarterdeck/contract';
import type { Snapshot } from './mirror.ts';
import type { OutputRing } from './ring.ts';

/** A page that said nothing of what it has shown for so long does not hold the program up any more. Milliseconds. */
const patience = 10_000;

/** Where frames for one page go. */
export interface ViewerSink {
  send(frame: TerminalServerFrame): void;
  /** Too much waits to be sent already. */
  readonly isBackedUp: boolean;
}

/** What a viewer needs of its session. */
export interface ViewedOutput {
  readonly number: number;
  readonly ring: OutputRing;
  snapshot(lines: number): Snapshot;
  /** Milliseconds that only grow. */
  now(): number;
}

/** One page that has a session open. It reads the ring at its own pace: nothing is queued for it. */
export class Viewer {
  readonly client: string;
  private readonly output: ViewedOutput;
  private readonly sink: ViewerSink;
  private readonly lines: number;
  private sent = 0;
  private acknowledged = 0;
  private heardAt: number;
  private ready = false;
  private visible = true;

  constructor(client: string, options: { output: ViewedOutput; sink: ViewerSink; lines: number }) {
    this.client = client;
    this.output = options.output;
    this.sink = options.sink;
    this.lines = options.lines;
    this.heardAt = options.output.now();
  }

  /** Goes on where the page left off, where that is still known; else it gets a snapshot. Which of them it was. */
  begin(haveOffset: number | null): { mode: 'tail' | 'snapshot'; offset: number; deliver(): void } {
    const { ring } = this.output;
    if (haveOffset !== null && haveOffset >= ring.start && haveOffset <= ring.end) {
      this.goTo(haveOffset);
      return { mode: 'tail', offset: haveOffset, deliver: () => undefined };
    }
    const snapshot = this.output.snapshot(this.lines);
    this.goTo(snapshot.offset);
    return { mode: 'snapshot', offset: snapshot.offset, deliver: () => this.show(snapshot) };
  }

  /** From here on output flows. */
  start(): void {
    this.ready = true;
    this.heardAt = this.output.now();
    this.pump();
  }

  tell(event: TerminalEvent): void {
    this.sink.send({ type: 'event', session: this.output.number, event });
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.heardAt = this.output.now();
    this.pump();
  }

  /** The page has shown the output up to here. */
  acknowledge(offset: number): void {
    this.heardAt = this.output.now();
    if (offset > this.acknowledged && offset <= this.sent) this.acknowledged = offset;
    this.pump();
  }

  /** Up to where the page has the output, for who waits for it; null for one that nobody waits for. */
  get pace(): number | null {
    const waits = this.ready && this.visible && this.output.now() - this.heardAt < patience;
    return waits || (this.ready && this.visible && this.acknowledged === this.sent) ? this.acknowledged : null;
  }

  /** The same, whether anybody waits or not. */
  get reached(): number {
    return this.acknowledged;
  }

  /** Sends what there is, as far as the page keeps up. */
  pump(): void {
    const { ring, number } = this.output;
    while (this.ready && this.visible && this.sent < ring.end && this.sent - this.acknowledged < terminalFlow.high && !this.sink.isBackedUp) {
      const bytes = ring.read(this.sent, largestTerminalChunk);
      if (bytes === null) {
        this.catchUp();
        return;
      }
      if (this.acknowledged === this.sent) this.heardAt = this.output.now();
      this.sink.send({ type: 'output', session: number, offset: this.sent, bytes });
      this.sent += bytes.byteLength;
    }
  }

  /** What it has missed is no longer there byte by byte: it is shown how things stand. */
  private catchUp(): void {
    const snapshot = this.output.snapshot(this.lines);
    this.tell({ type: 'gap', from: this.sent, to: snapshot.offset });
    this.goTo(snapshot.offset);
    this.show(snapshot);
    this.pump();
  }

  private goTo(offset: number): void {
    this.sent = offset;
    this.acknowledged = offset;
  }

  private show({ text, ...snapshot }: Snapshot): void {
    const truncated = this.output.ring.start > 0 && !snapshot.hasMore;
    this.sink.send({ type: 'snapshot', session: this.output.number, ...snapshot, truncated, bytes: Buffer.from(text) });
  }
}
