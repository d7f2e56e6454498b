import type { TurnEvent } from '@quarterdeck/contract';
import type { ContextSource, Focus, OfflineEvent } from '../sources/context-source.ts';
import { disarm } from '../turn/disarm.ts';

/**
 * The answer of the first source that has one without a model, as it comes, and what a question that follows is about.
 * What a cluster says in it is made harmless as a model's words are.
 */
export async function* quickAnswer(sources: readonly ContextSource[], question: string, focus: Focus, signal: AbortSignal): AsyncGenerator<TurnEvent, Focus> {
  for (const source of sources) {
    const answer = await source.answer(question, focus, signal);
    if (answer !== null) return yield* toldBy(source, answer, focus);
  }
  return focus;
}

async function* toldBy(source: ContextSource, answer: AsyncIterable<OfflineEvent>, focus: Focus): AsyncGenerator<TurnEvent, Focus> {
  let calls = 0;
  let about = focus;
  for await (const event of answer) {
    if (event.type === 'focus') about = event.focus;
    else yield* turnEvents(event, source, `q${calls++}`);
  }
  return about;
}

function turnEvents(event: Exclude<OfflineEvent, { type: 'focus' }>, { tools }: ContextSource, id: string): TurnEvent[] {
  if (event.type === 'understood') return [event];
  if (event.type === 'text') return [{ type: 'quick', text: disarm(event.text) }];
  const { tool, input, summary, tookMs } = event;
  const title = tools.find(({ name }) => name === tool)?.title ?? tool;
  return [
    { type: 'toolStarted', id, tool, title, input },
    { type: 'toolEnded', id, tool, summary, failed: false, tookMs },
  ];
}
