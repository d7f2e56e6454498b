import type { ChatMessage, TurnEvent } from '@quarterdeck/contract';

/** What is kept of the events of an answer: its text stands by itself, and pieces of one kind are put together. */
export function stepsOf(events: readonly TurnEvent[]): TurnEvent[] {
  const steps: TurnEvent[] = [];
  for (const event of events) {
    const last = steps.at(-1);
    if (event.type === 'text') continue;
    if (event.type === 'reasoning' && last?.type === 'reasoning') steps[steps.length - 1] = { ...last, text: last.text + event.text };
    else if (event.type === 'quick' && last?.type === 'quick') steps[steps.length - 1] = { ...last, text: last.text + event.text };
    else steps.push(event);
  }
  return steps;
}

/** What a model wrote, or the engine where no model did. */
export function textOf(events: readonly TurnEvent[]): string {
  const written = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
  return written === '' ? events.flatMap((event) => (event.type === 'quick' ? [event.text] : [])).join('') : written;
}

/** An answer whose workbench stopped while it was written, as it is told from then on. */
export function cutAnswer(message: ChatMessage, events: readonly TurnEvent[]): ChatMessage {
  const note: TurnEvent = {
    type: 'note',
    level: 'warning',
    text: 'The workbench was stopped while this was written: what stands above is all there is. Ask again for the rest.',
  };
  const end: TurnEvent = { type: 'finished', state: 'cut', model: null, usage: null, cost: null, tookMs: 0, cached: false, error: null };
  return { ...message, state: 'cut', text: textOf(events), steps: stepsOf([...events, note, end]) };
}
