import type { TerminalBlock, TerminalKube } from '@quarterdeck/contract';
import type { ShellMark } from '../integration/shell-mark.ts';

/** A mark with its exact place in the stream. */
export interface PlacedMark {
  mark: ShellMark;
  start: number;
  end: number;
}

/** What the machine knows of the session besides its marks, at the time of asking. */
export interface BlockSurroundings {
  session: string;
  cwd(): string | null;
  kube(): TerminalKube | null;
  /** Milliseconds since 1970, and milliseconds that only grow. */
  now(): number;
  monotonic(): number;
  newId(): string;
}

export type BlockChange =
  | { type: 'started'; block: TerminalBlock }
  | { type: 'ended'; block: TerminalBlock }
  | { type: 'cwd'; cwd: string }
  | { type: 'kubeconfig'; value: string }
  /** The first mark with the secret: from now on the shell tells where its commands begin and end. */
  | { type: 'integrated' };

interface OpenBlock {
  block: TerminalBlock;
  startedAt: number;
}

/**
 * Blocks out of marks. Once the shell has shown the secret of the session, marks without it count for nothing, whatever
 * prints them; before, they are taken for what they say (a prompt of the user's own may speak the same words), and what
 * comes of them is not trusted. Prompts that are drawn again, marks that are missing and marks out of order leave at most
 * a block without an exit code.
 */
export class BlockMachine {
  private readonly around: BlockSurroundings;
  private integrated = false;
  /** Where the prompt of the next command began. */
  private promptAt: number | null = null;
  private command: { text: string; authentic: boolean } | null = null;
  private open: OpenBlock | null = null;
  /** What the last command was, for a shell that does not say it where it is the same again. */
  private last: string | null = null;

  constructor(around: BlockSurroundings) {
    this.around = around;
  }

  get running(): TerminalBlock | null {
    return this.open?.block ?? null;
  }

  take({ mark, start, end }: PlacedMark): BlockChange[] {
    if (this.integrated && !mark.authentic) return [];
    const first: BlockChange[] = mark.authentic && !this.integrated ? [{ type: 'integrated' }] : [];
    if (mark.authentic) this.integrated = true;
    return [...first, ...this.follow(mark, start, end)];
  }

  /** The shell is gone. */
  end(offset: number): BlockChange[] {
    return this.finish(offset, null);
  }

  /** A block whose command its shell did not name, with what the screen says of it. */
  named(block: TerminalBlock, text: string): TerminalBlock {
    // The shell kept no line because it is the last one again: then the shell has said it.
    return { ...block, command: text.trim() === '' ? null : text, trusted: this.integrated && text === this.last };
  }

  private follow(mark: ShellMark, start: number, end: number): BlockChange[] {
    switch (mark.type) {
      case 'cwd':
        return [{ type: 'cwd', cwd: mark.cwd }];
      case 'kubeconfig':
        return [{ type: 'kubeconfig', value: mark.value }];
      case 'prompt': {
        // A prompt while something runs: its end was not told.
        const ended = this.finish(start, null);
        this.promptAt = start;
        return ended;
      }
      case 'input':
        this.promptAt ??= start;
        return [];
      case 'command':
        this.command = { text: mark.command, authentic: mark.authentic };
        return [];
      case 'output':
        return [...this.finish(start, null), this.start(start, end, mark.authentic)];
      case 'done':
        this.command = null;
        return this.finish(start, mark.exit);
    }
  }

  private start(start: number, end: number, authentic: boolean): BlockChange {
    const { session, cwd, kube, now, monotonic, newId } = this.around;
    const said = this.command;
    const text = said === null || said.text.trim() === '' ? null : said.text;
    const at = kube();
    const block: TerminalBlock = {
      id: newId(),
      session,
      command: text,
      trusted: authentic && said?.authentic === true && text !== null,
      cwd: cwd(),
      kube: at === null ? null : { context: at.context, namespace: at.namespace },
      startOffset: this.promptAt ?? start,
      outputOffset: end,
      endOffset: null,
      startedAt: new Date(now()).toISOString(),
      durationMs: null,
      exit: null,
      truncated: false,
      bookmarked: false,
    };
    this.open = { block, startedAt: monotonic() };
    this.command = null;
    this.promptAt = null;
    if (block.trusted && text !== null) this.last = text;
    return { type: 'started', block: { ...block } };
  }

  private finish(offset: number, exit: number | null): BlockChange[] {
    if (this.open === null) return [];
    const { block, startedAt } = this.open;
    this.open = null;
    block.endOffset = offset;
    block.exit = exit;
    block.durationMs = Math.max(0, this.around.monotonic() - startedAt);
    return [{ type: 'ended', block: { ...block } }];
  }
}
