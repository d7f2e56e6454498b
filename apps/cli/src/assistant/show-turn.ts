import type { TurnEvent } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { terminalMarkdown } from './terminal-markdown.ts';

/** Shows an answer as it comes: the engine's, then the model's, on stdout; what was looked up, what is proposed and how it ended on stderr. */
export class TurnView {
  private readonly context: Pick<CommandContext, 'out' | 'err'>;
  private waiting = '';

  constructor(context: Pick<CommandContext, 'out' | 'err'>) {
    this.context = context;
  }

  show(event: TurnEvent): void {
    if (event.type === 'text' || event.type === 'quick') {
      this.waiting += event.text;
      this.write(event.type === 'quick');
      return;
    }
    const words = besides(event);
    if (words === null) return;
    this.write(true);
    this.context.err.write(`${painter(this.context.err.colour)('dim', printable(words))}\n`);
  }

  /** Shows what came of an answer that is cut. */
  end(): void {
    this.write(true);
  }

  /** Whole paragraphs, so that headings, tables and code are seen as such. */
  private write(all: boolean): void {
    const end = all ? this.waiting.length : endOfParagraph(this.waiting);
    if (end === 0) return;
    const { out } = this.context;
    out.write(`${terminalMarkdown(this.waiting.slice(0, end), out.colour).trimEnd()}\n\n`);
    this.waiting = this.waiting.slice(end);
  }
}

/** The last empty line that is not inside a block of code. */
function endOfParagraph(text: string): number {
  for (let end = text.lastIndexOf('\n\n'); end > 0; end = text.lastIndexOf('\n\n', end - 1)) {
    if ((text.slice(0, end).match(/^ *```/gm) ?? []).length % 2 === 0) return end + 2;
  }
  return 0;
}

function besides(event: TurnEvent): string | null {
  switch (event.type) {
    case 'understood':
      return event.text;
    case 'answering':
      return `${event.provider}/${event.model}${event.local ? ', on this machine' : ''} answers${event.fallback ? ', in place of the one that was wanted' : ''}.`;
    case 'waiting':
      return `${event.provider}/${event.model}: ${event.reason} Asked again in ${Math.ceil(event.forMs / 1000)} s.`;
    case 'toolEnded':
      return `${event.tool}: ${event.summary} (${event.tookMs} ms)`;
    case 'proposal':
      return `Proposed, not done: ${event.proposal.summary}\n  ${event.proposal.kubectl}`;
    case 'note':
      return event.text;
    case 'finished':
      return ending(event);
    default:
      return null;
  }
}

function ending({ state, model, usage, cost, tookMs, error }: Extract<TurnEvent, { type: 'finished' }>): string | null {
  const failed = error === null ? '' : `${error.message} ${error.hint ?? ''}`.trim();
  if (model === null) return failed === '' ? null : failed;
  const tokens = usage === null ? '' : `, ${usage.input} tokens in, ${usage.output} out`;
  const price = cost === null ? ', price unknown' : `, $${cost.toFixed(4)}`;
  return [`${model}: ${state}${tokens}${price}, ${(tookMs / 1000).toFixed(1)} s`, failed].filter((part) => part !== '').join('\n');
}
