import type { ModelEvent } from '../model/model-port.ts';
import type { ProviderParts } from './sdk-provider.ts';

const [opening, closing] = ['<think>', '</think>'];

/**
 * Models that run at home often write what they think into their answer, between marks, at its beginning. Where the
 * server leaves that so, it is told as thinking. Marks further on are text: a log may speak of them.
 */
export function withoutThinking(stream: ProviderParts['stream']): ProviderParts['stream'] {
  return async function* split(request, wire, signal) {
    const splitter = new Splitter();
    for await (const event of stream(request, wire, signal)) {
      if (event.type === 'text') yield* splitter.take(event.text);
      else {
        yield* splitter.rest();
        yield event;
      }
    }
  };
}

class Splitter {
  private state: 'beginning' | 'thinking' | 'between' | 'answer' = 'beginning';
  /** What may be the beginning of a mark. */
  private held = '';

  *take(text: string): Iterable<ModelEvent> {
    this.held += text;
    if (this.state === 'beginning') this.begin();
    if (this.state === 'thinking') yield* this.think();
    if (this.state === 'between') this.pass();
    if (this.state === 'answer') yield* this.flush('text');
  }

  /** What was held, when something else comes. */
  *rest(): Iterable<ModelEvent> {
    yield* this.flush(this.state === 'thinking' ? 'reasoning' : 'text');
  }

  private begin(): void {
    const start = this.held.trimStart();
    if (start.startsWith(opening)) {
      this.held = start.slice(opening.length);
      this.state = 'thinking';
    } else if (!opening.startsWith(start)) this.state = 'answer';
  }

  private *think(): Iterable<ModelEvent> {
    const end = this.held.indexOf(closing);
    const safe = end >= 0 ? end : this.held.length - overlap(this.held);
    if (safe > 0) yield { type: 'reasoning', text: this.held.slice(0, safe) };
    this.held = this.held.slice(safe);
    if (end < 0) return;
    this.held = this.held.slice(closing.length);
    this.state = 'between';
  }

  /** Blank lines after the mark belong to neither. */
  private pass(): void {
    this.held = this.held.trimStart();
    if (this.held !== '') this.state = 'answer';
  }

  private *flush(type: 'text' | 'reasoning'): Iterable<ModelEvent> {
    const text = this.held;
    this.held = '';
    if (text !== '') yield { type, text };
  }
}

/** How many letters at the end of the text may begin the closing mark. */
function overlap(text: string): number {
  for (let length = Math.min(closing.length - 1, text.length); length > 0; length -= 1) {
    if (closing.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
