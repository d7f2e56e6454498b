import {
  largestTerminalChunk,
  type TerminalClientFrame,
  type TerminalControl,
  type TerminalEvent,
  type TerminalServerFrame,
  terminalFlow,
} from '@quarterdeck/contract';

export type TerminalSnapshot = Extract<TerminalServerFrame, { type: 'snapshot' }>;

/** Whoever shows a session. `shown` is called when it stands on the screen. */
export interface TerminalListener {
  /** The screen begins anew with this. */
  onSnapshot(snapshot: TerminalSnapshot, shown: () => void): void;
  /** `offset` is that of the first byte. */
  onOutput(bytes: Uint8Array, offset: number, shown: () => void): void;
  onEvent(event: TerminalEvent): void;
  /** Whether output comes and input goes. */
  onLive(live: boolean): void;
  /** Another place of this page shows the session now. */
  onDisplaced(): void;
}

export interface AttachmentReach {
  send(frame: TerminalClientFrame): void;
  schedule(callback: () => void, milliseconds: number): () => void;
  now(): number;
  release(attachment: TerminalAttachment): void;
}

interface Input {
  sequence: number;
  bytes: Uint8Array;
  at: number;
}

/** What was typed is not sent any more when the connection comes back later than this: who typed it no longer means it. Milliseconds. */
const stale = 5_000;
/** What is kept of it, as the server may not have got it. Bytes. */
const mostKept = 64 * 1024;
/** How long what was shown may wait to be told. Milliseconds. */
const acknowledgeWithin = 100;

/** One session as this page shows it, from the first attach to `detach`, over every cut of the connection. */
export class TerminalAttachment {
  readonly session: number;
  readonly #lines: number;
  readonly #listener: TerminalListener;
  readonly #reach: AttachmentReach;
  /** Up to where the page has the output; null before the first snapshot. */
  #received: number | null = null;
  #shown = 0;
  #acknowledged = 0;
  #cancelAcknowledge: (() => void) | null = null;
  #live = false;
  #over = false;
  #sequence = 0;
  /** Whether the server has said up to where it took what this page, or the one before a reload, has typed. */
  #numbered = false;
  #kept: Input[] = [];
  #keptBytes = 0;
  #size: Extract<TerminalClientFrame, { type: 'resize' }> | null = null;
  #visible = true;
  #pageShown = true;

  constructor(session: number, lines: number, listener: TerminalListener, reach: AttachmentReach) {
    this.session = session;
    this.#lines = lines;
    this.#listener = listener;
    this.#reach = reach;
  }

  /** Asks for the output from where the page has it; for the client, when it is connected. */
  begin(pageShown: boolean): void {
    this.#pageShown = pageShown;
    this.#control({ type: 'attach', session: this.session, haveOffset: this.#received, lines: this.#lines });
  }

  /** For the client: the connection is gone. */
  interrupt(): void {
    this.#setLive(false);
  }

  /** For the client: another place shows the session. */
  displace(): void {
    this.#end();
    this.#listener.onDisplaced();
  }

  take(frame: TerminalServerFrame): void {
    if (this.#over) return;
    if (frame.type === 'snapshot') this.#restart(frame);
    else if (frame.type === 'output') this.#output(frame.bytes, frame.offset);
    else this.#hear(frame.event);
  }

  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.byteLength; from += largestTerminalChunk) {
      this.#sequence += 1;
      const input = { sequence: this.#sequence, bytes: bytes.slice(from, from + largestTerminalChunk), at: this.#reach.now() };
      this.#keep(input);
      if (this.#live) this.#sendInput(input);
    }
  }

  resize(columns: number, rows: number, pixelWidth: number, pixelHeight: number): void {
    this.#size = { type: 'resize', session: this.session, columns, rows, pixelWidth, pixelHeight };
    if (this.#live) this.#reach.send(this.#size);
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#tellVisibility();
  }

  setPageShown(shown: boolean): void {
    this.#pageShown = shown;
    this.#tellVisibility();
  }

  /** From now on this page types, and its size counts. */
  takeOver(): void {
    this.#control({ type: 'takeOver', session: this.session });
    if (this.#live && this.#size !== null) this.#reach.send(this.#size);
  }

  /** Asks for older lines: they come as an event. */
  history(before: number, lines: number): void {
    this.#control({ type: 'history', session: this.session, before, lines });
  }

  /** The session goes on without this page. */
  detach(): void {
    if (this.#over) return;
    this.#control({ type: 'detach', session: this.session });
    this.#end();
    this.#reach.release(this);
  }

  #hear(event: TerminalEvent): void {
    if (event.type === 'attached') {
      if (event.mode === 'tail') this.#ready(event.taken);
      else this.#dropTaken(event.taken);
    }
    this.#listener.onEvent(event);
  }

  #restart(snapshot: TerminalSnapshot): void {
    this.#received = snapshot.offset;
    this.#shown = snapshot.offset;
    this.#acknowledged = snapshot.offset;
    this.#listener.onSnapshot(snapshot, () => this.#tellShown(snapshot.offset));
    if (!this.#live) this.#ready(0);
  }

  #ready(taken: number): void {
    this.#control({ type: 'ready', session: this.session });
    this.#dropTaken(taken);
    this.#setLive(true);
    if (!this.#isVisible()) this.#tellVisibility();
    if (this.#size !== null) this.#reach.send(this.#size);
    for (const input of this.#kept) this.#sendInput(input);
  }

  /** What has come already is not shown twice; where something is missing, all is asked for anew. */
  #output(bytes: Uint8Array, offset: number): void {
    if (!this.#live) return;
    const received = this.#received;
    if (received === null || offset > received) {
      this.#received = null;
      this.#setLive(false);
      this.begin(this.#pageShown);
      return;
    }
    const fresh = bytes.subarray(Math.min(bytes.byteLength, received - offset));
    if (fresh.byteLength === 0) return;
    const end = received + fresh.byteLength;
    this.#received = end;
    this.#listener.onOutput(fresh, received, () => this.#tellShown(end));
  }

  #tellShown(offset: number): void {
    if (this.#over) return;
    this.#shown = Math.max(this.#shown, offset);
    if (this.#shown - this.#acknowledged >= terminalFlow.acknowledgeEvery) this.#acknowledge();
    else if (this.#shown > this.#acknowledged) this.#cancelAcknowledge ??= this.#reach.schedule(() => this.#acknowledge(), acknowledgeWithin);
  }

  #acknowledge(): void {
    this.#cancelAcknowledge?.();
    this.#cancelAcknowledge = null;
    if (!this.#live || this.#shown === this.#acknowledged) return;
    this.#acknowledged = this.#shown;
    this.#reach.send({ type: 'acknowledge', session: this.session, offset: this.#shown });
  }

  #keep(input: Input): void {
    this.#kept.push(input);
    this.#keptBytes += input.bytes.byteLength;
    while (this.#keptBytes > mostKept && this.#kept.length > 1) this.#keptBytes -= this.#kept.shift()?.bytes.byteLength ?? 0;
  }

  /** Keeps what the server has not taken and what is still meant. A page that comes back to a session numbers on. */
  #dropTaken(taken: number): void {
    const since = this.#reach.now() - stale;
    const renumbered = !this.#numbered || taken > this.#sequence;
    this.#numbered = true;
    this.#kept = this.#kept.filter(({ sequence, at }) => at >= since && (renumbered || sequence > taken));
    if (renumbered) {
      this.#kept = this.#kept.map((input, index) => ({ ...input, sequence: taken + index + 1 }));
      this.#sequence = taken + this.#kept.length;
    }
    this.#keptBytes = this.#kept.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  }

  #sendInput({ sequence, bytes }: Input): void {
    this.#reach.send({ type: 'input', session: this.session, sequence, bytes });
  }

  #isVisible(): boolean {
    return this.#visible && this.#pageShown;
  }

  #tellVisibility(): void {
    if (this.#live) this.#control({ type: 'visibility', session: this.session, visible: this.#isVisible() });
  }

  #control(control: TerminalControl): void {
    if (!this.#over) this.#reach.send({ type: 'control', control });
  }

  #setLive(live: boolean): void {
    if (this.#live === live) return;
    this.#live = live;
    this.#listener.onLive(live);
  }

  #end(): void {
    this.#over = true;
    this.#cancelAcknowledge?.();
  }
}
