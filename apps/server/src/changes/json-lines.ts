import type { Action, DrainEvent, RolloutStatus } from '@quarterdeck/contract';

/** One line of JSON for everything that happens. */
export async function* jsonLines(steps: AsyncIterable<Action | DrainEvent | RolloutStatus>): AsyncGenerator<string> {
  for await (const step of steps) yield `${JSON.stringify(step)}\n`;
}
