import { randomUUID } from 'node:crypto';
import type { TerminalBlock, TerminalFinding } from '@quarterdeck/contract';
import { BlockFinisher, type FinishedBlock } from '../blocks/block-finisher.ts';
import { type BlockChange, BlockMachine } from '../blocks/block-machine.ts';
import type { BlockStore } from '../blocks/block-store.ts';
import { ByteCapture } from '../blocks/byte-capture.ts';
import { PromptCapture } from '../blocks/prompt-capture.ts';
import { renderText, renderTyped } from '../blocks/render-text.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { KubeWatch } from '../kube/kube-watch.ts';
import { EchoWatch, type ReadDiscipline } from '../observer/echo-watch.ts';
import { Observer } from '../observer/observer.ts';
import type { Recogniser } from '../observer/recogniser.ts';
import { ForegroundWatch } from '../processes/foreground-watch.ts';
import { foregroundCommand } from '../processes/process-tree.ts';
import type { SessionPart, SessionPartContext } from '../session/session-part.ts';
import { MarkScanner } from './mark-scanner.ts';
import { shellMark } from './shell-mark.ts';

/** Of the output of one command. Bytes. */
const captureLimits = { head: 64 * 1024, tail: 192 * 1024 };

export interface ShellSessionOptions {
  context: SessionPartContext;
  /** What authentic marks end with; empty for a shell that was started as it is. */
  secret: string;
  blocks: BlockStore;
  history: HistoryStore;
  recognisers: readonly Recogniser[];
  readDiscipline: ReadDiscipline;
  redact(text: string): string;
  /** Null for a shell that speaks to whatever its own files say. */
  kube: KubeWatch | null;
  report(what: string, thrown: unknown): void;
}

/** Accompanies one shell: its commands as blocks, what they put out, what runs, and whether keys are hidden. */
export class ShellSession implements SessionPart {
  private readonly options: ShellSessionOptions;
  private readonly scanner = new MarkScanner();
  private readonly machine: BlockMachine;
  private readonly finisher: BlockFinisher;
  private readonly observer: Observer;
  private readonly echo: EchoWatch;
  private readonly foreground: ForegroundWatch;
  private readonly prompt = new PromptCapture();
  private capture: ByteCapture | null = null;
  private integrated = false;
  private offset = 0;

  constructor(options: ShellSessionOptions) {
    const { context, recognisers, readDiscipline, redact, kube, report } = options;
    const { session, clock, pid, ptyPath } = context;
    this.options = options;
    this.machine = new BlockMachine({
      session: session.id,
      cwd: () => session.cwd,
      kube: () => kube?.current ?? null,
      now: clock.now,
      monotonic: clock.monotonic,
      newId: randomUUID,
    });
    this.finisher = new BlockFinisher((finished) => this.finish(finished), report);
    this.observer = new Observer({ recognisers, newId: randomUUID, found: (finding) => context.emit({ type: 'finding', finding }), report });
    this.echo = new EchoWatch({
      ptyPath,
      read: readDiscipline,
      busy: () => !this.integrated || this.machine.running !== null,
      changed: (on) => context.emit({ type: 'hidden', on }),
    });
    this.foreground = new ForegroundWatch({
      read: async () => {
        const command = await foregroundCommand(pid);
        return command === null ? null : redact(command);
      },
      changed: (command) => context.emit({ type: 'running', command }),
    });
  }

  get findings(): readonly TerminalFinding[] {
    return this.observer.findings;
  }

  get kube(): KubeWatch | null {
    return this.options.kube;
  }

  /** Whether keys are hidden right now: asked before anything of the session is shown to a model. */
  isHidden(): Promise<boolean> {
    return this.echo.look();
  }

  /** What ended is written down. */
  settled(): Promise<void> {
    return this.finisher.settled();
  }

  output(bytes: Uint8Array, offset: number): void {
    let at = offset;
    for (const { code, data, start, end } of this.scanner.scan(bytes, offset)) {
      this.keep(bytes.subarray(Math.max(0, at - offset), Math.max(0, start - offset)));
      at = end;
      const mark = shellMark(code, data, this.options.secret);
      if (mark === null) continue;
      for (const change of this.machine.take({ mark, start, end })) this.follow(change);
      if (!this.integrated || mark.authentic) this.followPrompt(mark.type);
    }
    this.keep(bytes.subarray(Math.max(0, at - offset)));
    this.offset = offset + bytes.byteLength;
    this.echo.output(bytes);
    if (!this.integrated) this.foreground.output();
  }

  input(): void {
    this.echo.input();
    if (!this.integrated || this.machine.running !== null) this.foreground.input();
  }

  observed(on: boolean): void {
    if (!on) this.observer.forget();
  }

  ended(): void {
    for (const change of this.machine.end(this.offset)) this.follow(change);
    this.echo.close();
    this.foreground.close();
  }

  async close(): Promise<void> {
    this.ended();
    this.options.kube?.close();
    await this.finisher.settled();
    await this.options.blocks.close();
  }

  private keep(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    if (this.capture === null) this.prompt.push(bytes);
    else this.capture.push(bytes);
  }

  private followPrompt(type: string): void {
    if (type === 'prompt') this.prompt.begin();
    if (type === 'input') this.prompt.input();
  }

  private follow(change: BlockChange): void {
    const { context, kube, blocks } = this.options;
    switch (change.type) {
      case 'integrated':
        this.integrated = true;
        context.emit({ type: 'integrated', on: true });
        break;
      case 'cwd':
        if (change.cwd !== context.session.cwd) context.emit({ type: 'cwd', cwd: change.cwd });
        break;
      case 'kubeconfig':
        kube?.told(change.value);
        break;
      case 'started':
        this.capture = new ByteCapture(captureLimits);
        blocks.begin(change.block);
        this.foreground.started();
        context.emit({ type: 'blockStarted', block: change.block });
        break;
      case 'ended':
        this.endBlock(change.block);
    }
  }

  private endBlock(block: TerminalBlock): void {
    const output = this.capture?.take() ?? { head: Buffer.alloc(0), tail: Buffer.alloc(0), leftOut: 0 };
    this.capture = null;
    const prompt = block.command === null ? this.prompt.take() : null;
    this.prompt.begin();
    this.foreground.atPrompt();
    // A command that has no name yet is told of when it has one.
    if (prompt === null) this.options.context.emit({ type: 'blockEnded', block });
    this.finisher.add({ block, output, prompt, columns: this.options.context.session.columns });
  }

  private async finish({ block: ended, output, prompt, columns }: FinishedBlock): Promise<void> {
    const { context, blocks, history, redact } = this.options;
    const block = prompt === null ? ended : this.machine.named(ended, await renderTyped(prompt.before, prompt.typed, columns));
    if (prompt !== null) context.emit({ type: 'blockEnded', block });
    this.remember(block, history);
    const { lines, leftOut, gapAt } = await renderText(output, columns);
    const text = redact(lines.join('\n'));
    await blocks.put(block, { text, leftOut, gapAt });
    if (context.session.observed) this.observer.look(block.id, { command: redact(block.command ?? ''), exit: block.exit, lines: text.split('\n') });
  }

  private remember({ id, session, command, cwd, kube, exit, startedAt, durationMs }: TerminalBlock, history: HistoryStore): void {
    if (command === null || !this.integrated) return;
    history.add({ id, session, command, cwd, kube, exit, startedAt, durationMs, owner: this.options.context.session.owner });
  }
}
