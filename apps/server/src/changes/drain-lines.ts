import type { DrainEvent } from '@quarterdeck/contract';

/** One line of JSON an event. */
export async function* drainLines(events: AsyncIterable<DrainEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
